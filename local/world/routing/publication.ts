/** Whether CEN was told of a VPC's route, and who does not take it. */
import { PUBLISHED_ROUTES, type PublishedRouteRecord } from '../cbn/records';
import type { State } from '../state';
import { VPCS, type VpcRecord } from '../vpc/records';
import { advertisedRoutes, publishedEntry } from './advertised-routes';
import { attachedInstances, cenRoutes } from './cen-region-entries';
import { routerFabric } from './router-fabric';
import { entriesTo } from './router-table-entries';
import { refusesLearned, systemTableOf } from './vpc-routes';

interface RouteConflict {
  destination: string;
  /** The VPC whose route stands in the way. */
  vpcId: string;
  region: string;
}

export const publicationKey = (cenId: string, routeTableId: string, destination: string): string =>
  `${cenId}/${routeTableId}/${destination}`;

/** The publication as it stands; undefined where none was asked for, or its route is gone. */
export function publicationOf(
  state: State,
  cenId: string,
  routeTableId: string,
  destination: string,
): PublishedRouteRecord | undefined {
  const record = state.get<PublishedRouteRecord>(PUBLISHED_ROUTES, publicationKey(cenId, routeTableId, destination));
  if (!record || record.routeEntryId === null) return record;
  return publishedEntry(state, record) ? record : undefined;
}

export const isAdvertised = (state: State, cenId: string, vpcId: string, destination: string): boolean =>
  advertisedRoutes(state, cenId, vpcId).some((route) => route.destination === destination);

/** Who holds the same block already, and which VPCs refuse the route because of what they have themselves. */
export function conflictsOf(state: State, cenId: string, vpcId: string, destination: string): RouteConflict[] {
  if (!isAdvertised(state, cenId, vpcId, destination)) return [];
  const others = new Set([
    ...holdersOnRouters(state, cenId, vpcId, destination),
    ...cenRoutes(state, cenId)
      .filter((route) => route.destination === destination && route.status === 'Active')
      .map((route) => route.vpcId),
    ...refusers(state, cenId, destination),
  ]);
  others.delete(vpcId);
  return [...others].sort().map((other) => {
    const region = state.get<VpcRecord>(VPCS, other)?.region ?? '';
    return { destination, vpcId: other, region };
  });
}

/** VPCs whose equal route is active in a table where this VPC's was rejected. */
function holdersOnRouters(state: State, cenId: string, vpcId: string, destination: string): string[] {
  const entries = entriesTo(state, cenId, destination);
  return entries
    .filter((entry) => entry.status === 'Rejected' && entry.origin?.vpcId === vpcId)
    .flatMap(({ tableId }) => entries.filter((entry) => entry.tableId === tableId && entry.status === 'Active'))
    .flatMap((entry) => entry.origin?.vpcId ?? []);
}

/** VPCs that CEN writes into and that will not have this block. */
function refusers(state: State, cenId: string, destination: string): string[] {
  const synchronised = [...routerFabric(state).vpcAttachments.values()]
    .filter((attachment) => attachment.cenId === cenId && attachment.autoPublishRoute)
    .map((attachment) => attachment.vpcId);
  const attached = (attachedInstances(state).get(cenId) ?? []).map((instance) => instance.instanceId);
  return [...synchronised, ...attached].filter((vpcId) => {
    const table = systemTableOf(state, vpcId);
    return table !== undefined && refusesLearned(state, table, destination);
  });
}
