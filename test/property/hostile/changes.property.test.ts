/** A revision's text and a ticket's change to it: an edited text or problems, whatever both are. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { applyChange } from '../../../shared/tickets/changes/apply-change';
import { changeSchema } from '../../../shared/tickets/changes/topology-change';
import { parseJson } from '../../../shared/tickets/systems/system-adapter';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedJson, mutatedText } from './mutations';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const NETWORK = { network: 'global-network' };
const CHANGES = [
  { ...NETWORK, change: 'add-office', name: 'office-5', office: '203.0.113.15 10.10.50.0/24 via virginia' },
  { ...NETWORK, change: 'remove-office', name: 'office-1' },
  { ...NETWORK, change: 'change-bandwidth', link: ['virginia', 'shanghai'], bandwidthMbps: 20 },
];

function changeHolds(text: string, given: unknown): void {
  const change = changeSchema.safeParse(given);
  // Where it goes back there is no text to edit.
  if (!change.success || change.data.change === 'rollback') return;
  const applied = applyChange(text, change.data);
  expect(applyChange(text, change.data)).toEqual(applied);
  if (applied.kind === 'problems') {
    expect(applied.problems.length).toBeGreaterThan(0);
    expectDiscreet(JSON.stringify(applied.problems.map(({ remedy }) => remedy)));
  } else if (applied.isNews) expect(parseTopology(applied.text, 'x').topology).not.toBeNull();
  else expect(applied.text).toBe(text);
}

hostile(
  'topology change',
  fc.oneof(
    fc.tuple(mutatedText([EXAMPLE]), fc.constantFrom(...CHANGES)),
    fc.tuple(
      fc.constant(EXAMPLE),
      mutatedJson(CHANGES).map((text) => parseJson(Buffer.from(text))),
    ),
  ),
  ([text, change]) => changeHolds(text, change),
);

const offices = (): string =>
  filled(
    sizeOf('topology change') - 200,
    '  - {from: office-1, to: a, expect: reachable}\n',
    'version: 1\noffices: {office-1: x}\ntests:\n',
  ).toString();

large('topology change', [['a test a line', () => [offices(), CHANGES[1]] as const]], ([text, change]) =>
  changeHolds(text, change),
);
