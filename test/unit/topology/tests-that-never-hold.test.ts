import { type Case, changed, parse, problemsAfter, topologyOf } from './a-file';

const NEVER = ['error test-never-holds'];
const entry = (from: string, to: string, expect: string, port?: string) => ({
  from,
  to,
  expect,
  ...(port && { port }),
});
const asks =
  (...given: Parameters<typeof entry>): Case[1] =>
  (f) =>
    (f.tests = [entry(...given)]);
/** With access stated: offices to each other, virginia's offices to everything, the others to orders only. */
const stated =
  (...given: Parameters<typeof entry>): Case[1] =>
  (f) => {
    f.access = [
      { from: 'offices', to: 'offices' },
      { from: ['office-1', 'office-2'], to: 'applications' },
      { from: ['office-3', 'office-4'], to: 'virginia.orders' },
    ];
    f.tests = [entry(...given)];
  };

const CASES: Case[] = [
  ['everybody reaches everything', asks('office-1', 'frankfurt.crm', 'reachable', 'tcp/443'), []],
  ['sites too', asks('office-1', 'office-4', 'reachable'), []],
  ['an unknown site', asks('office-9', 'frankfurt.crm', 'reachable'), ['error unknown-name']],
  ['an unknown application', asks('office-1', 'frankfurt.orders', 'reachable'), ['error unknown-name']],
  ['oneself', asks('office-1', 'office-1', 'reachable'), NEVER],
  ['a port that the application has not', asks('office-1', 'frankfurt.crm', 'reachable', 'tcp/22'), NEVER],
  ['is blocked', asks('office-1', 'frankfurt.crm', 'blocked', 'tcp/22'), []],
  ['blocked, though everybody reaches everything', asks('office-1', 'frankfurt.crm', 'blocked', 'tcp/443'), NEVER],
  ['nothing in the cloud blocks an office from an office', asks('office-1', 'office-2', 'blocked'), NEVER],
  ['nor across the backbone', asks('office-1', 'office-4', 'blocked', 'tcp/22'), NEVER],
  ['nor a VPC from a VPC', asks('virginia', 'frankfurt', 'blocked'), NEVER],
  [
    'a VPC’s port is tested against no group',
    asks('office-1', 'frankfurt', 'reachable', 'tcp/443'),
    ['warning port-without-application'],
  ],
  [
    'selectors that leave the far office out do block',
    (f) => {
      asks('office-1', 'office-4', 'blocked')(f);
      f.offices['office-1'].selectors = { cloudSide: ['192.168.0.0/16'], officeSide: ['10.10.10.0/24'] };
    },
    ['warning selectors-narrow'],
  ],
  [
    'and an application that access admits',
    (f) => {
      asks('office-1', 'frankfurt.crm', 'blocked', 'tcp/443')(f);
      f.offices['office-1'].selectors = { cloudSide: ['192.168.0.0/16'], officeSide: ['10.10.10.0/24'] };
    },
    ['warning selectors-narrow'],
  ],

  ['access allows it', stated('office-3', 'virginia.orders', 'reachable', 'tcp/443'), []],
  ['access does not', stated('office-3', 'frankfurt.crm', 'reachable', 'tcp/443'), NEVER],
  ['so it is blocked', stated('office-3', 'frankfurt.crm', 'blocked', 'tcp/443'), []],
  ['on all ports too', stated('office-3', 'frankfurt.crm', 'blocked'), []],
  ['blocked, and access allows it', stated('office-1', 'frankfurt.crm', 'blocked', 'tcp/8443'), NEVER],
  ['no VPC is admitted', stated('virginia', 'frankfurt.crm', 'reachable', 'tcp/443'), NEVER],
  [
    'reachable on all ports, and admitted to one',
    (f) => {
      stated('office-3', 'frankfurt.crm', 'reachable')(f);
      f.access.push({ from: 'office-3', to: 'frankfurt.crm', ports: 'tcp/443' });
    },
    NEVER,
  ],
  [
    'a range within an admitted one',
    (f) => {
      stated('office-3', 'virginia.orders', 'reachable', 'tcp/450-460')(f);
      f.vpcs.virginia.applications.orders.ports = ['tcp/443-470'];
    },
    [],
  ],
  [
    'an application of an admitted VPC',
    (f) => {
      stated('virginia.orders', 'frankfurt.crm', 'reachable', 'tcp/443')(f);
      f.access.push({ from: 'virginia', to: 'frankfurt.crm' });
    },
    [],
  ],
  [
    'a VPC of which one application is admitted',
    (f) => {
      stated('virginia', 'frankfurt.crm', 'reachable', 'tcp/443')(f);
      f.access.push({ from: 'virginia.orders', to: 'frankfurt.crm' });
    },
    NEVER,
  ],
  [
    'an application whose group admits for another one',
    (f) => {
      stated('office-3', 'virginia.web', 'blocked', 'tcp/443')(f);
      f.vpcs.virginia.applications.web = { ...f.vpcs.virginia.applications.orders };
    },
    NEVER,
  ],
  [
    'within a VPC members of a group need no rule',
    (f) => {
      stated('virginia.web', 'virginia.orders', 'reachable', 'tcp/443')(f);
      f.vpcs.virginia.applications.web = { ...f.vpcs.virginia.applications.orders, securityGroup: 'sg-web' };
    },
    [],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a group is tested one by one, and told once', () => {
  const file = changed(
    (f) => (f.tests = [entry('offices', 'applications', 'reachable'), entry('all', 'office-1', 'reachable')]),
  );
  expect(topologyOf(file).tests.map(({ from, to }) => `${from} > ${to}`)).toEqual([
    ...['office-1', 'office-2', 'office-3', 'office-4'].flatMap((from) => [
      `${from} > virginia.orders`,
      `${from} > frankfurt.crm`,
    ]),
    'office-2 > office-1',
    'office-3 > office-1',
    'office-4 > office-1',
    'virginia > office-1',
    'frankfurt > office-1',
  ]);
  const { problems } = parse(changed((f) => (f.tests = [entry('offices', 'applications', 'blocked', 'tcp/443')])));
  expect(problems.map(({ message }) => message)).toEqual([
    'this test can never hold: access lets office-1 reach virginia.orders on tcp/443',
  ]);
});
