/**
 * What a VPC tells the CEN it is attached to.
 *
 * 1. Only its system table speaks; custom tables do not.
 * 2. The vSwitches' own routes are told unless they were withdrawn.
 * 3. Every other route is told only where PublishRouteEntries said so, and for as long as that very entry exists:
 *    deleting it withdraws it, and an entry made anew for the same block must be published anew.
 */
import { PUBLISHED_ROUTES, type PublishedRouteRecord } from '../cbn/records';
import type { State } from '../state';
import type { RouteEntryRecord } from '../vpc/records';
import { append, derivedFrom } from './memo';
import { entryOf, systemTableOf, VPC_ROUTING, vSwitchesOf } from './vpc-routes';

export const ADVERTISING = [...VPC_ROUTING, PUBLISHED_ROUTES] as const;

export interface AdvertisedRoute {
  destination: string;
  origin: 'System' | 'Custom';
  /** When it was first told, EpochMs: of two equal blocks the earlier one stands. */
  since: number;
}

/** Next hops whose routes may be published. The others (transit router, peering, …) are refused by the service. */
const PUBLISHABLE = new Set([
  'Instance',
  'NetworkInterface',
  'HaVip',
  'VpnGateway',
  'NatGateway',
  'IPv6Gateway',
  'Ipv4Gateway',
]);

export const isPublishable = (entry: RouteEntryRecord): boolean => PUBLISHABLE.has(entry.nextHopType);

const publications = derivedFrom([PUBLISHED_ROUTES], (state) => {
  const byVpc = new Map<string, PublishedRouteRecord[]>();
  for (const record of state.values<PublishedRouteRecord>(PUBLISHED_ROUTES))
    append(byVpc, `${record.cenId}/${record.vpcId}`, record);
  return byVpc;
});

const kept = derivedFrom(ADVERTISING, () => new Map<string, AdvertisedRoute[]>());

export function advertisedRoutes(state: State, cenId: string, vpcId: string): readonly AdvertisedRoute[] {
  const memo = kept(state);
  const key = `${cenId}/${vpcId}`;
  const known = memo.get(key);
  if (known) return known;
  const records = publications(state).get(key) ?? [];
  const withdrawn = new Set(
    records.filter(({ status }) => status === 'Withdrawn').map(({ destination }) => destination),
  );
  const routes = vSwitchesOf(state, vpcId)
    .filter(({ cidr }) => !withdrawn.has(cidr))
    .map(({ cidr, createdAt }): AdvertisedRoute => ({ destination: cidr, origin: 'System', since: createdAt }));
  for (const record of records)
    if (record.routeEntryId !== null && speaks(record) && publishedEntry(state, record))
      routes.push({ destination: record.destination, origin: 'Custom', since: record.publishedAt });
  memo.set(key, routes);
  return routes;
}

/** A withdrawal takes effect when it is through, as a publication does. */
const speaks = ({ status }: PublishedRouteRecord): boolean => status === 'Published' || status === 'Withdrawing';

/** The entry that a publication stands on; undefined where it is gone or going, which ends the publication. */
export function publishedEntry(state: State, record: PublishedRouteRecord): RouteEntryRecord | undefined {
  const table = systemTableOf(state, record.vpcId);
  const entry = table && entryOf(state, table.id, record.destination);
  return entry && entry.id === record.routeEntryId && entry.status !== 'Deleting' ? entry : undefined;
}
