/** Each task against its record: whether what it does is allowed, and whether anything that it should touch is left out. */
import { canonicalJson, type Json } from '../../json';
import { type Desired, type ResourceId, STEP_OF } from '../desired';
import { hashDesired } from '../hash-desired';
import type { Task } from '../plan';
import type { RecordedResource } from '../recorded';
import { expectedNeeds } from './expected-needs';
import type { PlanView } from './plan-view';

export function checkActions(view: PlanView): string[] {
  const seen = new Set<string>();
  const uprooting = uprootingIn(view);
  const violations = view.plan.tasks.flatMap((task) => {
    const again = seen.has(task.id) ? [`${task.id}: two tasks under one id`] : [];
    seen.add(task.id);
    const record = view.records.get(task.resource);
    return [
      ...again,
      ...checkForm(task),
      ...checkAction(task, record, { uprooting, wanted: view.wanted(task.resource) }),
      ...checkReplacement(view, task),
      ...checkGeneration(view, task, record),
    ];
  });
  for (const { id, ownership, cloudId, desired } of view.records.values()) {
    const removed = cloudId === null && desired === null;
    if (ownership === 'ours' && !removed && !seen.has(id))
      violations.push(`${id}: ours, no longer wanted, and left standing`);
  }
  return violations;
}

function checkForm({ id, resource, kind, step, action, desired, desiredHash }: Task): string[] {
  const violations: string[] = [];
  if (id !== resource && (id !== `${resource}~before` || action !== 'remove'))
    violations.push(`${id}: ${action} under an id that is not its resource's`);
  if (!id.startsWith(`${kind}/`)) violations.push(`${id}: its id does not say that it is a ${kind}`);
  if (step !== STEP_OF[kind]) violations.push(`${id}: ${kind} belongs to step ${STEP_OF[kind]}, not ${step}`);
  if ((desired === null) !== (action === 'remove'))
    violations.push(`${id}: a removal and only a removal wants nothing`);
  if (desired && desired.kind !== kind) violations.push(`${id}: wants a ${desired.kind} and calls itself ${kind}`);
  if (desiredHash !== (desired ? hashDesired(desired) : null))
    violations.push(`${id}: the hash is not that of what it wants`);
  return violations;
}

/** What is taken away to be made anew is made anew, and only that which stands and cannot stay. */
function checkReplacement(view: PlanView, { id, resource, action }: Task): string[] {
  if (!view.isReplaced(resource)) return [];
  const wrong = (why: string) => [`${id}: ${action}, ${why}`];
  if (id === resource) return action === 'create' ? [] : wrong('and it was taken away before');
  if (!view.tasks.has(resource)) return wrong('and nothing is made in its place');
  const record = view.records.get(resource);
  return record && record.cloudId === null ? wrong('and the record holds nothing to replace') : [];
}

function checkAction(
  task: Task,
  record: RecordedResource | undefined,
  { uprooting, wanted }: { uprooting: Uprooting; wanted: Desired | null },
): string[] {
  const { id, action } = task;
  const held = record !== undefined && record.cloudId !== null;
  const fulfilled = held && record.desiredHash === task.desiredHash;
  const uprooted = held && uprooting(task).length > 0;
  const wrong = (why: string) => [`${id}: ${action}, ${why}`];
  if (action === 'adopt') return [];
  if (action === 'keep') {
    if (!fulfilled) return wrong('and its record does not say that it stands as wanted');
    return uprooted ? wrong('and something it was made with is made anew') : [];
  }
  if (action === 'create') return fulfilled && !uprooted ? wrong('and it stands as wanted') : [];
  if (!record) return wrong('and there is no record of it');
  // To let go of it, since another thing is wanted in its place, touches nothing (W6).
  const letGo = task.id !== task.resource && fixedAttributes({ ...task, desired: wanted }, record, []).length > 0;
  if (record.ownership === 'borrowed') return letGo ? [] : wrong('and it is borrowed');
  if (action === 'remove') return [];
  if (!held) return wrong('and the record holds nothing to change');
  if (fulfilled && !uprooted) return wrong('and it stands as wanted');
  return fixedAttributes(task, record, uprooting(task)).map(
    (name) => `${id}: update, and ${name} cannot change in place`,
  );
}

/** What a task needs and will be another thing than the one that it was made with. */
type Uprooting = (task: Task) => ResourceId[];

function uprootingIn(view: PlanView): Uprooting {
  const expect = expectedNeeds(view);
  const isNew = (id: ResourceId): boolean => {
    const isMade = view.tasks.get(id)?.action === 'create' && (view.records.get(id)?.cloudId ?? null) === null;
    return isMade || view.isReplaced(id);
  };
  return (task) => {
    const { needs, oneOf } = expect(task);
    return [...needs, ...oneOf.flat()].filter(isNew);
  };
}

const CHANGEABLE: Partial<Record<Task['kind'], readonly string[]>> = {
  'vpn-connection': ['customerGateway', 'presharedKey', 'cloudSide', 'officeSide', 'tunnel'],
  'vpc-attachment': ['zones'],
  'peer-attachment': ['bandwidthMbps', 'bandwidthPackage'],
  'inter-region-bandwidth': ['bandwidthMbps'],
  'security-group-rules': ['rules'],
};

/** What differs, by value or by what it names, and cannot change where it stands. */
function fixedAttributes(task: Task, record: RecordedResource, renewed: readonly ResourceId[]): string[] {
  const wanted = (task.desired ?? {}) as unknown as Record<string, Json>;
  const before = (record.desired ?? task.desired ?? {}) as unknown as Record<string, Json>;
  const differs = (name: string) =>
    canonicalJson(before[name] ?? null) !== canonicalJson(wanted[name] ?? null) ||
    renewed.some((id) => id === wanted[name]);
  const derived = renewed.filter((id) => !Object.values(wanted).includes(id));
  const attributes = Object.keys({ ...before, ...wanted }).filter(
    (name) => differs(name) && !CHANGEABLE[task.kind]?.includes(name),
  );
  return [...attributes, ...derived];
}

/** The first is 1, what is made anew is the next, everything else goes on under the record's (W1). */
function checkGeneration(view: PlanView, task: Task, record: RecordedResource | undefined): string[] {
  const { id, resource, generation } = task;
  const legal = (record?.generation ?? 1) + (id === resource && view.isReplaced(resource) ? 1 : 0);
  return generation === legal ? [] : [`${id}: generation ${generation} where ${legal} is the legal one`];
}
