/** Whatever comes in, an answer goes out: a topology, or problems with places, never an exception. */
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { isError } from '../../../shared/problem';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type File, networks } from './networks';

function holds(source: string | Uint8Array): void {
  const { topology, problems } = parseTopology(source, 'x.yaml');
  expect(topology === null).toBe(problems.some(isError));
  const lines = (typeof source === 'string' ? source : new TextDecoder().decode(source)).split('\n').length;
  let before = 0;
  for (const { file, line, column, code, message, remedy } of problems) {
    expect(file).toBe('x.yaml');
    expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(message.length).toBeGreaterThan(0);
    expect(remedy).toMatch(/\S/);
    expect(line).toBeGreaterThanOrEqual(Math.max(1, before));
    expect(line).toBeLessThanOrEqual(lines + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    before = line ?? 0;
  }
}

test('bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), holds), { numRuns: 500 });
});

test('text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), holds), { numRuns: 150 });
});

test('what looks like YAML', () => {
  const word = fc.constantFrom(
    ...[
      'version: 1',
      'name',
      'vpcs',
      'offices',
      'access',
      'tests',
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '? ',
      '| ',
      '> ',
      '"',
      "'",
      '#',
      '---',
      '!!str ',
      '%YAML',
      '\t',
      '<<',
      '\r',
      '0.0.0.0/0',
      'via',
    ],
  );
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
  fc.assert(fc.property(text, holds), { numRuns: 500 });
});

test('a good file with a piece cut out, doubled or put elsewhere', () => {
  const damage = fc.record({
    file: networks,
    from: fc.nat(2_000),
    length: fc.nat(60),
    to: fc.nat(2_000),
    kind: fc.constantFrom('cut', 'double', 'move'),
  });
  fc.assert(
    fc.property(damage, ({ file, from, length, to, kind }) => {
      const text = stringify(file);
      const piece = text.slice(from, from + length);
      const rest = kind === 'double' ? text : text.slice(0, from) + text.slice(from + length);
      holds(kind === 'cut' ? rest : rest.slice(0, to) + piece + rest.slice(to));
    }),
    { numRuns: 150 },
  );
});

test('a good file with any value in the place of one', () => {
  const places = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(networks, places, fc.jsonValue({ maxDepth: 2 }), (file, place, value) => {
      holds(JSON.stringify(replaced(file, place, value)));
    }),
    { numRuns: 150 },
  );
});

/** The value at a random walk from the root. */
function replaced(file: File, [first = 0, ...rest]: readonly number[], value: unknown): File {
  const keys = typeof file === 'object' && file !== null ? Object.keys(file) : [];
  const key = keys[first % Math.max(keys.length, 1)];
  if (key === undefined) return value;
  const child = rest.length === 0 ? value : replaced(file[key], rest, value);
  return Array.isArray(file)
    ? file.map((item, index) => (String(index) === key ? child : item))
    : { ...file, [key]: child };
}
