import { formatPort } from '../../../shared/topology/topology';
import { aFile, type Case, changed, problemsAfter, topologyOf } from './a-file';

/** `office-1 > virginia.orders tcp/443` */
const rulesOf = (access: unknown): string[] =>
  topologyOf(changed((f) => (f.access = access))).access.rules.map(({ from, to, ports }) =>
    `${from} > ${to} ${ports.map(formatPort).join(',')}`.trim(),
  );

const OFFICES = ['office-1', 'office-2', 'office-3', 'office-4'];

test('left out: every office and VPC to every application on its ports, offices to each other', () => {
  const { access } = topologyOf(aFile());
  expect(access.stated).toBe(false);
  expect(
    access.rules.map(({ from, to, ports }) => `${from} > ${to} ${ports.map(formatPort).join(',')}`.trim()),
  ).toEqual([
    ...['frankfurt', ...OFFICES].map((from) => `${from} > virginia.orders tcp/443`),
    ...['virginia', ...OFFICES].map((from) => `${from} > frankfurt.crm tcp/443,tcp/8443`),
    ...OFFICES.flatMap((to) => OFFICES.filter((from) => from !== to).map((from) => `${from} > ${to}`)),
  ]);
});

test('stated and empty: nobody reaches anything', () => {
  expect(topologyOf(changed((f) => (f.access = []))).access).toEqual({ stated: true, rules: [] });
});

test.each<[string, unknown, string[]]>([
  [
    'one to one, on its own ports',
    { from: 'office-1', to: 'frankfurt.crm' },
    ['office-1 > frankfurt.crm tcp/443,tcp/8443'],
  ],
  [
    'on stated ports',
    { from: ['office-1'], to: ['frankfurt.crm'], ports: 'tcp/443' },
    ['office-1 > frankfurt.crm tcp/443'],
  ],
  [
    'icmp beside an application’s ports',
    { from: 'office-1', to: 'frankfurt.crm', ports: ['icmp', 'tcp/8443'] },
    ['office-1 > frankfurt.crm icmp,tcp/8443'],
  ],
  [
    'a group as source',
    { from: 'offices', to: 'virginia.orders' },
    OFFICES.map((from) => `${from} > virginia.orders tcp/443`),
  ],
  [
    'a VPC as source reaches what stands elsewhere',
    { from: 'virginia', to: 'applications' },
    ['virginia > frankfurt.crm tcp/443,tcp/8443'],
  ],
  ['its own by name', { from: 'virginia', to: 'virginia.orders' }, ['virginia > virginia.orders tcp/443']],
  ['a VPC as target is its applications', { from: 'office-4', to: 'virginia' }, ['office-4 > virginia.orders tcp/443']],
  [
    'vpcs as target are all applications',
    { from: 'office-4', to: 'vpcs' },
    ['office-4 > virginia.orders tcp/443', 'office-4 > frankfurt.crm tcp/443,tcp/8443'],
  ],
  [
    'an application as source',
    { from: 'virginia.orders', to: 'frankfurt.crm', ports: 'tcp/443' },
    ['virginia.orders > frankfurt.crm tcp/443'],
  ],
  [
    'offices have no ports here',
    { from: 'office-1', to: ['office-2', 'office-3'], ports: 'icmp' },
    ['office-1 > office-2', 'office-1 > office-3'],
  ],
  [
    'nobody is let to himself',
    { from: ['office-1', 'office-2'], to: ['office-1', 'office-2'] },
    ['office-2 > office-1', 'office-1 > office-2'],
  ],
  [
    'a name and its group are one',
    { from: ['office-1', 'offices'], to: 'virginia.orders' },
    OFFICES.map((from) => `${from} > virginia.orders tcp/443`),
  ],
])('%s', (_, entry, rules) => {
  expect(rulesOf([entry])).toEqual(rules);
});

test('all to all is everything that is stated by leaving access out, and VPCs to offices', () => {
  const rules = rulesOf([{ from: 'all', to: 'all' }]);
  expect(rules).toHaveLength(5 + 5 + 4 * 5);
  expect(rules).toContain('virginia > office-3');
});

/** Access between all offices is stated too, so that only the case's own problems are left. */
const access =
  (...entries: unknown[]): Case[1] =>
  (f) =>
    (f.access = [{ from: 'offices', to: 'offices' }, ...entries]);

const CASES: Case[] = [
  ['an unknown source', access({ from: 'office-9', to: 'virginia.orders' }), ['error unknown-name']],
  ['an unknown application', access({ from: 'office-1', to: 'virginia.order' }), ['error unknown-name']],
  ['what is no name at all', access({ from: 'office 1', to: 'virginia.orders' }), ['error value']],
  ['no port', access({ from: 'office-1', to: 'virginia.orders', ports: 'https' }), ['error not-a-port']],
  [
    'a port of no application',
    access({ from: 'office-1', to: 'virginia.orders', ports: ['tcp/22', 'tcp/443'] }),
    ['warning port-not-served'],
  ],
  ['a range that meets one', access({ from: 'office-1', to: 'virginia.orders', ports: 'tcp/400-500' }), []],
  [
    'the other protocol',
    access({ from: 'office-1', to: 'virginia.orders', ports: 'udp/443' }),
    ['warning port-not-served'],
  ],
  ['icmp is no port to serve', access({ from: 'office-1', to: 'virginia.orders', ports: 'icmp' }), []],
  ['a rule to oneself', access({ from: 'office-1', to: 'office-1' }), ['warning access-without-effect']],
  ['a VPC to all of its own', access({ from: 'virginia', to: 'virginia' }), ['warning access-without-effect']],
  [
    'offices kept apart',
    (f) => (f.access = [{ from: 'offices', to: 'applications' }]),
    ['warning access-held-by-devices'],
  ],
  [
    'one pair of offices kept apart',
    (f) =>
      (f.access = [
        { from: ['office-1', 'office-2', 'office-3'], to: 'offices' },
        { from: 'office-4', to: ['office-1', 'office-2'] },
      ]),
    ['warning access-held-by-devices'],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test.each<[string, string | null]>([
  ['tcp/443', 'tcp/443'],
  ['TCP/443', 'tcp/443'],
  ['udp/500-600', 'udp/500-600'],
  ['tcp/1', 'tcp/1'],
  ['tcp/65535', 'tcp/65535'],
  ['tcp/5-5', 'tcp/5'],
  ['icmp', 'icmp'],
  ['all', 'all'],
  ['tcp/0', null],
  ['tcp/65536', null],
  ['tcp/9-3', null],
  ['tcp', null],
  ['443', null],
  ['tcp/-1', null],
  ['sctp/80', null],
  ['', null],
])('the port %j', (text, expected) => {
  const file = changed((f) => {
    f.vpcs.virginia.applications.orders.ports = [text];
  });
  if (expected === null) expect(problemsAfter((f) => Object.assign(f, file))).toEqual(['error not-a-port']);
  else expect(topologyOf(file).vpcs[0]?.applications[0]?.ports.map(formatPort)).toEqual([expected]);
});
