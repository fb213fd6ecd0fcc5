/**
 * What a gateway publishes to its VPC: an entry of the system table, custom tables never. Both kinds of its routes to
 * one destination share the entry; withdrawing a policy route takes it away even where a destination route still
 * stands published (network-apis, section 2.5).
 */
import { entryOf, systemTableOf } from '../routing/vpc-routes';
import type { Context } from '../world';
import type { VpnGatewayRecord } from './records';
import { addEntry, removeEntry } from './route-tasks';
import { destinationRoutesOf, policyRoutesOf } from './vpn-routes';

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

/** To be called when the routes that are withdrawn are no longer published. */
export function withdrawFromVpc(
  context: Context,
  gateway: VpnGatewayRecord,
  destination: string,
  kind: 'dbr' | 'pbr',
): void {
  const { state } = context;
  const others = [...destinationRoutesOf(state, gateway.id), ...policyRoutesOf(state, gateway.id)];
  const shared = others.some((route) => route.published && route.destination === destination);
  if (shared && kind === 'dbr') return;
  const table = systemTableOf(state, gateway.vpcId);
  const entry = table && entryOf(state, table.id, destination);
  if (table && entry?.publishedBy === gateway.id) removeEntry(context, table, entry);
}
