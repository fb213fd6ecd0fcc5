import { aFile, type Case, changed, parse, problemsAfter, told } from './a-file';

test('the file that all cases start from has no problem', () => {
  expect(parse(aFile()).problems).toEqual([]);
});

const CASES: Case[] = [
  ['two offices with one block', (f) => (f.offices['office-2'].cidrs = ['10.10.10.0/24']), ['error duplicate-cidrs']],
  ['an office within another', (f) => (f.offices['office-3'].cidrs = ['10.10.10.128/25']), ['error overlapping-cidrs']],
  [
    'an office around three',
    (f) => (f.offices['office-1'].cidrs = ['10.0.0.0/8']),
    Array(3).fill('error overlapping-cidrs'),
  ],
  ['an office within a VPC', (f) => (f.offices['office-1'].cidrs = ['172.16.99.0/24']), ['error overlapping-cidrs']],
  [
    'one block twice in an office',
    (f) => (f.offices['office-1'].cidrs = ['10.1.0.0/16', '10.1.0.0/16']),
    ['error duplicate-cidrs'],
  ],
  ['a VPC within another', (f) => f.vpcs.virginia.cidrs.push('172.16.128.0/17'), ['error overlapping-cidrs']],
  ['neighbours do not overlap', (f) => (f.offices['office-2'].cidrs = ['10.10.11.0/24', '10.10.9.0/24']), []],
  [
    'a wide block hides no later one that lies in a narrow one before it',
    (f) => {
      f.offices['office-1'].cidrs = ['10.32.0.0/11'];
      f.offices['office-2'].cidrs = ['10.33.0.0/24'];
      f.offices['office-3'].cidrs = ['10.34.0.0/24'];
    },
    ['error overlapping-cidrs', 'error overlapping-cidrs'],
  ],
  ['everywhere', (f) => (f.offices['office-1'].cidrs = ['0.0.0.0/0']), ['error everywhere']],
  [
    'shared addresses: the cloud uses them',
    (f) => (f.offices['office-1'].cidrs = ['100.64.3.0/24']),
    ['error cidr-not-routable'],
  ],
  ['around the shared addresses', (f) => (f.offices['office-1'].cidrs = ['100.0.0.0/8']), ['error cidr-not-routable']],
  ['just above the shared addresses', (f) => (f.offices['office-1'].cidrs = ['100.128.0.0/16']), []],
  ['loopback', (f) => (f.offices['office-1'].cidrs = ['127.1.0.0/16']), ['error cidr-not-routable']],
  ['link-local', (f) => (f.offices['office-1'].cidrs = ['169.254.7.0/24']), ['error cidr-not-routable']],
  ['multicast', (f) => (f.offices['office-1'].cidrs = ['239.0.0.0/8']), ['error cidr-not-routable']],
  ['reserved', (f) => (f.offices['office-1'].cidrs = ['250.0.0.0/8']), ['error cidr-not-routable']],
  ['this network', (f) => (f.offices['office-1'].cidrs = ['0.1.0.0/16']), ['error cidr-not-routable']],
  ['host bits', (f) => (f.offices['office-1'].cidrs = ['10.10.10.7/24']), ['error host-bits']],
  ['an address is no block', (f) => (f.offices['office-1'].cidrs = ['10.10.10.7']), ['error not-a-block']],
  ['no block at all', (f) => (f.offices['office-1'].cidrs = ['10.10.10.0/33']), ['error not-a-block']],
  [
    'leading zeros read as octal elsewhere',
    (f) => (f.offices['office-1'].cidrs = ['10.010.10.0/24']),
    ['error not-a-block'],
  ],
  ['IPv6', (f) => (f.offices['office-1'].cidrs = ['2001:db8::/32']), ['error ipv6']],

  ['a private address', (f) => (f.offices['office-1'].address = '10.1.1.1'), ['error address-not-public']],
  ['another private address', (f) => (f.offices['office-1'].address = '172.31.255.255'), ['error address-not-public']],
  ['just above the private ones', (f) => (f.offices['office-1'].address = '172.32.0.0'), []],
  ['a third private address', (f) => (f.offices['office-1'].address = '192.168.1.1'), ['error address-not-public']],
  ['a shared address', (f) => (f.offices['office-1'].address = '100.127.255.255'), ['error address-not-public']],
  ['a loopback address', (f) => (f.offices['office-1'].address = '127.0.0.1'), ['error address-not-public']],
  ['a link-local address', (f) => (f.offices['office-1'].address = '169.254.1.1'), ['error address-not-public']],
  ['a multicast address', (f) => (f.offices['office-1'].address = '224.0.0.1'), ['error address-not-public']],
  ['a reserved address', (f) => (f.offices['office-1'].address = '240.0.0.1'), ['error address-not-public']],
  ['the broadcast address', (f) => (f.offices['office-1'].address = '255.255.255.255'), ['error address-not-public']],
  ['no address yet', (f) => (f.offices['office-1'].address = '0.0.0.0'), ['error address-not-public']],
  [
    'a documentation address',
    (f) => (f.offices['office-1'].address = '203.0.113.11'),
    ['warning documentation-address'],
  ],
  ['dynamic, by name', (f) => (f.offices['office-1'].address = 'dynamic'), ['error dynamic-address']],
  ['a host name', (f) => (f.offices['office-1'].address = 'vpn.acme.com'), ['error dynamic-address']],
  ['an IPv6 address', (f) => (f.offices['office-1'].address = '2001:db8::1'), ['error ipv6']],
  ['a block as address', (f) => (f.offices['office-1'].address = '8.1.1.0/24'), ['error not-an-address']],
  ['numbers that are no address', (f) => (f.offices['office-1'].address = '8.1.1.256'), ['error not-an-address']],
  ['one address twice on a gateway', (f) => (f.offices['office-2'].address = '8.1.1.1'), ['error address-used-twice']],
  ['one address on two gateways shares its customer gateway', (f) => (f.offices['office-3'].address = '8.1.1.1'), []],

  ['no country', (f) => delete f.offices['office-1'].country, ['warning country-missing']],
  [
    'a Chinese office on a VPC outside the mainland',
    (f) => (f.offices['office-1'].country = 'CN'),
    ['error tunnel-crosses-border'],
  ],
  [
    'Hong Kong is outside the mainland',
    (f) => {
      f.offices['office-1'].country = 'HK';
      f.vpcs.virginia.region = 'cn-hongkong';
      f.vpcs.virginia.vSwitches[0].zone = 'cn-hongkong-b';
      f.vpcs.virginia.vSwitches[1].zone = 'cn-hongkong-c';
    },
    [],
  ],
  [
    'a mainland VPC: its foreign offices, and the link',
    (f) => {
      f.vpcs.virginia.region = 'cn-shanghai';
      f.vpcs.virginia.vSwitches[0].zone = 'cn-shanghai-b';
      f.vpcs.virginia.vSwitches[1].zone = 'cn-shanghai-g';
      f.offices['office-2'].country = 'CN';
    },
    ['warning cross-border-link', 'error tunnel-crosses-border'],
  ],

  [
    'selectors without the office itself',
    (f) => (f.offices['office-1'].selectors = { cloudSide: ['0.0.0.0/0'], officeSide: ['10.9.0.0/16'] }),
    ['warning selectors-narrow'],
  ],
  [
    'selectors narrowed to the own VPC',
    (f) => (f.offices['office-1'].selectors = { cloudSide: '192.168.0.0/16', officeSide: '10.10.10.0/24' }),
    ['warning selectors-narrow'],
  ],
  [
    'two halves cover a whole',
    (f) =>
      (f.offices['office-1'].selectors = {
        cloudSide: ['0.0.0.0/1', '128.0.0.0/1'],
        officeSide: ['10.10.10.0/25', '10.10.10.128/25'],
      }),
    [],
  ],
  [
    'one key for two offices',
    (f) => {
      f.offices['office-1'].presharedKey = { secret: 'acme/key' };
      f.offices['office-4'].presharedKey = { secret: 'acme/key' };
    },
    ['warning secret-shared'],
  ],
  [
    'the key of a ticketing system',
    (f) => {
      f.offices['office-1'].presharedKey = { secret: 'trunkline/webhook/service-desk' };
    },
    ['error secret-reserved'],
  ],
];

test.each(CASES)('%s', (_, change, problems) => {
  expect(problemsAfter(change)).toEqual(problems);
});

test('an overlap names both sites and both places, the later one first', () => {
  const { problems } = parse(changed((f) => (f.offices['office-3'].cidrs = ['192.168.11.0/24'])));
  expect(problems.map(told)).toEqual(['error overlapping-cidrs']);
  expect(problems[0]?.message).toBe('192.168.11.0/24 of office-3 overlaps 192.168.0.0/16 of virginia (20:9)');
  expect(problems[0]?.remedy).toBe('Renumber one of the two sites: a packet can go to one of them only.');
});

test('an address that is refused is told with what it is', () => {
  const messageFor = (address: string) =>
    parse(changed((f) => (f.offices['office-1'].address = address))).problems[0]?.message;
  expect(messageFor('100.64.0.1')).toBe(
    '100.64.0.1 of office-1 is a shared address (RFC 6598), which the cloud uses itself: the cloud takes none as a customer gateway',
  );
  expect(messageFor('192.168.1.1')).toBe(
    '192.168.1.1 of office-1 is a private address (RFC 1918): the cloud takes none as a customer gateway',
  );
});
