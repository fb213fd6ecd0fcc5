/** What no one writes by mistake. Bounds are asserted by what is answered, not by a clock: an answer beyond them never comes. */
import { parseTopology } from '../../../shared/topology/parse-topology';
import { aFile, changed, told } from './a-file';

const MEBIBYTE = 1_048_576;
const problemsOf = (source: string | Uint8Array): string[] => parseTopology(source, 'x.yaml').problems.map(told);
const filled = (unit: string, before = '', after = ''): string =>
  before + unit.repeat(Math.floor((MEBIBYTE - before.length - after.length) / unit.length)) + after;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const text = JSON.stringify(aFile());

test.each<[string, string | Uint8Array, string[]]>([
  ['nothing', '', ['error not-a-topology']],
  ['a comment', '# nothing\n', ['error not-a-topology']],
  ['a word', 'hello', ['error not-a-topology']],
  ['a list', '- version: 1', ['error not-a-topology']],
  ['ten megabytes', 'a'.repeat(10_000_000), ['error file-too-large']],
  ['ten megabytes of bytes', new Uint8Array(10_000_000).fill(97), ['error file-too-large']],
  ['one byte too many', `${' '.repeat(MEBIBYTE - 1)}ab`, ['error file-too-large']],
  ['two bytes a character', 'é'.repeat(MEBIBYTE / 2 + 1), ['error file-too-large']],
  ['a NUL byte', 'version: 1\nname: a\u0000b', ['error nul-byte']],
  ['UTF-16 with a mark', bytes(0xff, 0xfe, 0x76, 0x00), ['error wrong-encoding']],
  ['UTF-16 the other way', bytes(0xfe, 0xff, 0x00, 0x76), ['error wrong-encoding']],
  ['UTF-16 without', bytes(0x76, 0x00, 0x65, 0x00), ['error nul-byte']],
  ['Latin-1', bytes(0x6e, 0x3a, 0x20, 0xe9, 0x0a), ['error wrong-encoding']],
  ['an overlong slash', bytes(0x6e, 0x3a, 0x20, 0xc0, 0xaf), ['error wrong-encoding']],
  ['half a character', bytes(0x6e, 0x3a, 0x20, 0xe2, 0x82), ['error wrong-encoding']],
  ['an escape sequence of a terminal', 'name: \u001b[31mred', ['error control-character']],
  ['the lexer’s own mark', 'name: \u001f', ['error control-character']],
  ['brackets without end', filled('['), ['error too-deep']],
  ['braces without end', filled('{a: '), ['error too-deep']],
  ['lists in a line', filled('- '), ['error too-deep']],
  ['questions in a line', filled('? '), ['error too-deep']],
  [
    'ever deeper lines',
    Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    ['error too-deep'],
  ],
  ['closing brackets', filled(']'), ['error syntax']],
  ['half a million values', filled('1,', '[', ']'), ['error too-many-values']],
  ['empty lists', filled('[],', '[', ']'), ['error too-many-values']],
  ['commas, each an error of the library’s', filled(',', '[', ']'), ['error syntax']],
  ['newlines', filled('\n'), ['error too-many-values']],
  ['anchors', filled('&a '), ['error too-many-values']],
  ['tags', filled('!a '), Array(20).fill('error tag')],
  ['directives', filled('%YAML 1.1\n'), Array(20).fill('error directive')],
  ['documents', filled('---\n'), ['error several-documents']],
  ['ends of documents', filled('...\n'), ['error several-documents']],
  ['one long word', filled('a'), ['error not-a-topology']],
  ['one long quotation', filled('a', '"', '"'), ['error not-a-topology']],
  ['a quotation without end', filled('a', '"'), ['error syntax']],
  [
    'forty thousand keys',
    `{${Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join(',')}}`,
    [...Array(3).fill('error missing'), ...Array(21).fill('error unknown-key')],
  ],
  ['an alias of itself', '&a [*a, *a]', ['error too-deep']],
  ['a mapping of itself', 'version: &a {b: *a, c: *a}', ['error too-deep']],
  ['an alias of nothing', 'version: *nothing', ['error unknown-alias']],
  ['a duplicate key', 'version: 1\nname: a\nversion: 1', ['error duplicate-key']],
  ['a duplicate key, quoted', '{"a": 1, a: 2}', ['error duplicate-key']],
  ['__proto__', 'version: 1\n__proto__: {polluted: true}', ['error forbidden-key']],
  [
    'constructor, deeper',
    'vpcs: {constructor: {prototype: {polluted: true}}}',
    ['error forbidden-key', 'error forbidden-key'],
  ],
  [
    'what every object has, as an algorithm',
    JSON.stringify({
      ...aFile(),
      defaults: { tunnel: { encryption: 'toString', dhGroup: '__proto__', ike: 'valueOf' } },
    }),
    ['error value', 'error value', 'error value'],
  ],
  ['a key that is a list', '? [a, b]\n: c', ['error key-not-text']],
  ['a key that is an alias', 'a: &x b\n*x : c', ['error key-not-text']],
  ['a long key', `${'k'.repeat(300)}: 1`, ['error key-too-long']],
  ['a tag that makes code', 'name: !!js/function "function () {}"', ['error tag']],
  ['a plain tag', 'name: !!str acme', ['error tag']],
  ['not a number', 'version: .nan', ['error not-plain']],
  ['infinity', 'version: -.inf', ['error not-plain']],
  ['an older YAML', '%YAML 1.1\n---\nname: yes', ['error directive']],
  ['merge keys', 'version: 1\nname: a\nvpcs: {}\n<<: {onRemoval: destroy}', ['error merge-key']],
  ['a merge key among offices', 'version: 1\noffices:\n  <<: {a: 1}', ['error merge-key']],
  ['broken YAML', 'version: 1\nname: [a\nvpcs: }', ['error syntax']],
  ['JSON with something behind it', `${text} trailing`, ['error syntax']],
])('%s', (_, source, problems) => {
  expect(problemsOf(source)).toEqual(problems);
});

/** YAML's and JSON's own escapes stand for characters that the bytes of the file do not have. */
test.each([
  ['ESC', '\\u001b[31m'],
  ['CSI, one character', '\\u009b31m'],
  ['a right-to-left override', '\\u202e'],
  ['a line separator', '\\u2028'],
  ['a half of a character', '\\ud800'],
])('no escape sequence of a terminal reaches a message: %s', (_, written) => {
  const sources = [
    text.replace(/"name":"[^"]*"/, `"name":"a${written}b"`),
    `version: 1\n"${written}": 1\n`,
    `version: 1\nname: acme\nvpcs: {"v${written}": {region: "${written}"}}`,
  ];
  for (const source of sources) {
    const { topology, problems } = parseTopology(source, 'x.yaml');
    expect(topology).toBeNull();
    for (const { message, remedy } of problems) expect(message + remedy).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Cs}]/u);
  }
});

test('ten nested aliases of ten are counted as often as they stand', () => {
  const names = 'abcdefghij'.split('');
  const lines = names.map((name, index) => {
    const inner = index === 0 ? '1' : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array(10).fill(inner).join(', ')}]`;
  });
  expect(problemsOf(lines.join('\n'))).toEqual(['error too-many-values']);
});

test('a few aliases are what they stand for, the nearest above', () => {
  const { topology, problems } = parseTopology(
    `version: 1
name: acme
vpcs:
  virginia:
    region: us-east-1
    id: vpc-virginia
    cidrs: [192.168.0.0/16]
    vSwitches:
      - {id: vsw-a, zone: us-east-1a, cidr: 192.168.10.0/24}
      - {id: vsw-b, zone: us-east-1b, cidr: 192.168.11.0/24}
offices:
  office-1: &first {vpc: virginia, address: 8.1.1.1, cidrs: &block [10.1.0.0/16], country: &country US}
  office-2: {vpc: virginia, address: 8.1.1.2, cidrs: [10.2.0.0/16], country: &country CA}
  office-3: {vpc: virginia, address: 8.1.1.3, cidrs: [10.3.0.0/16], country: *country}
`,
    'acme.yaml',
  );
  expect(problems).toEqual([]);
  expect(topology?.offices.map(({ country }) => country)).toEqual(['US', 'CA', 'CA']);
});

test('nothing is written to an object’s prototype', () => {
  parseTopology('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}', 'x.json');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a byte order mark and Windows line ends are tolerated', () => {
  const plain = JSON.stringify(aFile(), null, 2);
  const expected = parseTopology(plain, 'acme.json');
  expect(expected.topology).not.toBeNull();
  expect(parseTopology(new TextEncoder().encode(`\ufeff${plain.replaceAll('\n', '\r\n')}`), 'acme.json')).toEqual(
    expected,
  );
});

test('JSON indented with tabs is read', () => {
  expect(problemsOf(JSON.stringify(aFile(), null, '\t'))).toEqual([]);
});

test('YAML 1.2: Norway is no answer, and ten is ten', () => {
  const { topology } = parseTopology(
    JSON.stringify(aFile()).replace('"US"', 'NO').replace('"bandwidthMbps":10', 'bandwidthMbps: 010'),
    'x',
  );
  expect(topology?.offices[0]?.country).toBe('NO');
  expect(topology?.backbone.links[0]?.bandwidthMbps).toBe(10);
});

test.each<[string, Uint8Array, number]>([
  ['a byte that is no UTF-8', new TextEncoder().encode('a: 1\nb: 2\nc: \n').fill(0xff, 13, 14), 3],
  ['a NUL byte', new TextEncoder().encode('a: 1\nb: \u0000\n'), 2],
])('%s is told with its line', (_, source, line) => {
  expect(parseTopology(source, 'x.yaml').problems.map((problem) => problem.line)).toEqual([line]);
});

test('a duplicate key is told at the second one, with the line of the first', () => {
  const { problems } = parseTopology('version: 1\nname: a\noffices:\n  o: {}\n  o: {}\n', 'x.yaml');
  expect(problems.map(({ line, column, message }) => [line, column, message])).toEqual([
    [5, 3, 'o is there already, in line 4'],
  ]);
});

test('what a file says cannot move a cursor or turn the writing', () => {
  const source = changed((f) => (f.offices['office-1'].vpc = 'virginia\u202e'));
  const quoted = JSON.stringify(source).replace('office-1', '\\u001b[2Joffice');
  const { problems } = parseTopology(quoted, 'x.json');
  expect(problems.length).toBeGreaterThan(0);
  for (const { message, remedy } of problems) {
    expect(message).toMatch(/^[\x20-\x7e]+$/);
    expect(remedy).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('a message is no longer than a screen takes', () => {
  const { problems } = parseTopology(
    JSON.stringify(changed((f) => (f.offices['office-1'] = 'x'.repeat(50_000)))),
    'x.json',
  );
  expect(problems.map(told)).toEqual(['error short-form']);
  expect(problems[0]?.message.length).toBeLessThan(500);
});

describe('work is bounded by what would come of it', () => {
  const many = (count: number, one: (index: number) => object | string): object =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`o${index}`, one(index)]));
  const office = (index: number) =>
    `8.${index >> 16}.${(index >> 8) & 255}.${index & 255} 10.${index >> 8}.${index & 255}.0/24 via virginia in US`;

  test('offices that all reach each other come to too many rules', () => {
    const { problems, topology } = parseTopology(
      JSON.stringify(changed((f) => (f.offices = many(6_000, office)))),
      'x.json',
    );
    expect(topology).toBeNull();
    expect(problems.map(told)).toContain('error too-many-rules');
  });

  test('so does access stated a thousand times over', () => {
    const source = changed((f) => {
      f.offices = many(1_000, office);
      f.access = Array(1_000).fill({ from: 'offices', to: 'offices' });
    });
    expect(problemsOf(JSON.stringify(source))).toContain('error too-many-rules');
  });

  test('and tests of everything with everything', () => {
    const source = changed((f) => {
      f.offices = many(500, office);
      f.tests = [{ from: 'offices', to: 'offices', expect: 'reachable' }];
    });
    expect(problemsOf(JSON.stringify(source))).toContain('error too-many-tests');
  });

  test('ten thousand unknown names are told without comparing each with each', () => {
    const source = changed((f) => {
      f.offices = many(2_000, office);
      f.access = Array.from({ length: 5 }, (_, at) => ({
        from: Array.from({ length: 2_000 }, (_, index) => `unknown-${at}-${index}`),
        to: 'virginia.orders',
      }));
    });
    const { problems } = parseTopology(JSON.stringify(source), 'x.json');
    expect(problems.filter(({ code }) => code === 'unknown-name')).toHaveLength(21);
  });
});
