/** A CEN instance as the proof sees it, in either edition: the tables that forward, and what binds them. */
import { cidr } from '../cidr';
import type { Cloud } from '../engine/cloud';
import type { CenModel, RouterTable } from '../network/model';
import type { Vpc } from '../topology/topology';
import { listPeerAttachments, listVpcAttachments } from './reads/attachments';
import { listBandwidthLimits, listChildInstances } from './reads/cens';
import { listRegionRoutes } from './reads/published-routes';
import {
  listAssociations,
  listRouterEntries,
  listRouterTables,
  type RouterEntryReading,
  type TransitRouterReading,
} from './reads/transit-routers';

type RouterCen = Extract<CenModel, { edition: 'transit-router' }>;

export async function readRouterCen(
  cloud: Cloud,
  cenId: string,
  found: readonly TransitRouterReading[],
  vpcs: readonly Vpc[],
): Promise<CenModel> {
  const enterprise = found.filter(({ Type }) => Type === 'Enterprise');
  const [routers, vpcAttachments, peerAttachments] = await Promise.all([
    Promise.all(enterprise.map((router) => readRouter(cloud, router))),
    listVpcAttachments(cloud, { CenId: cenId }),
    listPeerAttachments(cloud, { CenId: cenId }),
  ]);
  return {
    edition: 'transit-router',
    id: cenId,
    routers: routers.map(({ id, region, tables }) => ({ id, region, tables })),
    vpcAttachments: vpcAttachments.filter(isAttached).map((attachment) => ({
      id: attachment.TransitRouterAttachmentId,
      routerId: attachment.TransitRouterId,
      vpc: vpcs.find(({ id }) => id === attachment.VpcId)?.name ?? attachment.VpcId,
      vSwitchIds: attachment.ZoneMappings.map(({ VSwitchId }) => VSwitchId),
    })),
    peerAttachments: peerAttachments.filter(isAttached).map((attachment) => ({
      id: attachment.TransitRouterAttachmentId,
      routerIds: [attachment.TransitRouterId, attachment.PeerTransitRouterId],
      bandwidthMbps: attachment.Bandwidth,
    })),
    associations: routers.flatMap(({ associations }) => associations),
  };
}

/** It forwards while it is changed, too. */
const isAttached = ({ Status }: { Status: string }): boolean => Status === 'Attached' || Status === 'Modifying';

async function readRouter(
  cloud: Cloud,
  { TransitRouterId: id, RegionId: region }: TransitRouterReading,
): Promise<RouterCen['routers'][number] & Pick<RouterCen, 'associations'>> {
  const found = await listRouterTables(cloud, id);
  const tables = await Promise.all(
    found.map(async ({ TransitRouterRouteTableId: tableId }) => {
      const [entries, associations] = await Promise.all([
        listRouterEntries(cloud, tableId),
        listAssociations(cloud, { TransitRouterRouteTableId: tableId }),
      ]);
      return { id: tableId, routes: entries.flatMap(routeOf), associations };
    }),
  );
  return {
    id,
    region,
    tables: tables.map((table) => ({ id: table.id, routes: table.routes })),
    associations: tables.flatMap((table) =>
      table.associations
        .filter(({ Status }) => Status === 'Active')
        .map((each) => ({ attachmentId: each.TransitRouterAttachmentId, routerId: id, tableId: table.id })),
    ),
  };
}

function routeOf(entry: RouterEntryReading): RouterTable['routes'] {
  const block = entry.TransitRouterRouteEntryDestinationCidrBlock;
  // IPv6: no site of a topology has it.
  if (block.includes(':')) return [];
  const nextHop =
    entry.TransitRouterRouteEntryNextHopType === 'BlackHole'
      ? ({ kind: 'black-hole' } as const)
      : ({ kind: 'attachment', id: entry.TransitRouterRouteEntryNextHopId } as const);
  return [{ destination: cidr(block), nextHop }];
}

export async function readBasicCen(cloud: Cloud, cenId: string, regions: readonly string[]): Promise<CenModel> {
  const [instances, limits, tables] = await Promise.all([
    listChildInstances(cloud, { CenId: cenId }),
    listBandwidthLimits(cloud, cenId),
    Promise.all(regions.map(async (region) => ({ region, routes: await listRegionRoutes(cloud, cenId, region) }))),
  ]);
  return {
    edition: 'basic',
    id: cenId,
    attachedVpcs: instances
      .filter(({ Status }) => Status.toLowerCase() === 'attached')
      .map(({ ChildInstanceId }) => ChildInstanceId),
    tables: tables.map(({ region, routes }) => ({
      region,
      routes: routes
        .filter(({ NextHopType, DestinationCidrBlock }) => NextHopType === 'VPC' && !DestinationCidrBlock.includes(':'))
        .map((route) => ({
          destination: cidr(route.DestinationCidrBlock),
          vpcId: route.NextHopInstanceId,
          region: route.NextHopRegionId,
        })),
    })),
    bandwidths: limits.map(({ LocalRegionId, OppositeRegionId, BandwidthLimit }) => ({
      regions: LocalRegionId < OppositeRegionId ? [LocalRegionId, OppositeRegionId] : [OppositeRegionId, LocalRegionId],
      bandwidthMbps: BandwidthLimit,
    })),
  };
}
