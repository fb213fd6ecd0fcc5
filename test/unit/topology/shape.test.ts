import { parseTopology } from '../../../shared/topology/parse-topology';
import { type Case, changed, parse, problemsAfter, topologyOf } from './a-file';

const CASES: Case[] = [
  [
    'a misspelt key is left out with its office, and nothing follows',
    (f) => {
      f.offices['office-1'].adress = f.offices['office-1'].address;
      delete f.offices['office-1'].address;
      f.tests = [{ from: 'office-1', to: 'office-1', expect: 'blocked' }];
      f.access = [{ from: 'all', to: ['applications', 'office-1', 'offices'] }];
    },
    ['error missing', 'error unknown-key'],
  ],
  [
    'a misspelt link does not make its regions unlinked',
    (f) => {
      f.backbone.links[0].bandwithMbps = 10;
      delete f.backbone.links[0].bandwidthMbps;
    },
    ['error unknown-key'],
  ],
  [
    'a misspelt section does not make what it says missing',
    (f) => {
      f.acess = [{ from: 'offices', to: 'offices' }];
      f.tests = [{ from: 'office-1', to: 'virginia.orders', port: 'tcp/443', expect: 'blocked' }];
    },
    ['error unknown-key'],
  ],
  [
    'nor the offices of a misspelt section unknown',
    (f) => {
      f.ofices = f.offices;
      delete f.offices;
      f.access = [{ from: 'office-1', to: 'virginia.orders' }];
      f.tests = [{ from: 'virginia', to: 'office-2', expect: 'reachable' }];
    },
    ['error unknown-key'],
  ],
  [
    'a VPC that cannot be read leaves its offices quiet',
    (f) => {
      f.vpcs.frankfurt.cidrs = ['172.16.0.0/33'];
      f.tests = [{ from: 'frankfurt.crm', to: 'office-3', expect: 'reachable' }];
    },
    ['error not-a-block'],
  ],
  [
    'so does one whose shape is wrong',
    (f) => {
      f.vpcs.frankfurt.vSwitches = 'vsw-fr-a';
      f.access = [
        { from: 'frankfurt', to: 'offices' },
        { from: 'offices', to: ['frankfurt.crm', 'offices'] },
      ];
    },
    ['error type'],
  ],
  [
    'an application that cannot be read',
    (f) => {
      f.vpcs.frankfurt.applications.crm.ports = ['https'];
      f.tests = [{ from: 'office-1', to: 'frankfurt.crm', port: 'tcp/443', expect: 'reachable' }];
    },
    ['error not-a-port'],
  ],
  [
    'one whose shape is wrong',
    (f) => {
      f.vpcs.frankfurt.applications.crm.ports = 443;
      f.tests = [{ from: 'office-1', to: 'frankfurt.crm', port: 'tcp/443', expect: 'reachable' }];
    },
    ['error type'],
  ],
  [
    'offices that are a list',
    (f) => {
      f.offices = Object.values(f.offices);
      f.access = [{ from: 'office-1', to: 'virginia.orders' }];
    },
    ['error type'],
  ],
  [
    'a wrong quota leaves the limits unsaid',
    (f) => {
      f.defaults = { quotas: { connectionsPerGateway: 'many', routesPerTable: 1 } };
    },
    ['error type'],
  ],
  [
    'independent problems come together',
    (f) => {
      f.name = 'Acme';
      f.onRemoval = 'burn';
      f.offices['office-1'].address = '10.1.1.1';
      f.offices['office-2'].vpc = 'virgina';
      f.vpcs.virginia.gateway = { bandwidthMbps: 30 };
    },
    ['error value', 'error gateway-bandwidth', 'error address-not-public', 'error unknown-name', 'error value'],
  ],
  ['no VPC', (f) => Object.assign(f, { vpcs: {}, offices: {}, backbone: {} }), ['error no-vpc']],
  ['no VPC section', (f) => delete f.vpcs, ['error missing']],
  ['no name', (f) => delete f.name, ['error missing']],
  ['no version', (f) => delete f.version, ['error missing']],
  [
    'another version is not looked into',
    (f) => Object.assign(f, { version: 2, everything: 'else' }),
    ['error unknown-version'],
  ],
  ['a version as text', (f) => (f.version = '1'), ['error unknown-version']],
  ['BGP', (f) => (f.offices['office-1'].bgp = { asn: 65_000 }), ['error not-supported']],
  ['an ASN', (f) => (f.offices['office-1'].localAsn = 65_000), ['error not-supported']],
  ['IPv6', (f) => (f.vpcs.virginia.ipv6Cidrs = ['2001:db8::/56']), ['error not-supported']],
  ['a dynamic office', (f) => (f.offices['office-1'].dynamic = true), ['error not-supported']],
  ['a key in the file', (f) => (f.offices['office-1'].psk = 'secret'), ['error not-supported']],
  ['a name with capitals', (f) => (f.offices['Office-9'] = f.offices['office-1']), ['error name']],
  [
    'a name of 42 characters',
    (f) => (f.offices[`o${'x'.repeat(41)}`] = { ...f.offices['office-1'], address: '8.1.1.9', cidrs: ['10.7.0.0/16'] }),
    ['error name'],
  ],
  [
    'a name of 41',
    (f) => (f.offices[`o${'x'.repeat(40)}`] = { ...f.offices['office-1'], address: '8.1.1.9', cidrs: ['10.7.0.0/16'] }),
    [],
  ],
  ['a country in small letters', (f) => (f.offices['office-1'].country = 'us'), ['error value']],
  ['a secret of a service', (f) => (f.offices['office-1'].presharedKey = { secret: 'acs/rds/key' }), ['error value']],
  ['selectors by an unknown word', (f) => (f.offices['office-1'].selectors = 'vpc'), ['error value']],
  ['selectors of one side', (f) => (f.offices['office-1'].selectors = { cloudSide: '0.0.0.0/0' }), ['error missing']],
  ['no bandwidth at all', (f) => (f.backbone.links[0].bandwidthMbps = 0), ['error out-of-bounds']],
  ['half a megabit', (f) => (f.backbone.links[0].bandwidthMbps = 0.5), ['error type']],
  [
    'a link of three',
    (f) => (f.backbone.links[0].between = ['virginia', 'frankfurt', 'tokyo']),
    ['error out-of-bounds'],
  ],
  ['an empty list', (f) => (f.offices['office-1'].cidrs = []), ['error out-of-bounds']],
  ['nothing where something must be', (f) => (f.offices['office-1'].cidrs = null), ['error type']],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('a misspelt key comes with the key that was meant, of those that may stand there', () => {
  const { problems } = parse(changed((f) => Object.assign(f.vpcs.virginia, { gatway: {}, adress: 1 })));
  expect(problems.map(({ message, remedy }) => [message, remedy])).toEqual([
    [
      'vpcs.virginia has no key gatway; did you mean gateway?',
      'Its keys are region, id, cidrs, vSwitches, gateway, attachment, applications, protect.',
    ],
    // `address` is a key, and none of a VPC.
    [
      'vpcs.virginia has no key adress',
      'Its keys are region, id, cidrs, vSwitches, gateway, attachment, applications, protect.',
    ],
  ]);
});

test.each<[string, Case[1], string, string]>([
  [
    'a number as port',
    (f) => (f.vpcs.virginia.applications.orders.ports = [443]),
    'vpcs.virginia.applications.orders.ports.0 must be text, and is 443',
    'A protocol and a port or range, icmp, or all. For example tcp/443.',
  ],
  [
    'a bare port',
    (f) => (f.vpcs.virginia.applications.orders.ports = ['443']),
    '443 is no port',
    'Name the protocol: tcp/443 or udp/443.',
  ],
  [
    'an address for a block',
    (f) => (f.offices['office-1'].cidrs = '10.1.1.1'),
    '10.1.1.1 is an address and no block',
    'Write 10.1.1.1/32 if one address is meant.',
  ],
  [
    'host bits',
    (f) => (f.offices['office-1'].cidrs = '10.1.1.1/24'),
    '10.1.1.1/24 is an address within 10.1.1.0/24',
    'Write 10.1.1.0/24, if the block is meant.',
  ],
  [
    'a list as mapping',
    (f) => (f.offices['office-1'] = []),
    'offices.office-1 must be a mapping, and is a list',
    'Its keys are vpc, address, cidrs, device, country, selectors, presharedKey, protect.',
  ],
  [
    'another edition',
    (f) => (f.backbone.edition = 'enterprise'),
    'backbone.edition cannot be "enterprise"',
    'Use transit-router, basic.',
  ],
  [
    'an office without address',
    (f) => delete f.offices['office-1'].address,
    'offices.office-1.address is missing',
    'An IPv4 address. For example 203.0.113.11.',
  ],
  [
    'an unknown VPC',
    (f) => (f.offices['office-1'].vpc = 'franfkurt'),
    'there is no VPC franfkurt; did you mean frankfurt?',
    'There are virginia, frankfurt.',
  ],
])('%s: cause and remedy', (_, change, message, remedy) => {
  const { problems } = parse(changed(change));
  expect(problems.map((problem) => [problem.message, problem.remedy])).toEqual([[message, remedy]]);
});

const TEXT = `version: 1
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
  office-1: 8.1.1.1 10.10.10.0/24, 10.0.0.0/33 via virginia in US
  office-2:
    vpc: virginia
    address: 10.1.1.1
    cidrs:
      - 10.20.0.0/16
      - 192.168.77.0/24
    country: US
    colour: green
  office-3: {vpc: virginia, cidrs: [10.30.0.0/16], country: US}
  Office-4: x
access:
  - from: [office-2, office-5]
    to: offices
`;

test('each problem stands where its cause does', () => {
  const { problems, topology } = parseTopology(TEXT, 'acme.yaml');
  expect(topology).toBeNull();
  expect(problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)).toEqual([
    // A short form has one place for all that stands in it.
    'acme.yaml:12:13 not-a-block',
    // The key that is too much; what else is wrong with that office is said when it can be read.
    'acme.yaml:20:5 unknown-key',
    // What is missing stands where it is missing from.
    'acme.yaml:21:3 missing',
    // A name is meant by its key.
    'acme.yaml:22:3 name',
    'acme.yaml:24:22 unknown-name',
  ]);
});

test('values stand at their own place, mappings and lists at their key', () => {
  const { problems } = parseTopology(TEXT.replace(/ {4}colour.*\n/, ''), 'acme.yaml');
  expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
    '12:13 not-a-block',
    '15:14 address-not-public',
    '18:9 overlapping-cidrs',
    '20:3 missing',
    '21:3 name',
    '23:22 unknown-name',
  ]);
});

test('one value stands for a list of one', () => {
  const full = changed(() => {});
  const short = changed((f) => {
    f.vpcs.virginia.cidrs = '192.168.0.0/16';
    f.vpcs.virginia.applications.orders.addresses = '192.168.10.20';
    f.vpcs.virginia.applications.orders.ports = 'tcp/443';
    f.offices['office-1'].cidrs = '10.10.10.0/24';
  });
  expect(topologyOf(short)).toEqual(topologyOf(full));
});

test.each([
  ['8.1.1.1 10.10.10.0/24 via virginia in US', ['10.10.10.0/24'], 'US'],
  ['8.1.1.1 10.10.10.0/24,10.11.0.0/16 via virginia', ['10.10.10.0/24', '10.11.0.0/16'], null],
  ['  8.1.1.1   10.10.10.0/24 ,  10.11.0.0/16   via   virginia   in   GB ', ['10.10.10.0/24', '10.11.0.0/16'], 'GB'],
])('an office in one line: %s', (text, cidrs, country) => {
  const { offices } = topologyOf(changed((f) => (f.offices['office-1'] = text)));
  expect(offices[0]).toEqual({
    name: 'office-1',
    vpc: 'virginia',
    address: '8.1.1.1',
    cidrs,
    device: null,
    country,
    selectors: { cloudSide: ['0.0.0.0/0'], officeSide: cidrs },
    presharedKeySecret: null,
    keepsKey: false,
    protect: false,
  });
});

test.each([
  '',
  'virginia',
  '8.1.1.1 10.10.10.0/24',
  '8.1.1.1 via virginia',
  '8.1.1.1 10.10.10.0/24 10.11.0.0/16 via virginia',
  '8.1.1.1 10.10.10.0/24, via virginia',
  '8.1.1.1 10.10.10.0/24 via virginia US',
])('no office in one line: %j', (text) => {
  const { problems } = parse(changed((f) => (f.offices['office-1'] = text)));
  expect(problems.map(({ code }) => code)).toEqual(['short-form']);
  expect(problems[0]?.remedy).toBe(
    'Write <address> <CIDR>[,<CIDR>…] via <vpc> [in <country>], for example 203.0.113.11 10.10.10.0/24 via virginia.',
  );
});
