/**
 * The network as the cloud's tables have it: what the proof after a run reasons about. Flags and our own records say
 * nothing here; of the records only the CEN instance's id is used, to know which one to look at, and the connections'
 * ids, to choose where an office has two.
 *
 * About twelve calls a VPC and nine for a CEN instance of two regions; at most six at once.
 */
import type { Cloud } from '../engine/cloud';
import type { NetworkModel } from '../network/model';
import type { RecordedResource } from '../plan/recorded';
import type { Topology, Vpc } from '../topology/topology';
import { readBasicCen, readRouterCen } from './read-cen';
import { officeModels, readGateways, type TunnelsRead } from './read-gateways';
import { readVpcModel } from './read-vpc';
import { type CustomerGatewayReading, listCustomerGateways } from './reads/customer-gateways';
import { listTransitRouters } from './reads/transit-routers';
import { withParallelism } from './with-parallelism';

/** Half of what the slowest of the services, CEN, is said to take a second. */
const MOST_AT_ONCE = 6;

export async function readNetwork(input: {
  topology: Topology;
  recorded: readonly RecordedResource[];
  cloud: Cloud;
  /** Left out: `configured`. */
  tunnels?: TunnelsRead;
}): Promise<NetworkModel> {
  const { topology, recorded, tunnels = 'configured' } = input;
  const cloud = withParallelism(input.cloud, MOST_AT_ONCE);
  const [customerGateways, vpcs, cen] = await Promise.all([
    readCustomerGateways(cloud, topology.vpcs),
    Promise.all(topology.vpcs.map((vpc) => readVpcModel(cloud, vpc))),
    readCen(cloud, topology, recorded),
  ]);
  const gateways = await readGateways(cloud, topology, { customerGateways, tunnels });
  const known = new Set(recorded.flatMap(({ cloudId }) => (cloudId === null ? [] : [cloudId])));
  return { vpcs, gateways, offices: officeModels(topology, gateways, known), cen };
}

/** By id; they are the region's, not the VPC's. */
async function readCustomerGateways(
  cloud: Cloud,
  vpcs: readonly Vpc[],
): Promise<ReadonlyMap<string, CustomerGatewayReading>> {
  const regions = [...new Set(vpcs.map(({ region }) => region))];
  const lists = await Promise.all(regions.map((region) => listCustomerGateways(cloud, region)));
  return new Map(lists.flat().map((gateway) => [gateway.CustomerGatewayId, gateway]));
}

async function readCen(
  cloud: Cloud,
  { backbone, vpcs }: Topology,
  recorded: readonly RecordedResource[],
): Promise<NetworkModel['cen']> {
  const cenId = backbone.cen ?? recorded.find(({ kind }) => kind === 'cen')?.cloudId ?? null;
  if (cenId === null) return null;
  const routers = await listTransitRouters(cloud, { CenId: cenId });
  const regions = new Set(vpcs.map(({ region }) => region));
  // An instance may mix editions: what stands in our regions decides, and where nothing stands, what the file says.
  const ours = routers.filter(({ RegionId }) => regions.has(RegionId));
  const enterprise =
    ours.some(({ Type }) => Type === 'Enterprise') || (ours.length === 0 && backbone.edition !== 'basic');
  return enterprise ? readRouterCen(cloud, cenId, routers, vpcs) : readBasicCen(cloud, cenId, [...regions]);
}
