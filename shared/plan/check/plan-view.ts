import type { Desired, Kind, ResourceId } from '../desired';
import type { Plan, Task, TaskId } from '../plan';
import type { RecordedResource } from '../recorded';

/** The plan and the records it claims to follow from, by id. */
export interface PlanView {
  plan: Plan;
  tasks: ReadonlyMap<TaskId, Task>;
  /** What is not kept: the tasks of the run. */
  work: readonly Task[];
  records: ReadonlyMap<ResourceId, RecordedResource>;
  /** The task that takes it away, for good or before it is made anew. */
  removal(resource: ResourceId): Task | null;
  /** Whether it is taken away and made anew. */
  isReplaced(resource: ResourceId): boolean;
  /** What a resource shall be; null where it is not wanted. */
  wanted(id: ResourceId): Desired | null;
  /** What the record says it was made for; null where there is none or it does not say. */
  before(id: ResourceId): Desired | null;
}

export function viewPlan(plan: Plan, recorded: readonly RecordedResource[]): PlanView {
  const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
  const records = new Map(recorded.map((record) => [record.id, record]));
  const removals = new Map(
    plan.tasks.flatMap((task) => (task.action === 'remove' ? [[task.resource, task] as const] : [])),
  );
  return {
    plan,
    tasks,
    work: plan.tasks.filter((task) => task.action !== 'keep'),
    records,
    removal: (resource) => removals.get(resource) ?? null,
    isReplaced: (resource) => removals.has(resource) && removals.get(resource)?.id !== resource,
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
