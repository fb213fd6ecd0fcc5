/** A file without a single problem, and ways to change it. Written as JSON, which is the YAML that parses fastest. */
import type { Problem } from '../../../shared/problem';
import { parseTopology } from '../../../shared/topology/parse-topology';
import type { Topology } from '../../../shared/topology/topology';

// biome-ignore lint/suspicious/noExplicitAny: tests write what no type would allow.
export type File = any;

export const aFile = (): File => ({
  version: 1,
  name: 'acme',
  backbone: { links: [{ between: ['virginia', 'frankfurt'], bandwidthMbps: 10 }] },
  vpcs: {
    virginia: {
      region: 'us-east-1',
      id: 'vpc-virginia',
      cidrs: ['192.168.0.0/16'],
      vSwitches: [
        { id: 'vsw-va-a', zone: 'us-east-1a', cidr: '192.168.10.0/24' },
        { id: 'vsw-va-b', zone: 'us-east-1b', cidr: '192.168.11.0/24' },
      ],
      applications: {
        orders: { securityGroup: 'sg-orders', vSwitch: 'vsw-va-a', addresses: ['192.168.10.20'], ports: ['tcp/443'] },
      },
    },
    frankfurt: {
      region: 'eu-central-1',
      id: 'vpc-frankfurt',
      cidrs: ['172.16.0.0/16'],
      vSwitches: [
        { id: 'vsw-fr-a', zone: 'eu-central-1a', cidr: '172.16.10.0/24' },
        { id: 'vsw-fr-b', zone: 'eu-central-1b', cidr: '172.16.11.0/24' },
      ],
      applications: {
        crm: {
          securityGroup: 'sg-crm',
          vSwitch: 'vsw-fr-a',
          addresses: ['172.16.10.20'],
          ports: ['tcp/443', 'tcp/8443'],
        },
      },
    },
  },
  offices: {
    'office-1': { vpc: 'virginia', address: '8.1.1.1', cidrs: ['10.10.10.0/24'], country: 'US' },
    'office-2': { vpc: 'virginia', address: '8.1.1.2', cidrs: ['10.10.20.0/24'], country: 'US' },
    'office-3': { vpc: 'frankfurt', address: '8.2.2.3', cidrs: ['10.20.10.0/24'], country: 'DE' },
    'office-4': { vpc: 'frankfurt', address: '8.2.2.4', cidrs: ['10.20.20.0/24'], country: 'DE' },
  },
});

export function changed(change: (file: File) => void): File {
  const file = aFile();
  change(file);
  return file;
}

export const parse = (file: File) => parseTopology(JSON.stringify(file, null, 2), 'acme.json');

export function topologyOf(file: File): Topology {
  const { topology, problems } = parse(file);
  if (!topology) throw new Error(`refused: ${problems.map(told).join('; ')}`);
  return topology;
}

export const told = ({ severity, code }: Problem): string => `${severity} ${code}`;

/** A change, the problems it makes, all of them, and why. */
export type Case = [reason: string, change: (file: File) => void, problems: string[]];

export const problemsAfter = (change: (file: File) => void): string[] => parse(changed(change)).problems.map(told);

/** `3:5` of the only problem of that code. */
export function placeOf(problems: readonly Problem[], code: string): string {
  const found = problems.filter((problem) => problem.code === code);
  if (found.length !== 1) throw new Error(`${found.length} problems ${code} among ${problems.map(told).join('; ')}`);
  return `${found[0]?.line}:${found[0]?.column}`;
}
