/** Random networks without a single problem. */
import * as fc from 'fast-check';

// biome-ignore lint/suspicious/noExplicitAny: tests write what no type would allow.
export type File = any;

const REGIONS = ['us-east-1', 'us-west-1', 'eu-central-1', 'ap-southeast-1'];

interface Seeds {
  regions: string[];
  applications: number[];
  offices: { vpc: number; blocks: number; selectors: 'office' | 'any' | undefined }[];
}

const seeds: fc.Arbitrary<Seeds> = fc.record({
  regions: fc.array(fc.constantFrom(...REGIONS), { minLength: 1, maxLength: 4 }),
  applications: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  offices: fc.array(
    fc.record({
      vpc: fc.nat(3),
      blocks: fc.integer({ min: 1, max: 3 }),
      selectors: fc.constantFrom('office' as const, 'any' as const, undefined),
    }),
    { minLength: 2, maxLength: 8 },
  ),
});

export const networks: fc.Arbitrary<File> = seeds.map(({ regions, applications, offices }) => {
  const distinct = [...new Set(regions)];
  const first = (region: string) => `vpc-${regions.indexOf(region)}`;
  return {
    version: 1,
    name: 'acme',
    defaults: { quotas: { destinationRoutesPerGateway: 100, routesPerTable: 500 } },
    backbone: {
      links: distinct.flatMap((one, index) =>
        distinct.slice(index + 1).map((other) => ({ between: [first(one), first(other)], bandwidthMbps: 10 })),
      ),
    },
    vpcs: Object.fromEntries(
      regions.map((region, index) => [`vpc-${index}`, vpc(region, index, applications[index] ?? 0)]),
    ),
    offices: Object.fromEntries(
      offices.map(({ vpc: at, blocks, selectors }, index) => [
        `office-${index}`,
        {
          vpc: `vpc-${at % regions.length}`,
          address: `8.8.${index}.1`,
          cidrs: Array.from({ length: blocks }, (_, block) => `10.${100 + index}.${block}.0/24`),
          country: 'DE',
          ...(selectors && { selectors }),
        },
      ]),
    ),
    tests: [{ from: 'office-0', to: 'office-1', expect: 'reachable' }],
  };
});

const vpc = (region: string, index: number, applications: number) => ({
  region,
  id: `vpc-id${index}`,
  cidrs: [`10.${index}.0.0/16`],
  vSwitches: [
    { id: `vsw-${index}-a`, zone: `${region}a`, cidr: `10.${index}.1.0/24` },
    { id: `vsw-${index}-b`, zone: `${region}b`, cidr: `10.${index}.2.0/24` },
  ],
  gateway: { bandwidthMbps: 200 },
  applications: Object.fromEntries(
    Array.from({ length: applications }, (_, at) => [
      `app-${at}`,
      {
        securityGroup: `sg-${index}-${at}`,
        vSwitch: `vsw-${index}-a`,
        addresses: [`10.${index}.1.${10 + at}`],
        ports: ['tcp/443', 'icmp'],
      },
    ]),
  ),
});
