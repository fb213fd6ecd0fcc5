import type { Desired, Kind, ResourceId } from '../desired';
import type { Plan, Task } from '../plan';
import type { RecordedResource } from '../recorded';

/** The plan and the records it claims to follow from, by id. */
export interface PlanView {
  plan: Plan;
  tasks: ReadonlyMap<ResourceId, Task>;
  /** What is not kept: the tasks of the run. */
  work: readonly Task[];
  records: ReadonlyMap<ResourceId, RecordedResource>;
  /** What a resource shall be; null where it is not wanted. */
  wanted(id: ResourceId): Desired | null;
  /** What the record says it was made for; null where there is none or it does not say. */
  before(id: ResourceId): Desired | null;
}

export function viewPlan(plan: Plan, recorded: readonly RecordedResource[]): PlanView {
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  const records = new Map(recorded.map((record) => [record.id, record]));
  return {
    plan,
    tasks,
    work: plan.tasks.filter((task) => task.action !== 'keep'),
    records,
    wanted: (id) => tasks.get(id)?.desired ?? null,
    before: (id) => records.get(id)?.desired ?? null,
  };
}

/** What the id names, if it is of that kind: an attribute that names something else names nothing. */
export function named<K extends Kind>(
  lookup: (id: ResourceId) => Desired | null,
  kind: K,
  id: ResourceId,
): Extract<Desired, { kind: K }> | null {
  const desired = lookup(id);
  return desired?.kind === kind ? (desired as Extract<Desired, { kind: K }>) : null;
}
