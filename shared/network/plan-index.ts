/** A list of desired resources, by kind. */
import type { Cidr } from '../cidr';
import type { Desired, DesiredResource, Kind, ResourceId } from '../plan/desired';

/** The table that the cloud makes with a VPC or a transit router: its real id is not known before. */
export const SYSTEM_TABLE = 'system';

/** The resources by kind, in the list's order. */
export interface PlanIndex {
  has(id: ResourceId): boolean;
  of<K extends Kind>(kind: K): { id: ResourceId; desired: Extract<Desired, { kind: K }> }[];
}

export function indexPlan(resources: readonly DesiredResource[]): PlanIndex {
  const ids = new Set(resources.map(({ id }) => id));
  const kinds = new Map<Kind, { id: ResourceId; desired: Desired }[]>();
  for (const { id, desired } of resources) {
    const same = kinds.get(desired.kind);
    if (same) same.push({ id, desired });
    else kinds.set(desired.kind, [{ id, desired }]);
  }
  return {
    has: (id) => ids.has(id),
    of: <K extends Kind>(kind: K) =>
      (kinds.get(kind) ?? []) as { id: ResourceId; desired: Extract<Desired, { kind: K }> }[],
  };
}

/** Entries of VPCs' tables that are published into CEN. */
export function publishedByVpc(plan: PlanIndex): Map<string, Set<Cidr>> {
  const published = new Map<string, Set<Cidr>>();
  for (const { desired } of plan.of('cen-route')) {
    if (!plan.has(desired.cen)) continue;
    published.set(desired.vpcId, (published.get(desired.vpcId) ?? new Set()).add(desired.destination));
  }
  return published;
}
