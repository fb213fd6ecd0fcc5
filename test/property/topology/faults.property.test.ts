/** Each fault is found in whatever network it is made, and a network without one has none. */
import * as fc from 'fast-check';
import { type Cidr, overlaps, rangeOf } from '../../../shared/cidr';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type File, networks } from './networks';

const codesOf = (file: File): string[] => parseTopology(JSON.stringify(file), 'x').problems.map(({ code }) => code);

test('a network without a fault has no problem', () => {
  fc.assert(
    fc.property(networks, (file) => {
      expect(codesOf(file)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

interface Target {
  file: File;
  office: File;
  other: File;
  vpc: File;
}

const FAULTS: [string, (target: Target) => void][] = [
  ['duplicate-cidrs', ({ office, other }) => other.cidrs.push(office.cidrs[0])],
  ['overlapping-cidrs', ({ vpc, other }) => other.cidrs.push(vpc.cidrs[0].replace('0.0/16', '128.0/17'))],
  ['cidr-not-routable', ({ office }) => office.cidrs.push('100.64.0.0/16')],
  ['everywhere', ({ office }) => office.cidrs.push('0.0.0.0/0')],
  ['host-bits', ({ office }) => office.cidrs.push('10.200.0.1/16')],
  ['ipv6', ({ office }) => office.cidrs.push('2001:db8::/32')],
  [
    'address-not-public',
    ({ office }) => {
      office.address = '192.168.0.1';
    },
  ],
  [
    'documentation-address',
    ({ office }) => {
      office.address = '192.0.2.77';
    },
  ],
  [
    'dynamic-address',
    ({ office }) => {
      office.address = 'dynamic';
    },
  ],
  [
    'address-used-twice',
    ({ office, other }) => {
      other.address = office.address;
      other.vpc = office.vpc;
    },
  ],
  [
    'unknown-name',
    ({ office }) => {
      office.vpc = 'nowhere';
    },
  ],
  [
    'unknown-key',
    ({ office }) => {
      office.colour = 'green';
    },
  ],
  [
    'not-supported',
    ({ office }) => {
      office.bgp = {};
    },
  ],
  [
    'missing',
    ({ office }) => {
      delete office.address;
    },
  ],
  [
    'country-missing',
    ({ office }) => {
      delete office.country;
    },
  ],
  [
    'tunnel-crosses-border',
    ({ office }) => {
      office.country = 'CN';
    },
  ],
  [
    'selectors-narrow',
    ({ office }) => {
      office.selectors = { cloudSide: ['10.0.0.0/16'], officeSide: office.cidrs };
    },
  ],
  [
    'secret-shared',
    ({ office, other }) => {
      office.presharedKey = { secret: 'k' };
      other.presharedKey = { secret: 'k' };
    },
  ],
  [
    'secret-reserved',
    ({ office }) => {
      office.presharedKey = { secret: 'acme/webhook/desk' };
    },
  ],
  [
    'vswitch-outside-vpc',
    ({ vpc }) => {
      vpc.vSwitches[0].cidr = '192.168.1.0/24';
    },
  ],
  [
    'overlapping-vswitches',
    ({ vpc }) => {
      vpc.vSwitches[1].cidr = vpc.vSwitches[0].cidr;
    },
  ],
  [
    'vswitch-named-twice',
    ({ vpc }) => {
      vpc.vSwitches[1].id = vpc.vSwitches[0].id;
    },
  ],
  [
    'zone-of-another-region',
    ({ vpc }) => {
      vpc.vSwitches[1].zone = 'me-east-1a';
    },
  ],
  [
    'one-zone',
    ({ vpc, office, file }) => {
      vpc.vSwitches[1].zone = vpc.vSwitches[0].zone;
      office.vpc = Object.keys(file.vpcs).find((name) => file.vpcs[name] === vpc);
    },
  ],
  [
    'gateway-bandwidth',
    ({ vpc }) => {
      vpc.gateway.bandwidthMbps = 11;
    },
  ],
  [
    'quota',
    ({ file }) => {
      file.defaults.quotas.routesPerTable = 1;
    },
  ],
  [
    'quota',
    ({ file }) => {
      file.defaults.quotas.destinationRoutesPerGateway = 1;
      file.offices['office-0'].vpc = 'vpc-0';
      file.offices['office-1'].vpc = 'vpc-0';
    },
  ],
  [
    'weak-algorithm',
    ({ file }) => {
      file.defaults.tunnel = { dhGroup: 'group2' };
    },
  ],
  [
    'broken-algorithm',
    ({ file }) => {
      file.defaults.tunnel = { authentication: 'md5' };
    },
  ],
  [
    'test-never-holds',
    ({ file }) => {
      file.tests[0].expect = 'blocked';
    },
  ],
  [
    'access-held-by-devices',
    ({ file }) => {
      file.access = [];
    },
  ],
  [
    'basic-needs-cen',
    ({ file }) => {
      file.backbone.edition = 'basic';
    },
  ],
  [
    'custom-table-on-basic',
    ({ file, vpc }) => {
      Object.assign(file.backbone, { edition: 'basic', cen: 'cen-1' });
      vpc.vSwitches[0].routeTable = 'vtb-1';
    },
  ],
  ['link-within-region', ({ file }) => file.backbone.links.push({ between: ['vpc-0', 'vpc-0'], bandwidthMbps: 1 })],
];

test.each(FAULTS)('%s', (code, damage) => {
  fc.assert(
    fc.property(networks, fc.nat(100), fc.nat(100), (file, first, second) => {
      const offices = Object.values<File>(file.offices);
      const vpcs = Object.values<File>(file.vpcs);
      const office = offices[first % offices.length];
      const other = offices[(first + 1) % offices.length];
      damage({ file, office, other, vpc: vpcs[second % vpcs.length] });
      expect(codesOf(file)).toContain(code);
    }),
    { numRuns: 8 },
  );
});

test('a region without its links, wherever there is another', () => {
  fc.assert(
    fc.property(
      networks.filter((file) => file.backbone.links.length > 0),
      fc.nat(100),
      (file, at) => {
        file.backbone.links.splice(at % file.backbone.links.length, 1);
        expect(codesOf(file)).toEqual(['link-missing']);
      },
    ),
    { numRuns: 30 },
  );
});

test('sorting finds the overlaps that comparing each with each finds', () => {
  const block = fc.record({ length: fc.integer({ min: 12, max: 20 }), bits: fc.nat(255) }).map(({ length, bits }) => {
    const size = 2 ** (32 - length);
    const first = (10 * 2 ** 24 + ((bits * size) % 2 ** 22)) >>> 0;
    return `${first >>> 24}.${(first >>> 16) & 255}.${(first >>> 8) & 255}.${first & 255}/${length}`;
  });
  fc.assert(
    fc.property(networks, fc.array(block, { minLength: 2, maxLength: 12 }), (file, cidrs) => {
      const sites = Object.keys(file.offices);
      // Far from the VPCs' and the offices' own blocks, and few enough to stay below the limit of what is told.
      const moved = cidrs.map((cidr) => cidr.replace(/^10\./, '5.'));
      for (const name of sites) file.offices[name].selectors = 'any';
      for (const [index, cidr] of moved.entries()) file.offices[sites[index % sites.length] ?? ''].cidrs.push(cidr);
      const ranges = moved.map((cidr) => rangeOf(cidr as Cidr));
      // Of blocks that meet, one lies around the others: each of these is told once.
      const told = ranges.filter((range, at) =>
        ranges.some(
          (other, index) =>
            index !== at &&
            overlaps(range, other) &&
            (other.prefixLength < range.prefixLength || (other.prefixLength === range.prefixLength && index < at)),
        ),
      );
      const found = codesOf(file).filter((code) => code === 'overlapping-cidrs' || code === 'duplicate-cidrs');
      expect(found).toHaveLength(told.length);
    }),
    { numRuns: 100 },
  );
});
