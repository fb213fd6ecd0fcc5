/** Each task against its record: whether what it does is allowed, and whether anything that it should touch is left out. */
import { canonicalJson, type Json } from '../../json';
import { type ResourceId, STEP_OF } from '../desired';
import { hashDesired } from '../hash-desired';
import type { Task } from '../plan';
import type { RecordedResource } from '../recorded';
import { expectedNeeds } from './expected-needs';
import type { PlanView } from './plan-view';

export function checkActions(view: PlanView): string[] {
  const seen = new Set<string>();
  const uprooting = uprootingIn(view);
  const violations = view.plan.tasks.flatMap((task) => {
    const again = seen.has(task.id) ? [`${task.id}: two tasks for one resource`] : [];
    seen.add(task.id);
    const record = view.records.get(task.id);
    return [...again, ...checkForm(task), ...checkAction(task, record, uprooting), ...checkGeneration(task, record)];
  });
  for (const { id, ownership, cloudId, desired } of view.records.values()) {
    const removed = cloudId === null && desired === null;
    if (ownership === 'ours' && !removed && !seen.has(id))
      violations.push(`${id}: ours, no longer wanted, and left standing`);
  }
  return violations;
}

function checkForm({ id, kind, step, action, desired, desiredHash }: Task): string[] {
  const violations: string[] = [];
  if (!id.startsWith(`${kind}/`)) violations.push(`${id}: its id does not say that it is a ${kind}`);
  if (step !== STEP_OF[kind]) violations.push(`${id}: ${kind} belongs to step ${STEP_OF[kind]}, not ${step}`);
  if ((desired === null) !== (action === 'remove'))
    violations.push(`${id}: a removal and only a removal wants nothing`);
  if (desired && desired.kind !== kind) violations.push(`${id}: wants a ${desired.kind} and calls itself ${kind}`);
  if (desiredHash !== (desired ? hashDesired(desired) : null))
    violations.push(`${id}: the hash is not that of what it wants`);
  return violations;
}

function checkAction(task: Task, record: RecordedResource | undefined, uprooting: Uprooting): string[] {
  const { id, action } = task;
  const held = record !== undefined && record.cloudId !== null;
  const fulfilled = held && record.desiredHash === task.desiredHash;
  const uprooted = held && uprooting(task).length > 0;
  const wrong = (why: string) => [`${id}: ${action}, ${why}`];
  if (action === 'keep') {
    if (!fulfilled) return wrong('and its record does not say that it stands as wanted');
    return uprooted ? wrong('and something it was made with is made anew') : [];
  }
  if (action === 'create') return fulfilled && !uprooted ? wrong('and it stands as wanted') : [];
  if (!record) return wrong('and there is no record of it');
  if (record.ownership === 'borrowed') return wrong('and it is borrowed');
  if (action === 'remove') return [];
  if (!held) return wrong('and the record holds nothing to change');
  if (fulfilled && !uprooted) return wrong('and it stands as wanted');
  if (action === 'replace') return [];
  return fixedAttributes(task, record, uprooting(task)).map(
    (name) => `${id}: update, and ${name} cannot change in place`,
  );
}

/** What a task needs and will be another thing than the one that it was made with. */
type Uprooting = (task: Task) => ResourceId[];

function uprootingIn(view: PlanView): Uprooting {
  const expect = expectedNeeds(view);
  const isNew = (id: ResourceId): boolean => {
    const action = view.tasks.get(id)?.action;
    return action === 'replace' || (action === 'create' && (view.records.get(id)?.cloudId ?? null) === null);
  };
  return (task) => {
    const { needs, oneOf } = expect(task);
    return [...needs, ...oneOf.flat()].filter(isNew);
  };
}

const CHANGEABLE: Partial<Record<Task['kind'], readonly string[]>> = {
  'vpn-connection': ['presharedKey', 'cloudSide', 'officeSide', 'tunnel'],
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

/** The first is 1, a replacement is the next, everything else goes on under the record's (W1). */
function checkGeneration({ id, action, generation }: Task, record: RecordedResource | undefined): string[] {
  const legal = (record?.generation ?? 1) + (action === 'replace' ? 1 : 0);
  return generation === legal ? [] : [`${id}: generation ${generation} where ${legal} is the legal one`];
}
