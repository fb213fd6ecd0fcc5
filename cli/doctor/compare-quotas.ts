/**
 * Whether what stands in the account leaves room for what the file makes. Of the quotas, those of which the account can
 * be counted with a listing a region; the others are held to the file alone (shared/topology/lint/limits.ts).
 */
import { accountError } from '../../shared/alicloud/account-problem';
import { listCustomerGateways } from '../../shared/alicloud/reads/customer-gateways';
import { listVpnGateways } from '../../shared/alicloud/reads/vpn-gateways';
import type { Cloud } from '../../shared/engine/cloud';
import type { Problem } from '../../shared/problem';
import type { Topology } from '../../shared/topology/topology';

export async function compareQuotas(topology: Topology, cloud: Cloud): Promise<Problem[]> {
  const regions = [...new Set(topology.vpcs.map(({ region }) => region))];
  const found = await Promise.all([
    compareGateways(topology, cloud, regions),
    ...regions.map((region) => compareCustomerGateways(topology, cloud, region)),
  ]);
  return found.flat();
}

/** One a VPC with offices, beside those that are there for others. */
async function compareGateways(
  { name, vpcs, offices, quotas }: Topology,
  cloud: Cloud,
  regions: readonly string[],
): Promise<Problem[]> {
  const listed = await Promise.all(regions.map((region) => listVpnGateways(cloud, region)));
  const others = listed.flat().filter(({ Tags }) => Tags['trunkline:network'] !== name).length;
  const wanted = vpcs.filter((vpc) => offices.some((office) => office.vpc === vpc.name)).length;
  return exceeded({ quota: 'gateways', most: quotas.gateways, others, wanted, what: 'VPN gateways in these regions' });
}

/** One an address; one that stands already is used. */
async function compareCustomerGateways(
  { vpcs, offices, quotas }: Topology,
  cloud: Cloud,
  region: string,
): Promise<Problem[]> {
  const here = new Set(vpcs.filter((vpc) => vpc.region === region).map(({ name }) => name));
  const wanted = new Set<string>(offices.filter(({ vpc }) => here.has(vpc)).map(({ address }) => address));
  const others = (await listCustomerGateways(cloud, region)).filter(({ IpAddress }) => !wanted.has(IpAddress)).length;
  const what = `customer gateways in ${region}`;
  const most = quotas.customerGatewaysPerRegion;
  return exceeded({ quota: 'customerGatewaysPerRegion', most, others, wanted: wanted.size, what });
}

interface Room {
  quota: string;
  most: number;
  others: number;
  wanted: number;
  what: string;
}

function exceeded({ quota, most, others, wanted, what }: Room): Problem[] {
  if (wanted === 0 || others + wanted <= most) return [];
  return [
    accountError(
      'quota',
      `the file needs ${wanted} ${what} beside ${others} that stand for others, and the limit is ${most}`,
      `remove what is not needed; or have the quota raised, and say so: defaults.quotas.${quota}`,
    ),
  ];
}
