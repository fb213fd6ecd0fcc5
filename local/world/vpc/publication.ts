/**
 * What a gateway publishes to its VPC: an entry of the system table, custom tables never. Both kinds of its routes to
 * one destination share the entry, and what withdraws the one kind withdraws the other with it (remarks of
 * PublishVpnRouteEntry, 2026). Of several routes of the same kind the last one that is withdrawn takes it away.
 */
import { entryOf, systemTableOf } from '../routing/vpc-routes';
import type { Context } from '../world';
import { VPN_POLICY_ROUTES, VPN_ROUTE_ENTRIES, type VpnGatewayRecord } from './records';
import { addEntry, removeEntries } from './route-tasks';
import { destinationRouteKey, destinationRoutesOf, policyRouteKey, policyRoutesOf } from './vpn-routes';

export function publishToVpc(context: Context, gateway: VpnGatewayRecord, destination: string): void {
  const table = systemTableOf(context.state, gateway.vpcId);
  if (!table) throw new TypeError(`${gateway.vpcId} has no system table`);
  const standing = entryOf(context.state, table.id, destination);
  if (standing?.publishedBy === gateway.id && standing.status !== 'Deleting') return;
  addEntry(context, table, {
    destination,
    nextHopType: 'VpnGateway',
    nextHopId: gateway.id,
    publishedBy: gateway.id,
  });
}

/** To be called when the routes of that kind that are withdrawn are no longer published, or no longer there. */
export function withdrawFromVpc(
  context: Context,
  gateway: Pick<VpnGatewayRecord, 'id' | 'vpcId'>,
  withdrawn: readonly string[],
  kind: 'dbr' | 'pbr',
): void {
  const { state } = context;
  const published = ({ destination, published }: { destination: string; published: boolean }): boolean =>
    published && withdrawn.includes(destination);
  const byDestination = destinationRoutesOf(state, gateway.id).filter(published);
  const byPolicy = policyRoutesOf(state, gateway.id).filter(published);
  const kept = new Set((kind === 'dbr' ? byDestination : byPolicy).map(({ destination }) => destination));
  const goes = ({ destination }: { destination: string }): boolean => !kept.has(destination);
  for (const route of byDestination.filter(goes))
    state.put(VPN_ROUTE_ENTRIES, destinationRouteKey(route), { ...route, published: false });
  for (const route of byPolicy.filter(goes))
    state.put(VPN_POLICY_ROUTES, policyRouteKey(route), { ...route, published: false });
  const table = systemTableOf(state, gateway.vpcId);
  if (!table) return;
  const entries = withdrawn
    .filter((destination) => !kept.has(destination))
    .flatMap((destination) => entryOf(state, table.id, destination) ?? [])
    .filter(({ publishedBy }) => publishedBy === gateway.id);
  removeEntries(context, table, entries);
}
