import type { Topology } from '../../topology/topology';
import type { Task } from '../plan';
import type { PlanView } from './plan-view';

/** Adopted is what the topology names, by the id that it names, and nothing that we have or may have there already (W6). */
export function checkAdoptions(view: PlanView, { adopt }: Topology): string[] {
  const named = new Map(adopt.map(({ resource, cloudId }) => [resource, cloudId]));
  return view.plan.tasks.flatMap((task) => checkAdoption(view, task, named.get(task.resource) ?? null));
}

function checkAdoption(view: PlanView, { id, resource, action, adopts }: Task, named: string | null): string[] {
  const record = view.records.get(resource);
  const ours = record?.ownership === 'ours' && (record.cloudId !== null || (record.desired ?? null) !== null);
  const other = record?.ownership === 'borrowed' && record.cloudId !== null && record.cloudId !== named;
  const isFree = !ours && !other;
  if (action !== 'adopt') {
    if (adopts !== null) return [`${id}: ${action}, and it names what it would adopt`];
    return named !== null && isFree && action !== 'remove'
      ? [`${id}: ${action}, and the topology adopts ${named}`]
      : [];
  }
  if (named === null || adopts !== named) return [`${id}: adopts ${adopts}, and the topology does not say so`];
  return isFree ? [] : [`${id}: adopts ${adopts}, and ${record?.cloudId ?? 'something of ours'} may stand there`];
}
