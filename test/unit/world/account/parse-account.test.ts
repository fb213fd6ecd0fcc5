import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountJsonSchema, parseAccount } from '../../../../local/world/account';

const ROOT = join(__dirname, '..', '..', '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const HEAD = `version: 1
accountId: "1234567890123456"
region: us-east-1
accessKey: {id: LTAI5tTrunklineLocal0001, secret: a-secret-of-sixteen-and-more}
`;
const VPC = `vpcs:
  - id: vpc-a
    region: us-east-1
    cidrs: [10.0.0.0/16]
    customRouteTables: [vtb-own]
    vSwitches:
      - {id: vsw-1, zone: us-east-1a, cidr: 10.0.1.0/24}
`;
const GROUP = 'securityGroups: [{id: sg-a, vpc: vpc-a}]\n';

/** `line, the word that stands at the place, code: message`: a place that is off by one shows another word. */
const problemsOf = (text: string): string[] =>
  parseAccount(text, 'account.yaml').problems.map(({ line, column, code, message }) => {
    const rest = (text.split('\n')[(line ?? 0) - 1] ?? '').slice((column ?? 0) - 1);
    return `${line} <${/^[^\s,}\]]*/.exec(rest)?.[0]}> ${code}: ${message}`;
  });

test('the example account is right, and fits the contract’s example file', () => {
  const { account, problems } = parseAccount(read('examples/account.yaml'), 'examples/account.yaml');
  expect(problems).toEqual([]);
  expect(account?.vpcs.map(({ id, region, vSwitches }) => `${id} ${region} ${vSwitches.length}`)).toEqual([
    'vpc-virginia us-east-1 2',
    'vpc-shanghai cn-shanghai 2',
    'vpc-frankfurt eu-central-1 2',
    'vpc-singapore ap-southeast-1 2',
    'vpc-california us-west-1 3',
  ]);
  expect(account?.instances.map(({ address, securityGroups }) => `${address} ${securityGroups.join()}`)).toEqual(
    expect.arrayContaining(['192.168.10.20 sg-orders', '172.16.10.20 sg-crm']),
  );
  expect(account?.cens).toMatchObject([
    { id: 'cen-acme-basic', edition: 'Basic', attachments: [] },
    { id: 'cen-acme-existing', edition: 'Enterprise' },
  ]);
  expect(account?.secrets).toContainEqual(expect.objectContaining({ region: 'cn-shanghai', name: 'acme/office-4' }));
});

test('the published schema is the one that the code checks by (npm run schemas)', () => {
  expect(JSON.parse(read('schema/account.v1.json'))).toEqual(accountJsonSchema());
});

test('what may be left out has its default', () => {
  const { account } = parseAccount(HEAD, 'account.yaml');
  expect(account).toMatchObject({
    quotas: {},
    vpcs: [],
    services: { transitRouter: true, crossBorder: false },
    secrets: [],
  });
});

test('JSON is taken as well', () => {
  const json = {
    version: 1,
    accountId: '1234567890123456',
    region: 'us-east-1',
    accessKey: { id: 'k'.repeat(16), secret: 's'.repeat(16) },
  };
  expect(parseAccount(JSON.stringify(json, null, 2), 'account.json').problems).toEqual([]);
});

test('all problems at once, each with its place', () => {
  const text = `${HEAD.replace('us-east-1', 'us-nowhere-9')}${VPC}${GROUP}instances:
  - {id: i-1, vSwitch: vsw-1, address: 10.0.1.255, securityGroups: [sg-a]}
  - {id: i-2, vSwitch: vsw-2, address: 10.0.1.9, securityGroups: [sg-a]}
`;
  expect(problemsOf(text)).toEqual([
    '3 <us-nowhere-9> unknown-name: us-nowhere-9 is no region',
    '14 <10.0.1.255> impossible-value: 10.0.1.255 is no address that vsw-1 (10.0.1.0/24) can give: its first and last three are kept',
    '15 <vsw-2> unknown-name: i-2 is in vsw-2, which the file does not have',
  ]);
});

test.each<[reason: string, text: string, expected: string]>([
  ['an unknown key', `${HEAD}vpc: []\n`, '5 <vpc:> unknown-key: the file has no vpc'],
  [
    'a key of another version',
    HEAD.replace('version: 1', 'version: 2'),
    '1 <2> invalid-value: version: Invalid input: expected 1',
  ],
  [
    'sixteen digits that YAML reads as a number',
    HEAD.replace(/"/g, ''),
    '2 <1234567890123456> invalid-value: accountId: Invalid input: expected string, received number',
  ],
  [
    'an id that is there twice',
    `${HEAD}${VPC}securityGroups: [{id: sg-a, vpc: vpc-a}, {id: sg-a, vpc: vpc-a}]\n`,
    '12 <sg-a> repeated-id: sg-a is there already',
  ],
  [
    'a vSwitch outside of its VPC',
    `${HEAD}${VPC.replace('10.0.1.0/24', '10.1.1.0/24')}`,
    "11 <10.1.1.0/24> impossible-value: 10.1.1.0/24 of vsw-1 lies outside of vpc-a's blocks",
  ],
  [
    'a zone of another region',
    `${HEAD}${VPC.replace('us-east-1a', 'us-west-1a')}`,
    '11 <us-west-1a> impossible-value: us-west-1a is no zone of us-east-1',
  ],
  [
    'a region for a zone',
    `${HEAD}${VPC.replace('us-east-1a', 'us-east-1')}`,
    '11 <us-east-1> impossible-value: us-east-1 is no zone of us-east-1',
  ],
  [
    'a block with host bits',
    `${HEAD}${VPC.replace('10.0.1.0/24', '10.0.1.7/24')}`,
    '11 <10.0.1.7/24> impossible-value: 10.0.1.7/24 has bits behind its length',
  ],
  [
    'a block that is none',
    `${HEAD}${VPC.replace('10.0.1.0/24', '10.0.1.0/33')}`,
    '11 <10.0.1.0/33> impossible-value: 10.0.1.0/33 is no IPv4 block',
  ],
  [
    'overlapping vSwitches',
    `${HEAD}${VPC}      - {id: vsw-2, zone: us-east-1b, cidr: 10.0.1.128/25}\n`,
    "12 <10.0.1.128/25> impossible-value: 10.0.1.128/25 of vsw-2 overlaps vsw-1's",
  ],
  [
    'a table that the VPC has not',
    `${HEAD}${VPC.replace('10.0.1.0/24}', '10.0.1.0/24, routeTable: vtb-other}')}`,
    '11 <vtb-other> unknown-name: vsw-1 is bound to vtb-other, which vpc-a does not have',
  ],
  [
    'a group in no VPC',
    `${HEAD}securityGroups: [{id: sg-a, vpc: vpc-b}]\n`,
    '5 <vpc-b> unknown-name: sg-a is in vpc-b, which the file does not have',
  ],
  [
    'a group of another VPC',
    `${HEAD}${VPC}  - {id: vpc-b, region: us-east-1, cidrs: [10.1.0.0/16]}\nsecurityGroups: [{id: sg-b, vpc: vpc-b}]\ninstances: [{id: i-1, vSwitch: vsw-1, address: 10.0.1.9, securityGroups: [sg-b]}]\n`,
    '14 <sg-b> impossible-value: sg-b belongs to vpc-b, and i-1 is in vpc-a',
  ],
  [
    'an address that two instances have',
    `${HEAD}${VPC}${GROUP}instances:\n  - {id: i-1, vSwitch: vsw-1, address: 10.0.1.9, securityGroups: [sg-a]}\n  - {id: i-2, vSwitch: vsw-1, address: 10.0.1.9, securityGroups: [sg-a]}\n`,
    "15 <10.0.1.9> impossible-value: 10.0.1.9 is i-1's already",
  ],
  [
    'an attachment of the enterprise edition',
    `${HEAD}${VPC}cens: [{id: cen-1, edition: Enterprise, attachments: [vpc-a]}]\n`,
    '12 <vpc-a> enterprise-attachment: cen-1 is of the enterprise edition, whose attachments hang on transit routers',
  ],
  [
    'a VPC that is in two CENs',
    `${HEAD}${VPC}cens: [{id: cen-1, edition: Basic, attachments: [vpc-a]}, {id: cen-2, edition: Basic, attachments: [vpc-a]}]\n`,
    '12 <vpc-a> impossible-value: vpc-a is attached to cen-1 already',
  ],
  [
    'a span that there is none of',
    `${HEAD}bandwidthPackages: [{id: b-1, bandwidthMbps: 10, areas: [china, atlantis]}]\n`,
    '5 <atlantis> invalid-value: bandwidthPackages.0.areas.1: Invalid option: expected one of "china"|"north-america"|"asia-pacific"|"europe"|"middle-east"',
  ],
  [
    'broken YAML',
    `${HEAD}vpcs: [`,
    '5 <> syntax: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['the same key twice', `${HEAD}region: us-west-1\n`, '5 <region:> duplicate-key: region is there already, in line 3'],
])('refused: %s', (_, text, expected) => {
  expect(problemsOf(text)).toEqual([expected]);
});

test('aliases that unfold without end, or lead nowhere, are refused', () => {
  const bomb = `${HEAD}a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefg'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdef'[index]}`).join(', ')}]`).join('\n')}\n`;
  expect(problemsOf(bomb)).toEqual(['5 <[x> too-many-values: aliases make more than 200000 values']);
  expect(problemsOf(`${HEAD}vpcs: *nowhere\n`)).toHaveLength(1);
});

test.each([
  ['10.0.1.0', 1],
  ['10.0.1.1', 0],
  ['10.0.1.252', 0],
  ['10.0.1.253', 1],
])('a vSwitch gives its addresses but the first and the last three: %s', (address, problems) => {
  const other = '{id: i-2, vSwitch: vsw-1, address: 10.0.1.9, securityGroups: [sg-a]}';
  const text = `${HEAD}${VPC}${GROUP}instances:\n  - ${other}\n  - {id: i-1, vSwitch: vsw-1, address: ${address}, securityGroups: [sg-a]}\n`;
  expect(problemsOf(text)).toHaveLength(problems);
});

test('a file as long as may be is read', () => {
  const text = `${HEAD}#`;
  expect(problemsOf(`${text}${'x'.repeat(1_048_576 - text.length)}`)).toEqual([]);
});

test('a file that is too long is refused before it is read', () => {
  expect(problemsOf(`# ${'x'.repeat(1_048_576)}`)).toEqual([
    '1 <#> file-too-large: the file has at least 1048578 bytes; the limit is 1048576',
  ]);
});

test.each([
  ['brackets without end, which ended the process', '['.repeat(1_000_000), 'too-deep'],
  ['lists in a line', '- '.repeat(100_000), 'too-deep'],
  [
    '40,000 keys, each once compared with all before it',
    Array.from({ length: 40_000 }, (_, index) => `k${index}: 1`).join('\n'),
    'unknown-key',
  ],
  ['a key that reaches every object', '{"__proto__": {"polluted": 1}}', 'forbidden-key'],
  ['a sign of the terminal', `${HEAD}"\u001b[2J": 1\n`, 'control-character'],
])('%s: told, and soon', (_, text, code) => {
  const { account, problems } = parseAccount(text, 'account.yaml');
  expect(account).toBeNull();
  expect(problems.map((problem) => problem.code)).toContain(code);
  expect(problems.length).toBeLessThan(100);
});

test('what the file says cannot move the terminal’s cursor', () => {
  const { problems } = parseAccount(`${HEAD}"\\e[2J": 1\n`, 'account.yaml');
  expect(problems.map(({ message }) => message)).toEqual(['the file has no \\u001b[2J']);
});
