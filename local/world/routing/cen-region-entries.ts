/**
 * Basic edition: every attached VPC's advertised routes stand in every region's table, and from there in every other
 * attached VPC's system table. Of equal blocks the earlier one stands, the later is rejected, never shared.
 */
import { CHILD_INSTANCES, type ChildInstanceRecord } from '../cbn/records';
import type { State } from '../state';
import { ADVERTISING, type AdvertisedRoute, advertisedRoutes } from './advertised-routes';
import { append, derivedFrom } from './memo';
import { sortedByBlock } from './vpc-routes';

interface CenRoute {
  destination: string;
  vpcId: string;
  region: string;
  origin: AdvertisedRoute['origin'];
  status: 'Active' | 'Rejected';
}

interface CenRegionEntry extends CenRoute {
  /** `CEN` for what came from another region. */
  type: 'System' | 'Custom' | 'CEN';
}

export const attachedInstances = derivedFrom([CHILD_INSTANCES], (state) => {
  const byCen = new Map<string, ChildInstanceRecord[]>();
  for (const instance of state.values<ChildInstanceRecord>(CHILD_INSTANCES))
    if (instance.status === 'Attached') append(byCen, instance.cenId, instance);
  return byCen;
});

const routesByCen = derivedFrom([...ADVERTISING, CHILD_INSTANCES], (state) => {
  const byCen = new Map<string, CenRoute[]>();
  for (const [cenId, instances] of attachedInstances(state)) byCen.set(cenId, settle(state, cenId, instances));
  return byCen;
});

function settle(state: State, cenId: string, instances: readonly ChildInstanceRecord[]): CenRoute[] {
  const taken = new Set<string>();
  const routes = instances
    .flatMap(({ instanceId, region, attachedAt }) =>
      advertisedRoutes(state, cenId, instanceId).map(({ destination, origin, since }) => ({
        route: { destination, vpcId: instanceId, region, origin },
        since: Math.max(since, attachedAt),
      })),
    )
    .sort((a, b) => a.since - b.since)
    .map(({ route }): CenRoute => {
      const status = taken.has(route.destination) ? 'Rejected' : 'Active';
      taken.add(route.destination);
      return { ...route, status };
    });
  return sortedByBlock(routes);
}

/** All routes of a basic CEN, by destination. */
export const cenRoutes = (state: State, cenId: string): readonly CenRoute[] => routesByCen(state).get(cenId) ?? [];

/** The table of one region; empty where nothing is attached there. */
export function cenRegionEntries(state: State, cenId: string, region: string): CenRegionEntry[] {
  if (
    !attachedInstances(state)
      .get(cenId)
      ?.some((instance) => instance.region === region)
  )
    return [];
  return cenRoutes(state, cenId).map((route) => ({ ...route, type: route.region === region ? route.origin : 'CEN' }));
}
