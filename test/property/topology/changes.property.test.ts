/** A ticket's change, on files of any form: it does what it says, and leaves every other byte. */
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { applyChange } from '../../../shared/tickets/changes/apply-change';
import type { TextChange } from '../../../shared/tickets/changes/topology-change';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type File, networks } from './networks';

const WRITERS: Record<string, (file: File) => string> = {
  'compact JSON': (file) => JSON.stringify(file),
  'indented JSON': (file) => JSON.stringify(file, null, 2),
  'block YAML': (file) => stringify(file),
  'flow YAML': (file) => stringify(file, { collectionStyle: 'flow' }),
  'YAML with comments': (file) => stringify(file).replace(/^(.*\S)$/gm, '$1   # why'),
  'YAML with Windows line ends': (file) => stringify(file).replaceAll('\n', '\r\n'),
};

const changed = (text: string, change: TextChange): string => {
  const applied = applyChange(text, change);
  if (applied.kind === 'problems') throw new Error(JSON.stringify(applied.problems));
  return applied.text;
};

const meaning = (text: string) => {
  const { topology } = parseTopology(text, 'x');
  if (!topology) throw new Error('no topology');
  return topology;
};

const ADDED = {
  change: 'add-office',
  network: 'acme',
  name: 'new',
  office: '9.9.9.9 10.200.0.0/24 via vpc-0 in DE',
} as const;

describe.each(Object.entries(WRITERS))('%s', (_form, write) => {
  const holds = (check: (file: File, text: string) => void) =>
    fc.assert(
      fc.property(networks, (file) => check(file, write(file))),
      { numRuns: 2 },
    );

  test('an office that came and went leaves every byte, and while it is there nothing else differs', () => {
    holds((_file, text) => {
      const more = changed(text, ADDED);
      const [before, after] = [meaning(text), meaning(more)];
      expect(after.offices.slice(0, -1)).toEqual(before.offices);
      expect(after.offices.at(-1)).toMatchObject({ name: 'new', address: '9.9.9.9', vpc: 'vpc-0' });
      expect({ ...after, offices: [], access: [] }).toEqual({ ...before, offices: [], access: [] });
      expect(changed(more, { change: 'remove-office', network: 'acme', name: 'new' })).toBe(text);
    });
  });

  test('an office that goes takes its tests along, and of the lines no other', () => {
    holds((file, text) => {
      const less = changed(text, { change: 'remove-office', network: 'acme', name: 'office-0' });
      expect(meaning(less).offices.map(({ name }) => name)).toEqual(Object.keys(file.offices).slice(1));
      expect(meaning(less).tests).toEqual([]);
      expect(text.length - less.length).toBeGreaterThan(0);
      const lines = new Set(text.split('\n'));
      if (text.includes('\n'))
        expect(less.split('\n').filter((line) => !lines.has(line) && !lines.has(`${line},`))).toEqual([]);
    });
  });

  test('a bandwidth is all that changes', () => {
    holds((_file, text) => {
      const wide = changed(text, {
        change: 'change-bandwidth',
        network: 'acme',
        gateway: 'vpc-0',
        bandwidthMbps: 1000,
      });
      const [before, after] = [meaning(text), meaning(wide)];
      expect(after.vpcs[0]?.gateway.bandwidthMbps).toBe(1_000);
      expect(after.vpcs.slice(1)).toEqual(before.vpcs.slice(1));
      expect({ ...after, vpcs: [] }).toEqual({ ...before, vpcs: [] });
    });
  });
});
