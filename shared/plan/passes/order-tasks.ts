/** From changes, needs and containers to the plan's tasks: their order, the chains of writes, the joins. */
import { invariant } from '../../errors';
import { STEP_OF } from '../desired';
import type { Task, TaskId } from '../plan';
import { ROUGH_SECONDS } from '../rough-seconds';
import { boundDegrees } from './bound-degrees';
import { type Change, isWork } from './change';
import type { Needs } from './connect-tasks';
import { reduceEdges } from './reduce-edges';
import { schedule } from './schedule';

interface Ordering {
  changes: readonly Change[];
  needs: Needs;
  containers: ReadonlyMap<TaskId, string[]>;
  /** Must come one after another, besides. */
  sequence: readonly Change[];
}

export function orderTasks({ changes, needs, containers, sequence }: Ordering): Task[] {
  const work = changes.filter(isWork).sort((a, b) => (a.id < b.id ? -1 : 1));
  const starts = startsOf(work, needs, containers, sequence);
  const order = work
    .map((change, index) => ({ change, start: starts[index] ?? 0 }))
    .sort((a, b) => a.start - b.start || (a.change.id < b.change.id ? -1 : 1))
    .map(({ change }) => change);
  const position = new Map(order.map(({ id }, index) => [id, index]));
  const numbers = (ids: readonly TaskId[]) => ids.map((id) => positionOf(position, id));
  const chains = [...groupByContainer(order, containers).values(), sequence].map((chain) =>
    numbers(chain.map(({ id }) => id)),
  );
  const needed = order.map(({ id }) => numbers(needs.get(id) ?? []));
  const after = chainWrites(needed, chains);
  const edges = joinTasks(needed, after, chains);
  const names = (list: readonly number[] | undefined) => (list ?? []).map((index) => order[index]?.id as TaskId);
  return order.map((change, index) => ({
    id: change.id,
    resource: change.resource,
    step: STEP_OF[change.kind],
    kind: change.kind,
    action: change.action,
    desired: change.desired,
    desiredHash: change.desiredHash,
    adopts: change.adopts,
    generation: change.generation,
    needs: needs.get(change.id) ?? [],
    after: names(after[index]),
    edges: names(edges[index]),
    containers: containers.get(change.id) ?? [],
  }));
}

function positionOf(position: ReadonlyMap<TaskId, number>, id: TaskId): number {
  const index = position.get(id);
  invariant(index !== undefined, `${id} is needed and has no task`);
  return index;
}

function startsOf(
  work: readonly Change[],
  needs: Needs,
  containers: Ordering['containers'],
  sequence: Ordering['sequence'],
): number[] {
  const position = new Map(work.map(({ id }, index) => [id, index]));
  const before = work.map(({ id }) => (needs.get(id) ?? []).map((need) => positionOf(position, need)));
  sequence.slice(1).forEach(({ id }, index) => {
    const earlier = sequence[index];
    if (earlier) before[positionOf(position, id)]?.push(positionOf(position, earlier.id));
  });
  const names = [...groupByContainer(work, containers).keys()];
  const number = new Map(names.map((name, index) => [name, index]));
  return schedule({
    before: before.map((list) => [...new Set(list)]),
    containers: work.map(({ id }) => (containers.get(id) ?? []).map((name) => number.get(name) ?? 0)),
    containerCount: names.length,
    seconds: work.map(({ kind }) => ROUGH_SECONDS[kind]),
  });
}

/** The writes of each container, in the order given. */
function groupByContainer(order: readonly Change[], containers: Ordering['containers']): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of order) {
    for (const name of containers.get(change.id) ?? []) {
      const group = groups.get(name);
      if (group) group.push(change);
      else groups.set(name, [change]);
    }
  }
  return groups;
}

/** Each write after the one before it in its container; one that is needed anyway need not be said twice. */
function chainWrites(needed: readonly (readonly number[])[], chains: readonly (readonly number[])[]): number[][] {
  const after = needed.map(() => new Set<number>());
  for (const chain of chains) {
    chain.slice(1).forEach((task, index) => {
      const earlier = chain[index];
      if (earlier !== undefined && !needed[task]?.includes(earlier)) after[task]?.add(earlier);
    });
  }
  return after.map((set) => [...set].sort((a, b) => a - b));
}

/** The fewest edges that imply everything, their number bounded at both ends; what that takes is added to `after`. */
function joinTasks(
  needed: readonly (readonly number[])[],
  after: number[][],
  chains: readonly (readonly number[])[],
): number[][] {
  const union = () => needed.map((list, task) => [...new Set([...list, ...(after[task] ?? [])])]);
  const edges = reduceEdges(union(), chains);
  const added = boundDegrees(edges);
  if (added.every((list) => list.length === 0)) return edges;
  added.forEach((list, task) => {
    after[task] = [...new Set([...(after[task] ?? []), ...list])]
      .filter((earlier) => !needed[task]?.includes(earlier))
      .sort((a, b) => a - b);
  });
  return reduceEdges(union(), chains);
}
