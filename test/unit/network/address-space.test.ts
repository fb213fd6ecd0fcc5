import { type Cidr, parseIpv4 } from '../../../shared/cidr';
import { atomOf, atomsOf, cutAddressSpace, formatAtom } from '../../../shared/network/address-space';
import { compileRoutes, lookUp } from '../../../shared/network/route-lookup';

const blocks = (...texts: string[]): Cidr[] => texts as Cidr[];
const address = (text: string): number => parseIpv4(text)!;

const space = cutAddressSpace(blocks('10.0.0.0/24', '10.0.0.128/26', '255.255.255.0/24'));

test('atoms are what the blocks cut out and leave over', () => {
  expect(space.starts.map((_, atom) => formatAtom(space, atom))).toEqual([
    '0.0.0.0-9.255.255.255',
    '10.0.0.0/25',
    '10.0.0.128/26',
    '10.0.0.192/26',
    '10.0.1.0-255.255.254.255',
    '255.255.255.0/24',
  ]);
});

test.each([
  ['0.0.0.0', 0, 'the first address there is'],
  ['10.0.0.127', 1, 'the last before a cut'],
  ['10.0.0.128', 2, 'the first after it'],
  ['255.255.255.255', 5, 'the last address there is'],
])('%s lies in atom %i: %s', (text, atom) => {
  expect(atomOf(space, address(text))).toBe(atom);
});

test('a block is all of its atoms, each once', () => {
  expect(atomsOf(space, blocks('10.0.0.0/24', '10.0.0.128/26'))).toEqual([1, 2, 3]);
});

test.each([
  ['10.0.0.1', 1, 'the longer prefix wins, wherever it stands'],
  ['10.0.0.130', 0, 'of two equal ones the first stands'],
  ['10.0.1.1', 3, 'only the default route covers it'],
])('looking up %s finds route %i: %s', (text, position) => {
  const routes = compileRoutes(space, blocks('10.0.0.128/26', '10.0.0.0/24', '10.0.0.128/26', '0.0.0.0/0'));
  expect(lookUp(routes, atomOf(space, address(text)))).toBe(position);
});

test('an address that no route covers finds none', () => {
  expect(lookUp(compileRoutes(space, blocks('10.0.0.0/24')), atomOf(space, address('10.0.1.0')))).toBe(-1);
});
