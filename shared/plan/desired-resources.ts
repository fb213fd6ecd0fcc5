import { invariant } from '../errors';
import type { Topology } from '../topology/topology';
import { addNeeds } from './add-needs';
import type { DesiredResource, ResourceId } from './desired';
import { basicBackbone } from './desired/backbone-basic';
import { transitRouterBackbone } from './desired/backbone-transit-router';
import { gateways } from './desired/gateways';
import { cenRoutes, vpcRoutes, vpnRoutes } from './desired/routes';
import { securityGroups } from './desired/security-groups';
import { tunnels } from './desired/tunnels';
import type { Wanted } from './desired/wanted';
import { hashDesired } from './hash-desired';

const PASSES: readonly ((topology: Topology) => Wanted[])[] = [
  gateways,
  tunnels,
  transitRouterBackbone,
  basicBackbone,
  vpnRoutes,
  vpcRoutes,
  cenRoutes,
  securityGroups,
];

/** Everything that the topology asks for, sorted by id: the order of the file makes no difference. */
export function desiredResources(topology: Topology): DesiredResource[] {
  const byId = new Map<ResourceId, Wanted>();
  for (const pass of PASSES) {
    for (const wanted of pass(topology)) {
      const other = byId.get(wanted.id);
      // Two offices with one address share their customer gateway; anything else under one id is the linter's miss.
      invariant(
        !other || hashDesired(other.desired) === hashDesired(wanted.desired),
        `two different resources under one id: ${wanted.id}`,
      );
      byId.set(wanted.id, wanted);
    }
  }
  return addNeeds([...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
}
