/** Networks of any size, with the account that fits them and the raised quotas that they assume stated in the file. */
import type { Account } from '../local/world/account';

const REGIONS = [
  'us-east-1',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
  'us-west-1',
  'eu-west-1',
  'ap-southeast-5',
  'ap-northeast-2',
];

export interface Size {
  vpcs: number;
  offices: number;
}

/** Offices are dealt out to the VPCs in turn; VPCs to the regions. */
export function topologyText({ vpcs, offices }: Size): string {
  const perVpc = Math.ceil(offices / vpcs);
  const regions = REGIONS.slice(0, Math.min(vpcs, REGIONS.length));
  const quotas = {
    gateways: Math.max(30, vpcs),
    connectionsPerGateway: Math.max(10, perVpc),
    destinationRoutesPerGateway: Math.max(20, perVpc),
    customerGatewaysPerRegion: Math.max(100, Math.ceil(offices / regions.length) + perVpc),
    routesPerTable: Math.max(200, offices + 4 * vpcs),
    rulesPerSecurityGroup: Math.max(200, offices + vpcs),
  };
  const links = regions.flatMap((_, a) =>
    regions.slice(a + 1).map((_unused, b) => [`vpc-${a}`, `vpc-${a + 1 + b}`] as const),
  );
  return [
    'version: 1',
    `name: bench-${vpcs}-${offices}`,
    `defaults: {quotas: ${JSON.stringify(quotas)}}`,
    'backbone:',
    '  links:',
    ...links.map(([a, b]) => `    - {between: [${a}, ${b}], bandwidthMbps: 10}`),
    ...(links.length === 0 ? ['    []'] : []),
    'vpcs:',
    ...Array.from({ length: vpcs }, (_, index) => vpcLines(index)).flat(),
    'offices:',
    ...Array.from(
      { length: offices },
      (_, index) =>
        `  office-${index}: {address: 47.${64 + (index >> 8)}.${index & 255}.10, cidrs: [10.${128 + (index >> 8)}.${index & 255}.0/24], vpc: vpc-${index % vpcs}, country: US}`,
    ),
    '',
  ].join('\n');
}

/** A network of one VPC and one office, the `index`th of an account of so many VPCs. */
export const lonelyNetwork = (index: number): string =>
  [
    'version: 1',
    `name: load-${index}`,
    'vpcs:',
    ...vpcLines(index),
    'offices:',
    `  office: {address: 47.64.${index}.10, cidrs: [172.20.${index}.0/24], vpc: vpc-${index}, country: US}`,
    '',
  ].join('\n');

function vpcLines(index: number): string[] {
  const region = regionOf(index);
  return [
    `  vpc-${index}:`,
    `    region: ${region}`,
    `    id: vpc-bench${index}`,
    `    cidrs: [10.${index}.0.0/16]`,
    '    vSwitches:',
    `      - {id: vsw-bench${index}a, zone: ${region}a, cidr: 10.${index}.10.0/24}`,
    `      - {id: vsw-bench${index}b, zone: ${region}b, cidr: 10.${index}.11.0/24}`,
    '    applications:',
    `      app: {securityGroup: sg-bench${index}, vSwitch: vsw-bench${index}a, addresses: [10.${index}.10.20], ports: [tcp/443]}`,
  ];
}

export function accountFor({ vpcs }: Size): Account {
  return {
    version: 1,
    accountId: '1234567890123456',
    region: 'us-east-1',
    accessKey: { id: 'LTAI5tTrunklineBench001', secret: 'bench-secret-of-the-trunkline-project' },
    quotas: {
      gateways: Math.max(30, vpcs),
      connectionsPerGateway: 1_000,
      destinationRoutesPerGateway: 1_000,
      customerGatewaysPerRegion: 10_000,
      routesPerTable: 10_000,
      rulesPerSecurityGroup: 10_000,
      'calls.CreateVpnRouteEntry': 100_000,
      'calls.DescribeVpnGateway': 100_000,
      'calls.DescribeVpnGateways': 100_000,
      'calls.DescribeVpnConnection': 100_000,
      'calls.DescribeVpnConnections': 100_000,
      'calls.DescribeVpnRouteEntries': 100_000,
      'calls.DescribeCustomerGateways': 100_000,
      'calls.ListTransitRouters': 100_000,
      'calls.DescribeCens': 100_000,
      'calls.CreateTransitRouter': 100_000,
    },
    roles: [],
    services: {
      transitRouter: true,
      crossBorder: true,
      functionCompute: true,
      oss: true,
      tablestore: true,
      smq: true,
      kms: true,
      eventBridge: true,
    },
    vpcs: Array.from({ length: vpcs }, (_, index) => ({
      id: `vpc-bench${index}`,
      region: regionOf(index),
      name: '',
      cidrs: [`10.${index}.0.0/16`],
      customRouteTables: [],
      vSwitches: ['a', 'b'].map((zone, at) => ({
        id: `vsw-bench${index}${zone}`,
        zone: `${regionOf(index)}${zone}`,
        cidr: `10.${index}.1${at}.0/24`,
      })),
    })),
    securityGroups: Array.from({ length: vpcs }, (_, index) => ({
      id: `sg-bench${index}`,
      vpc: `vpc-bench${index}`,
      type: 'normal' as const,
      rules: [],
    })),
    instances: Array.from({ length: vpcs }, (_, index) => ({
      id: `i-bench${index}`,
      vSwitch: `vsw-bench${index}a`,
      address: `10.${index}.10.20`,
      securityGroups: [`sg-bench${index}`],
    })),
    cens: [],
    bandwidthPackages: [],
    offices: [],
    secrets: [],
  };
}

const regionOf = (index: number): string => REGIONS[index % REGIONS.length] as string;
