/**
 * What stands after each step of a plan, as far as its tasks' needs order them: what can be done at once is done at once.
 * Between two states a pair of sites may lose its way, and only where one of them lacks it: what breaks a way is ordered
 * before what mends it.
 */

import { addNeeds } from './add-needs';
import type { Desired, DesiredResource, ResourceId, VpnConnection } from './desired';
import type { Plan, Task, TaskId } from './plan';
import type { RecordedResource } from './recorded';

/**
 * From what the records say to what the plan leads to; both ends included. `cut`: what the records do not tell, resources
 * that are down from their change until the office's side follows.
 */
export function statesOf(
  plan: Plan,
  recorded: readonly RecordedResource[],
  cut: ReadonlySet<ResourceId> = new Set(),
): DesiredResource[][] {
  const standing = new Map<ResourceId, Desired>();
  for (const { id, cloudId, desired } of recorded) if (cloudId !== null && desired) standing.set(id, desired);
  const states = [resourcesOf(standing)];
  for (const tasks of levelsOf(plan.tasks.filter(({ action }) => action !== 'keep'))) {
    const renewed = tasks.filter((task) => cut.has(task.resource) || isCut(task, standing.get(task.resource)));
    for (const { resource } of renewed) standing.delete(resource);
    for (const { action, resource } of tasks) if (action === 'remove') standing.delete(resource);
    const changed = tasks.filter(({ action, desired }) => action !== 'remove' && desired);
    for (const task of changed) if (!renewed.includes(task)) standing.set(task.resource, task.desired as Desired);
    states.push(resourcesOf(standing));
    for (const { resource, desired } of renewed) standing.set(resource, desired as Desired);
  }
  if (plan.tasks.length > 0) states.push(resourcesOf(standing));
  return states;
}

/**
 * Other selectors are both tunnels' at once: they are down until the office's device has them, too. Other algorithms,
 * another key and another address of the office are given to one tunnel, and to the other one when that is up again
 * (shared/resources/connection-change.ts).
 */
function isCut({ action, desired }: Task, before: Desired | undefined): boolean {
  if (action !== 'update' || desired?.kind !== 'vpn-connection' || before?.kind !== 'vpn-connection') return false;
  return selectorsOf(desired) !== selectorsOf(before);
}

const selectorsOf = ({ cloudSide, officeSide }: VpnConnection): string => `${cloudSide.join()} ${officeSide.join()}`;

/** By the longest way of needs that leads to each: numbers from 0. */
function levelsOf(tasks: readonly Task[]): Task[][] {
  const levels: Task[][] = [];
  const levelOf = new Map<TaskId, number>();
  // The plan's order is topological.
  for (const task of tasks) {
    // Of one kind the plan orders more than needs do (passes/open-before-close.ts).
    const before = task.kind === 'security-group-rules' ? [...task.needs, ...task.after] : task.needs;
    const level = before.reduce((most, need) => Math.max(most, (levelOf.get(need) ?? -1) + 1), 0);
    levelOf.set(task.id, level);
    const same = levels[level] ?? [];
    levels[level] = [...same, task];
  }
  return levels;
}

const resourcesOf = (standing: ReadonlyMap<ResourceId, Desired>): DesiredResource[] =>
  addNeeds([...standing].map(([id, desired]) => ({ id, desired })).sort((a, b) => (a.id < b.id ? -1 : 1)));
