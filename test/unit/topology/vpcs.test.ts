import { type Case, changed, type File, parse, problemsAfter, topologyOf } from './a-file';

const CASES: Case[] = [
  [
    'a vSwitch outside its VPC',
    (f) => (f.vpcs.virginia.vSwitches[1].cidr = '192.169.11.0/24'),
    ['error vswitch-outside-vpc'],
  ],
  [
    'a vSwitch as large as its VPC',
    (f) => (f.vpcs.virginia.vSwitches = [{ id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.0.0/16' }]),
    ['error one-zone'],
  ],
  [
    'a vSwitch in the VPC’s second block',
    (f) => {
      f.vpcs.virginia.cidrs.push('10.200.0.0/16');
      f.vpcs.virginia.vSwitches[1].cidr = '10.200.1.0/24';
    },
    [],
  ],
  [
    'overlapping vSwitches',
    (f) => (f.vpcs.virginia.vSwitches[1].cidr = '192.168.10.128/25'),
    ['error overlapping-vswitches'],
  ],
  ['one vSwitch twice', (f) => (f.vpcs.virginia.vSwitches[1].id = 'vsw-va-a'), ['error vswitch-named-twice']],
  ['a vSwitch of another VPC', (f) => (f.vpcs.virginia.vSwitches[1].id = 'vsw-fr-b'), ['error vswitch-named-twice']],
  ['one VPC twice', (f) => (f.vpcs.frankfurt.id = 'vpc-virginia'), ['error vpc-named-twice']],
  [
    'one group in two VPCs',
    (f) => (f.vpcs.frankfurt.applications.crm.securityGroup = 'sg-orders'),
    ['error group-of-two-vpcs'],
  ],
  [
    'two applications in one group',
    (f) => (f.vpcs.frankfurt.applications.erp = { ...f.vpcs.frankfurt.applications.crm }),
    [],
  ],
  [
    'a zone of another region',
    (f) => (f.vpcs.virginia.vSwitches[1].zone = 'eu-central-1a'),
    ['error zone-of-another-region'],
  ],
  [
    'an application outside its vSwitch',
    (f) => (f.vpcs.virginia.applications.orders.addresses = ['192.168.11.20']),
    ['error address-outside-vswitch'],
  ],
  [
    'an application in an unknown vSwitch',
    (f) => (f.vpcs.virginia.applications.orders.vSwitch = 'vsw-va-c'),
    ['error unknown-name'],
  ],
  [
    'a gateway in an unknown vSwitch',
    (f) => (f.vpcs.virginia.gateway = { vSwitches: ['vsw-va-a', 'vsw-va-z'] }),
    ['error unknown-name'],
  ],
  [
    'an attachment in an unknown vSwitch',
    (f) => (f.vpcs.virginia.attachment = { vSwitches: ['vsw-va-z'] }),
    ['error unknown-name'],
  ],
  [
    'one zone for gateway and attachment',
    (f) => (f.vpcs.virginia.vSwitches[1].zone = 'us-east-1a'),
    ['error one-zone'],
  ],
  [
    'two zones, and a gateway in one of them',
    (f) => {
      f.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
      f.vpcs.virginia.gateway = { vSwitches: ['vsw-va-a', 'vsw-va-c'] };
      f.vpcs.virginia.attachment = { vSwitches: ['vsw-va-a', 'vsw-va-b'] };
    },
    ['error one-zone'],
  ],
  [
    'an attachment with two vSwitches of one zone',
    (f) => {
      f.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
      f.vpcs.virginia.gateway = { vSwitches: ['vsw-va-a', 'vsw-va-b'] };
      f.vpcs.virginia.attachment = { vSwitches: ['vsw-va-a', 'vsw-va-c'] };
    },
    ['error attachment-zone-twice'],
  ],
  [
    'an attachment in one zone',
    (f) => (f.vpcs.virginia.attachment = { vSwitches: ['vsw-va-a'] }),
    ['warning attachment-one-zone'],
  ],
  [
    'a VPC without offices needs no gateway, and so no second zone for it',
    (f) => {
      f.vpcs.virginia.vSwitches.pop();
      delete f.offices['office-1'];
      delete f.offices['office-2'];
    },
    ['warning attachment-one-zone'],
  ],
  [
    'a bandwidth that is not sold',
    (f) => (f.vpcs.virginia.gateway = { bandwidthMbps: 30 }),
    ['error gateway-bandwidth'],
  ],
  ...[5, 10, 20, 50, 100, 200, 500, 1000].map(
    (bandwidthMbps): Case => [
      `a gateway of ${bandwidthMbps} Mbit/s`,
      (f) => (f.vpcs.virginia.gateway = { bandwidthMbps }),
      [],
    ],
  ),
  [
    'a name of a group',
    (f) => {
      f.vpcs.offices = { ...f.vpcs.virginia, id: 'vpc-offices' };
      delete f.vpcs.virginia;
      delete f.offices['office-1'];
      delete f.offices['office-2'];
      f.backbone.links = [];
    },
    ['error name-reserved'],
  ],
  [
    'an office named like a group',
    (f) => (f.offices.all = { ...f.offices['office-1'], address: '8.1.1.9', cidrs: ['10.77.0.0/16'] }),
    ['error name-reserved'],
  ],
  [
    'an office named like a VPC',
    (f) => (f.offices.virginia = { ...f.offices['office-1'], address: '8.1.1.9', cidrs: ['10.77.0.0/16'] }),
    ['error name-used-twice'],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a custom table is an error on the basic edition, where a packet would meet it', () => {
  const basic = (change: Parameters<typeof problemsAfter>[0]) =>
    problemsAfter((f) => {
      f.backbone = { ...f.backbone, edition: 'basic', cen: 'cen-acme' };
      f.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1c', cidr: '192.168.12.0/24' });
      f.vpcs.virginia.gateway = { vSwitches: ['vsw-va-a', 'vsw-va-b'] };
      change(f);
    });
  expect(basic((f) => (f.vpcs.virginia.vSwitches[0].routeTable = 'vtb-1'))).toEqual(['error custom-table-on-basic']);
  expect(basic((f) => (f.vpcs.virginia.vSwitches[2].routeTable = 'vtb-1'))).toEqual([]);
  expect(problemsAfter((f) => (f.vpcs.virginia.vSwitches[0].routeTable = 'vtb-1'))).toEqual([]);
});

test('gateway and attachment stand in the first two zones, sorted, where the file does not choose', () => {
  const { vpcs } = topologyOf(
    changed((f) => {
      f.vpcs.virginia.vSwitches = [
        { id: 'vsw-c', zone: 'us-east-1b', cidr: '192.168.12.0/24' },
        { id: 'vsw-b', zone: 'us-east-1b', cidr: '192.168.11.0/24' },
        { id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.10.0/24' },
      ];
      f.vpcs.frankfurt.gateway = { vSwitches: ['vsw-fr-b', 'vsw-fr-a'] };
      f.vpcs.frankfurt.attachment = { vSwitches: ['vsw-fr-b'] };
    }),
  );
  expect(vpcs.map(({ gateway, attachment }) => [gateway.vSwitches, attachment.vSwitches])).toEqual([
    [
      ['vsw-c', 'vsw-va-a'],
      ['vsw-c', 'vsw-va-a'],
    ],
    [['vsw-fr-a', 'vsw-fr-b'], ['vsw-fr-b']],
  ]);
});

test('a choice of vSwitches should be written down: an order is changed too easily', () => {
  const withThree = (f: File) =>
    f.vpcs.virginia.vSwitches.push({ id: 'vsw-va-c', zone: 'us-east-1c', cidr: '192.168.12.0/24' });
  const { problems } = parse(changed(withThree));
  expect(problems.map(({ code, message, remedy }) => [code, message, remedy])).toEqual([
    [
      'gateway-place-not-stated',
      'virginia has 3 vSwitches and does not say which its gateway stands in: vsw-va-a and vsw-va-b, by their order',
      'Write it down: gateway: {vSwitches: [vsw-va-a, vsw-va-b]}.',
    ],
  ]);
  const stated = changed((f) => {
    withThree(f);
    f.vpcs.virginia.gateway = { vSwitches: ['vsw-va-c', 'vsw-va-a'] };
  });
  expect(parse(stated).problems).toEqual([]);
});

test('an unknown vSwitch comes with the one that was meant', () => {
  const { problems } = parse(changed((f) => (f.vpcs.virginia.applications.orders.vSwitch = 'vsw-v-a')));
  expect(problems[0]?.message).toBe('there is no vSwitch of virginia vsw-v-a; did you mean vsw-va-a?');
  expect(problems[0]?.remedy).toBe('There are vsw-va-a, vsw-va-b.');
});
