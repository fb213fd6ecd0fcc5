/**
 * Transitive reduction: an edge that a longer way implies is dropped. Looking for that way from every edge would be
 * quadratic; but nearly all tasks lie on chains (one a container), and the ancestors of a task on a chain are all of it
 * up to some place. So each task keeps one number a chain: how far up it is implied. An edge is redundant when another
 * of the task's edges already implies its start.
 */

/** `before[task]`: smaller numbers only. `chains`: ascending, each task after the one before it. Returns sorted edges. */
export function reduceEdges(
  before: readonly (readonly number[])[],
  chains: readonly (readonly number[])[],
): number[][] {
  const places = placesOnChains(before, chains);
  const reached: Int32Array[] = [];
  return before.map((list, task) => {
    const edges = list.filter((start) => {
      const place = places.first(start);
      // On no chain and used once: no other way leaves it.
      if (!place) return true;
      return !list.some((other) => other !== start && (reached[other]?.[place.chain] ?? -1) >= place.index);
    });
    const row = new Int32Array(places.chainCount).fill(-1);
    for (const earlier of edges) {
      const implied = reached[earlier] ?? row;
      for (let chain = 0; chain < row.length; chain++) row[chain] = Math.max(row[chain] ?? -1, implied[chain] ?? -1);
    }
    for (const { chain, index } of places.all(task)) row[chain] = index;
    reached.push(row);
    return edges.sort((a, b) => a - b);
  });
}

interface Place {
  chain: number;
  index: number;
}

/** A task on no chain that more than one other needs (a shared customer gateway) counts as a chain of its own. */
function placesOnChains(before: readonly (readonly number[])[], chains: readonly (readonly number[])[]) {
  const places = before.map((): Place[] => []);
  const real = chains.filter((chain) => chain.length > 1);
  real.forEach((chain, number) => {
    chain.forEach((task, index) => {
      places[task]?.push({ chain: number, index });
    });
  });
  const users = before.map(() => 0);
  for (const list of before) for (const task of list) users[task] = (users[task] ?? 0) + 1;
  let chainCount = real.length;
  places.forEach((list, task) => {
    if (list.length === 0 && (users[task] ?? 0) > 1) list.push({ chain: chainCount++, index: 0 });
  });
  return {
    chainCount,
    first: (task: number): Place | undefined => places[task]?.[0],
    all: (task: number): readonly Place[] => places[task] ?? [],
  };
}
