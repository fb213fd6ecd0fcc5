import type { DesiredResource, ResourceId } from './desired';
import type { Wanted } from './desired/wanted';
import { referencesOf } from './references';

/**
 * What must be done before each: everything that its attributes name, and what the cloud needs besides. A function of
 * the attributes alone, so that it answers for recorded resources, too: their removal runs the other way round.
 */
export function addNeeds(resources: readonly Wanted[]): DesiredResource[] {
  const besides = indexOf(resources);
  return resources.map(({ id, desired }) => {
    const named = referencesOf(desired).map((reference) => reference.id);
    return { id, desired, needs: [...new Set([...named, ...besides(desired)])].sort() };
  });
}

/** Looks up what no attribute names. */
function indexOf(resources: readonly Wanted[]): (desired: Wanted['desired']) => ResourceId[] {
  const vpcOfGateway = new Map<ResourceId, string>();
  for (const { id, desired } of resources) if (desired.kind === 'vpn-gateway') vpcOfGateway.set(id, desired.vpcId);
  const index = new Map<string, ResourceId[]>();
  const note = (place: string, id: ResourceId) => index.set(place, [...(index.get(place) ?? []), id]);
  for (const { id, desired } of resources) {
    switch (desired.kind) {
      case 'vpn-route':
        note(`entry ${vpcOfGateway.get(desired.gateway)} ${desired.destination}`, id);
        break;
      case 'vpc-attachment':
      case 'cen-child-instance':
        note(`attached ${desired.vpcId}`, id);
        if (desired.kind === 'cen-child-instance') note(`region ${desired.region}`, id);
        break;
      case 'bandwidth-package':
        note(`package ${desired.cen}`, id);
        break;
      default:
    }
  }
  const at = (place: string): ResourceId[] => index.get(place) ?? [];
  return (desired) => {
    switch (desired.kind) {
      // Published from the system table: the entry must stand there and the VPC be attached.
      case 'cen-route':
        return [...at(`entry ${desired.vpcId} ${desired.destination}`), ...at(`attached ${desired.vpcId}`)];
      // NoChildInstanceEitherRegion, BwpForGeoSpanNotAssociated.
      case 'inter-region-bandwidth':
        return [...at(`package ${desired.cen}`), ...desired.regions.flatMap((region) => at(`region ${region}`))];
      default:
        return [];
    }
  };
}
