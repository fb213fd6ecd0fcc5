import type { Desired, ResourceId } from '../desired';
import type { Task } from '../plan';
import type { PlanView } from './plan-view';

export interface Expectation {
  needs: ReadonlySet<ResourceId>;
  /** Found by value, so several may serve: at least one of each group. */
  oneOf: readonly (readonly ResourceId[])[];
}

interface Neighbour {
  id: ResourceId;
  desired: Desired;
}

/**
 * What a task must wait for, by the values themselves: every attribute that is the id of a resource, and for those
 * that the cloud derives from others, what stands in the same VPC, table or region.
 */
export function expectedNeeds(view: PlanView): (task: Task) => Expectation {
  const neighbours = view.plan.tasks.flatMap(({ resource, desired }): Neighbour[] =>
    desired ? [{ id: resource, desired }] : [],
  );
  const groups = groupsOf(neighbours, view.wanted);
  return ({ resource, desired }) => {
    if (!desired) return { needs: new Set(), oneOf: [] };
    const values = Object.values(desired).filter((value): value is ResourceId => view.tasks.has(value as ResourceId));
    return { needs: new Set(values.filter((value) => value !== resource)), oneOf: groups(desired) };
  };
}

/** The same for what the records hold: whom a removal would pull the ground from under. */
export function recordedNeeds(view: PlanView): (id: ResourceId) => ResourceId[] {
  const worked = [...new Set(view.work.map(({ resource }) => resource))];
  const neighbours = worked.flatMap((id): Neighbour[] => {
    const desired = view.before(id);
    return desired ? [{ id, desired }] : [];
  });
  const ids = new Set(neighbours.map(({ id }) => id));
  const groups = groupsOf(neighbours, view.before);
  return (id) => {
    const desired = view.before(id);
    if (!desired) return [];
    const values = Object.values(desired).filter((value): value is ResourceId => ids.has(value as ResourceId));
    return [...values.filter((value) => value !== id), ...groups(desired).flat()];
  };
}

function groupsOf(neighbours: readonly Neighbour[], lookup: PlanView['wanted']): (desired: Desired) => ResourceId[][] {
  const places = new Map<string, ResourceId[]>();
  for (const { id, desired } of neighbours) {
    for (const place of placesFilledBy(desired, lookup)) {
      const list = places.get(place);
      if (list) list.push(id);
      else places.set(place, [id]);
    }
  }
  return (desired) => placesUsedBy(desired).map((place) => places.get(place) ?? []);
}

function placesFilledBy(desired: Desired, lookup: PlanView['wanted']): string[] {
  if (desired.kind === 'vpn-route') {
    const gateway = lookup(desired.gateway);
    return gateway?.kind === 'vpn-gateway' ? [`${gateway.vpcId} has ${desired.destination}`] : [];
  }
  if (desired.kind === 'vpc-attachment') return [`${desired.vpcId} attached`];
  if (desired.kind === 'cen-child-instance') return [`${desired.vpcId} attached`, `${desired.region} attached`];
  return desired.kind === 'bandwidth-package' ? ['package'] : [];
}

function placesUsedBy(desired: Desired): string[] {
  if (desired.kind === 'cen-route') return [`${desired.vpcId} has ${desired.destination}`, `${desired.vpcId} attached`];
  if (desired.kind === 'inter-region-bandwidth') return ['package', ...desired.regions.map((one) => `${one} attached`)];
  return [];
}
