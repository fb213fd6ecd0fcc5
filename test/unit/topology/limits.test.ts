import { type Case, changed, type File, parse, problemsAfter } from './a-file';

/** `count` further offices on virginia's gateway. */
const withOffices = (f: File, count: number, more: object = {}) => {
  for (let index = 0; index < count; index += 1)
    f.offices[`more-${index}`] = {
      vpc: 'virginia',
      address: `9.1.${index >> 8}.${index & 255}`,
      cidrs: [`10.100.${index}.0/24`],
      country: 'US',
      ...more,
    };
};
const quotas = (f: File, given: object) => (f.defaults = { quotas: given });
const blocks = (count: number, second: number) =>
  Array.from({ length: count }, (_, index) => `10.${second}.${index}.0/24`);

const CASES: Case[] = [
  ['ten connections fill a gateway', (f) => withOffices(f, 8), []],
  ['an eleventh is too many', (f) => withOffices(f, 9), ['error quota']],
  [
    'unless the quota was raised',
    (f) => {
      withOffices(f, 9);
      quotas(f, { connectionsPerGateway: 11 });
    },
    [],
  ],
  ['five CIDRs on the office’s side', (f) => (f.offices['office-1'].cidrs = blocks(5, 90)), []],
  ['a sixth is too many', (f) => (f.offices['office-1'].cidrs = blocks(6, 90)), ['error quota']],
  [
    'any on both sides is one CIDR a side',
    (f) => Object.assign(f.offices['office-1'], { cidrs: blocks(6, 90), selectors: 'any' }),
    [],
  ],
  [
    'six CIDRs on the cloud’s side',
    (f) =>
      (f.offices['office-1'].selectors = {
        cloudSide: ['0.0.0.0/1', ...blocks(4, 91), '128.0.0.0/1'],
        officeSide: '10.10.10.0/24',
      }),
    ['error quota'],
  ],
  [
    'twenty-one destination routes',
    (f) => {
      for (const [at, name] of ['office-1', 'office-2', 'a', 'b', 'c'].entries())
        f.offices[name] = {
          vpc: 'virginia',
          address: `9.9.9.${at + 1}`,
          country: 'US',
          cidrs: blocks(at < 4 ? 5 : 1, 120 + at),
        };
    },
    ['error quota'],
  ],
  [
    'twelve fill it so that no office could be moved there',
    (f) => {
      for (const [at, name] of ['office-1', 'office-2', 'a'].entries())
        f.offices[name] = {
          vpc: 'virginia',
          address: `9.9.9.${at + 1}`,
          country: 'US',
          cidrs: blocks(at < 2 ? 5 : 2, 120 + at),
        };
    },
    ['warning no-room-to-move'],
  ],
  [
    'customer gateways count by address and region',
    (f) => quotas(f, { customerGatewaysPerRegion: 1 }),
    ['error quota', 'error quota'],
  ],
  ['gateways of an account', (f) => quotas(f, { gateways: 1 }), ['error quota']],
  [
    'routes in both tables: 4 of offices, 2 of the other VPC',
    (f) => quotas(f, { routesPerTable: 5 }),
    ['error quota', 'error quota'],
  ],
  [
    'six fit, with no room to move',
    (f) => quotas(f, { routesPerTable: 6 }),
    ['warning no-room-to-move', 'warning no-room-to-move'],
  ],
  ['eight leave room', (f) => quotas(f, { routesPerTable: 8 }), []],
  [
    'synchronised VPCs of a transit router',
    (f) => {
      quotas(f, { synchronisedVpcsPerTransitRouter: 1 });
      f.vpcs.virginia.region = 'eu-central-1';
      for (const vSwitch of f.vpcs.virginia.vSwitches) vSwitch.zone = vSwitch.zone.replace('us-east-1', 'eu-central-1');
      delete f.backbone;
    },
    ['error quota'],
  ],
  [
    'the basic edition synchronises by itself',
    (f) => {
      quotas(f, { synchronisedVpcsPerTransitRouter: 1, routesPerCen: 8 });
      Object.assign(f.backbone, { edition: 'basic', cen: 'cen-1' });
    },
    [],
  ],
  [
    'routes of a basic CEN: 4 vSwitches and 4 offices',
    (f) => {
      quotas(f, { routesPerCen: 7 });
      Object.assign(f.backbone, { edition: 'basic', cen: 'cen-1' });
    },
    ['error quota'],
  ],
  ['transit routers have no such limit', (f) => quotas(f, { routesPerCen: 1 }), []],
  ['rules: crm admits 4 offices and a VPC on 2 ports', (f) => quotas(f, { rulesPerSecurityGroup: 9 }), ['error quota']],
  ['ten are ten', (f) => quotas(f, { rulesPerSecurityGroup: 10 }), []],
  [
    'ports that touch are one rule',
    (f) => {
      quotas(f, { rulesPerSecurityGroup: 5 });
      f.vpcs.frankfurt.applications.crm.ports = ['tcp/443', 'tcp/444-445', 'tcp/440-443'];
    },
    [],
  ],
  [
    'all says everything',
    (f) => {
      quotas(f, { rulesPerSecurityGroup: 5 });
      f.vpcs.frankfurt.applications.crm.ports = ['tcp/443', 'all', 'udp/53'];
    },
    [],
  ],
  [
    'two applications share their group’s rules',
    (f) => {
      quotas(f, { rulesPerSecurityGroup: 10 });
      f.vpcs.frankfurt.applications.erp = { ...f.vpcs.frankfurt.applications.crm };
    },
    [],
  ],
  [
    'an application of an admitted VPC needs no rule of its own',
    (f) => {
      quotas(f, { rulesPerSecurityGroup: 2 });
      f.access = [
        { from: ['virginia', 'virginia.orders'], to: 'frankfurt.crm' },
        { from: 'offices', to: 'offices' },
      ];
    },
    [],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a limit is told with its count, its bound and the name to override it by', () => {
  const { problems } = parse(changed((f) => withOffices(f, 9)));
  expect(problems.map(({ message, remedy }) => [message, remedy])).toEqual([
    [
      '11 connections on the gateway of virginia, one an office, and the limit is 10',
      'Make them fewer; or have the quota raised, and say so: defaults.quotas.connectionsPerGateway.',
    ],
  ]);
});

test('a thousand offices without a country are told in twenty places and a number', () => {
  const { problems } = parse(
    changed((f) => {
      quotas(f, {
        connectionsPerGateway: 2000,
        destinationRoutesPerGateway: 2000,
        routesPerTable: 2000,
        customerGatewaysPerRegion: 2000,
        rulesPerSecurityGroup: 9000,
      });
      for (let index = 0; index < 1000; index += 1)
        f.offices[`more-${index}`] =
          `9.1.${index >> 8}.${index & 255} 10.${100 + (index >> 8)}.${index & 255}.0/24 via virginia`;
    }),
  );
  expect(problems).toHaveLength(21);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['country-missing']));
  expect(problems.at(-1)?.message).toBe('and 980 more like the 20 before, from here on');
});
