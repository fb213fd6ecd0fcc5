/** How a file is written, and in which order, never changes what it means. */
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { canonicalJson, type Json } from '../../../shared/json';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type File, networks } from './networks';

/** Lists of which the order says nothing. */
const UNORDERED = new Set([
  'vpcs',
  'offices',
  'links',
  'rules',
  'tests',
  'vSwitches',
  'cidrs',
  'ports',
  'addresses',
  'officeSide',
  'applications',
]);

function sorted(value: Json, key = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return UNORDERED.has(key) ? items.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) : items;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, sorted(child, name)]));
}

function meaning(text: string): string {
  const { topology, problems } = parseTopology(text, 'acme.yaml');
  if (!topology) throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join('; '));
  return canonicalJson(sorted(topology as unknown as Json));
}

/** Another order of every mapping, and of the lists that have none. */
function shuffled(value: File, random: () => number, key = ''): File {
  const mixed = <T>(items: T[]): T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffled(item, random));
    return UNORDERED.has(key) || key === 'between' ? mixed(items) : items;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(mixed(Object.entries(value)).map(([name, child]) => [name, shuffled(child, random, name)]));
}

function shortened(file: File): File {
  const offices = Object.entries<File>(file.offices).map(([name, { address, cidrs, vpc, country, ...rest }]) => [
    name,
    Object.keys(rest).length === 0
      ? `${address} ${cidrs.join(', ')} via ${vpc} in ${country}`
      : { ...rest, address, vpc, country, cidrs: cidrs.length === 1 ? cidrs[0] : cidrs },
  ]);
  return { ...file, offices: Object.fromEntries(offices) };
}

const WRITERS: Record<string, (file: File) => string> = {
  'compact JSON': (file) => JSON.stringify(file),
  'indented JSON': (file) => JSON.stringify(file, null, '\t'),
  'block YAML': (file) => stringify(file),
  'flow YAML': (file) => stringify(file, { collectionStyle: 'flow' }),
  'quoted YAML': (file) => stringify(file, { defaultStringType: 'QUOTE_SINGLE', indent: 4 }),
  'YAML with a mark, comments and Windows line ends': (file) =>
    `\ufeff# a comment\n---\n${stringify(file)}# the end\n`.replaceAll('\n', '\r\n'),
  'short forms': (file) => stringify(shortened(file)),
};

test.each(Object.entries(WRITERS))('%s', (_, write) => {
  fc.assert(
    fc.property(networks, (file) => {
      expect(meaning(write(file))).toBe(meaning(JSON.stringify(file)));
    }),
    { numRuns: 12 },
  );
});

test('another order', () => {
  fc.assert(
    fc.property(networks, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (file, stream) => {
      const random = () => stream.next().value as number;
      expect(meaning(stringify(shuffled(file, random)))).toBe(meaning(JSON.stringify(file)));
    }),
    { numRuns: 30 },
  );
});

test('access left out is access to everything, in words', () => {
  fc.assert(
    fc.property(networks, (file) => {
      const stated = {
        ...file,
        access: [
          { from: ['offices', 'vpcs'], to: 'applications' },
          { from: 'offices', to: 'offices' },
        ].filter(
          ({ to }) =>
            to === 'offices' ||
            Object.values<File>(file.vpcs).some(({ applications }) => Object.keys(applications).length > 0),
        ),
      };
      const rulesOf = (given: File) =>
        (parseTopology(JSON.stringify(given), 'x').topology?.access.rules ?? [])
          .map((rule) => canonicalJson(rule as unknown as Json))
          .sort();
      expect(rulesOf(stated)).toEqual(rulesOf(file));
    }),
    { numRuns: 30 },
  );
});
