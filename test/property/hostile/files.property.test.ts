/** Files that people hand in: the topology, the account, s.yaml; and the environment. Problems with places, or a value. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { readSYaml } from '../../../cli/deployment/read-s-yaml';
import { parseAccount } from '../../../local/world/account';
import { readConfig } from '../../../shared/config';
import { hasCode } from '../../../shared/errors';
import { parsePrices } from '../../../shared/plan/monthly-cost';
import { isError, type Problem } from '../../../shared/problem';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { readApproval } from '../../../shared/topology/read-settings';
import { expectDiscreet, filled, hostile, large, sizeOf } from './hostile';
import { mutatedBytes, mutatedValue, word } from './mutations';

const example = (name: string): string => readFileSync(`examples/${name}`, 'utf8');
const TOPOLOGIES = ['full-form.yaml', 'global-network-basic.yaml', 'global-network.yaml', 'newer-tutorial.yaml'].map(
  example,
);
const ACCOUNT = example('account.yaml');
const S_YAML = readFileSync('s.yaml', 'utf8');

function expectTold(problems: readonly Problem[]): void {
  for (const { file, line, column, code, message, remedy } of problems) {
    expect(file).toBe('x.yaml');
    expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(message).toMatch(/\S/);
    expect(message.length).toBeLessThan(1_000);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(remedy).toMatch(/\S/);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
    expectDiscreet(message);
  }
}

function topologyHolds(source: Uint8Array): void {
  const { topology, problems } = parseTopology(source, 'x.yaml');
  expect(topology === null).toBe(problems.some(isError));
  expectTold(problems);
  expect(problems.length).toBeLessThan(1_000);
  expect(parseTopology(source, 'x.yaml')).toEqual({ topology, problems });
}

function accountHolds(source: Uint8Array): void {
  const { account, problems } = parseAccount(source, 'x.yaml');
  expect(account === null).toBe(problems.length > 0);
  expectTold(problems);
  expect(problems.length).toBeLessThan(1_000);
  expect(parseAccount(source, 'x.yaml')).toEqual({ account, problems });
}

const APPROVAL = '{people: 2, validHours: 24, unless: {addsOnly: true, tasksAtMost: 20, monthlyCostBelow: 500}}\n';
const PRICES = 'dated: 2026-11-01\ncurrency: USD\nmonthly:\n  vpn-gateway/us-east-1/100: 191\n  vpc-attachment: 36\n';

function settingsHold(source: Uint8Array): void {
  for (const read of [readApproval, parsePrices]) {
    const found = read(source, 'x.yaml');
    expect(read(source, 'x.yaml')).toEqual(found);
    if (!('problem' in found)) continue;
    expect(found.problem.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(found.problem.message.length).toBeLessThan(1_000);
    expectDiscreet(found.problem.message);
  }
}

const SECRET = 'the-secret-of-the-environment';
const readS = (source: Uint8Array) =>
  readSYaml({
    text: Buffer.from(source).toString('utf8'),
    file: 'x.yaml',
    folder: '/project',
    environment: { HOME: SECRET },
    accountId: '1234567890123456',
    fileExists: () => true,
  });

function sYamlHolds(source: Uint8Array): void {
  const { deployments, problems } = readS(source);
  expect(deployments === null).toBe(problems.length > 0);
  expectTold(problems);
  expect(readS(source)).toEqual({ deployments, problems });
}

/** What YAML has and our files do not need, put into the value of a random line. */
const tricks = (seeds: readonly string[]): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(
        fc.tuple(
          fc.nat(500),
          fc.constantFrom(
            '&a ',
            '*a ',
            '<<: *a',
            '!!set ',
            '? ',
            '|\n  ',
            '>-\n',
            '- - - ',
            '{a: [',
            '"\\u0000"',
            '"\\ud800"',
            '---\n',
            '...\n',
            '%TAG ! x\n',
            '\t',
            '0o17',
            '.nan',
            '1_000',
            '2001-01-01',
            '~',
            'y',
            '# ',
            '\r',
            '\u2028',
            '\u0085',
          ),
        ),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([text, changes]) => {
      const lines = text.split('\n');
      for (const [at, trick] of changes) {
        const index = at % lines.length;
        lines[index] = (lines[index] ?? '').replace(/: |- |^/, (found) => found + trick);
      }
      return Buffer.from(lines.join('\n'));
    });

const asYaml = fc
  .oneof(mutatedValue([{ version: 1, name: 'a', vpcs: { a: {} }, offices: { b: 'x' } }]))
  .map((value) => {
    try {
      return Buffer.from(stringify(value));
    } catch {
      return Buffer.from('');
    }
  });

hostile('settings', fc.oneof(mutatedBytes([APPROVAL, PRICES]), tricks([APPROVAL, PRICES])), settingsHold);
hostile('topology text', fc.oneof(mutatedBytes(TOPOLOGIES), tricks(TOPOLOGIES), asYaml), topologyHolds);
hostile('account file', fc.oneof(mutatedBytes([ACCOUNT]), tricks([ACCOUNT]), asYaml), accountHolds);
hostile('s.yaml', fc.oneof(mutatedBytes([S_YAML]), tricks([S_YAML]), asYaml), sYamlHolds);

const BOMBS: readonly [name: string, piece: string, before?: string, behind?: string][] = [
  ['brackets', '['],
  ['braces', '{a: '],
  ['lists in a line', '- '],
  ['questions', '? '],
  ['newlines', '\n'],
  ['quotation', 'a', '"'],
  ['anchors', '&a '],
  ['aliases', '*a,', '[&a 1,', ']'],
  ['colons', 'a: '],
  ['commas', ',', '[', ']'],
  ['block scalar', ' \n', 'a: |\n'],
  ['tabs', '\t', 'a:'],
  ['carriage returns', '\r'],
  ['comments', '#\n'],
  ['expressions', '${vars.a}', 'vars: {a: "', '"}'],
  ['open expressions', '${', 'a: "', '"'],
  ['one key, ever longer', 'k', '', ': 1'],
  ['bytes that are no text', '\u0000'],
];
const bombs = (entry: 'topology text' | 'account file' | 's.yaml' | 'settings') =>
  BOMBS.map(([name, piece, before, behind]) => [name, () => filled(sizeOf(entry), piece, before, behind)] as const);
const manyKeys = (entry: 'topology text' | 'account file' | 's.yaml' | 'settings') =>
  [
    [
      'many keys',
      () => Buffer.from(Array.from({ length: sizeOf(entry) / 10 }, (_, index) => `k${index}: 1`).join('\n')),
    ],
  ] as const;

large('settings', [...bombs('settings'), ...manyKeys('settings')], settingsHold);
large('topology text', [...bombs('topology text'), ...manyKeys('topology text')], topologyHolds);
large('account file', [...bombs('account file'), ...manyKeys('account file')], accountHolds);
large('s.yaml', [...bombs('s.yaml'), ...manyKeys('s.yaml')], sYamlHolds);

const ENVIRONMENT = {
  FC_REGION: 'us-east-1',
  FC_ACCOUNT_ID: '1234567890123456',
  TRUNKLINE_BUCKET: 'b',
  TRUNKLINE_TABLESTORE_INSTANCE: 't',
  TRUNKLINE_DEPLOYMENT: 'trunkline',
  TRUNKLINE_ENDPOINT: 'http://127.0.0.1:4560',
  TRUNKLINE_CLOCK: '1,2,3',
  TRUNKLINE_TIMEOUT_SECONDS: '60',
  TRUNKLINE_SOCKET_TIMEOUT_SECONDS: '10',
  TRUNKLINE_CLOCK_SKEW_SECONDS: '60',
};
const NAMES = Object.keys(ENVIRONMENT);

hostile(
  'environment',
  fc.array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      fc.oneof(word, fc.string(), fc.constantFrom('9'.repeat(400), 'x'.repeat(100_000))),
    ),
    {
      maxLength: 4,
    },
  ),
  (changes) => {
    const environment = { ...ENVIRONMENT, ...Object.fromEntries(changes) };
    try {
      const config = readConfig(environment);
      for (const seconds of [config.timeoutSeconds, config.socketTimeoutSeconds, config.clockSkewSeconds])
        expect(Number.isFinite(seconds)).toBe(true);
      expect(config.clockRate.rate).toBeGreaterThan(0);
    } catch (error) {
      expect(hasCode(error, 'ConfigurationInvalid')).toBe(true);
      expect((error as Error).message.length).toBeLessThan(1_000);
    }
  },
);
