/**
 * A task that ends writes one column per edge within one invocation, and one that joins reads its row for all of them:
 * both are bounded. Where a task would free more than the limit, the surplus is chained behind those it frees first;
 * where it would wait for more, the surplus is chained before those that it waits for last. The order is the plan's own,
 * so no cycle can come of it, and nothing waits for longer than the stride of the chains demands.
 *
 * What frees nobody frees the report, so these are bounded in the same way: the report waits for the chains' tails.
 */
import { EDGE_LIMIT } from '../edge-limit';
import { successorsOf } from './schedule';

/** `edges[task]`: smaller numbers only, sorted. Returns the further constraints by task; most have none. */
export function boundDegrees(edges: readonly (readonly number[])[]): number[][] {
  const added = edges.map((): number[] => []);
  const before = edges.map((list) => [...list]);
  const link = (earlier: number, later: number) => {
    if (before[later]?.includes(earlier)) return;
    before[later]?.push(earlier);
    added[later]?.push(earlier);
  };
  // Forwards, since the surplus moves to later tasks.
  const freed = successorsOf(before);
  freed.forEach((list, task) => {
    list
      .sort((a, b) => a - b)
      .slice(EDGE_LIMIT)
      .forEach((later, index) => {
        const through = list[index] as number;
        before[later] = (before[later] ?? []).filter((earlier) => earlier !== task);
        link(through, later);
        if (!freed[through]?.includes(later)) freed[through]?.push(later);
      });
  });
  const sinks = successorsOf(before).flatMap((list, task) => (list.length === 0 ? [task] : []));
  chainSurplus(sinks, link);
  // Backwards, since the surplus moves to earlier ones.
  for (let task = before.length - 1; task >= 0; task--) {
    const list = before[task]?.sort((a, b) => a - b) ?? [];
    chainSurplus(list, link);
    before[task] = list.slice(-EDGE_LIMIT);
  }
  return added;
}

/** All but the last of them get one to free: the one a stride later. */
function chainSurplus(joined: readonly number[], link: (earlier: number, later: number) => void): void {
  for (let index = 0; index + EDGE_LIMIT < joined.length; index++) {
    link(joined[index] as number, joined[index + EDGE_LIMIT] as number);
  }
}
