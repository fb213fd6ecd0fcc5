/**
 * List scheduling: simulates the run at rough durations, one task at a time in each container, and reads the order off.
 * Every write of a container is then ordered like its start, so the chains agree with one global order by themselves.
 *
 * Which of the waiting tasks goes first decides how long the narrowest container idles. No single rule is best: the
 * longest way still to go wins where gateways are the bottleneck, what is furthest along wins where CEN is (an office's
 * route then follows its connection at once, and publications start minutes earlier). Both are tried and the shorter
 * makespan is taken: 6,000 tasks cost some 30 ms each.
 */
import { invariant } from '../../errors';
import { priorityQueue } from './priority-queue';

/** Tasks are numbers from 0; lists are by task. */
export interface TaskGraph {
  /** Must have ended before. */
  before: readonly (readonly number[])[];
  /** The containers it writes, as numbers from 0. */
  containers: readonly (readonly number[])[];
  containerCount: number;
  seconds: readonly number[];
}

/** Each task's start in seconds. Tasks are handed in sorted by id, which breaks ties. */
export function schedule(graph: TaskGraph): number[] {
  const heads = longestWays(graph.before, graph.seconds);
  const tails = longestWays(successorsOf(graph.before), graph.seconds);
  const rules: ((a: number, b: number) => number)[] = [
    (a, b) => at(tails, b) - at(tails, a),
    (a, b) => at(heads, b) - at(heads, a) || at(tails, b) - at(tails, a),
  ];
  const tries = rules.map((rule) => simulate(graph, (a, b) => (rule(a, b) || a - b) < 0));
  const makespan = (starts: readonly number[]) =>
    starts.reduce((latest, start, task) => Math.max(latest, start + at(graph.seconds, task)), 0);
  return tries.reduce((best, other) => (makespan(other) < makespan(best) ? other : best));
}

const at = (list: readonly number[], index: number): number => list[index] ?? 0;

export function successorsOf(before: readonly (readonly number[])[]): number[][] {
  const successors = before.map((): number[] => []);
  before.forEach((list, task) => {
    for (const earlier of list) successors[earlier]?.push(task);
  });
  return successors;
}

/** The longest way that ends with each task, its own seconds included. */
function longestWays(before: readonly (readonly number[])[], seconds: readonly number[]): number[] {
  const ways = seconds.map(() => 0);
  for (const task of topologicalOrder(before)) {
    const longest = (before[task] ?? []).reduce((way, earlier) => Math.max(way, at(ways, earlier)), 0);
    ways[task] = longest + at(seconds, task);
  }
  return ways;
}

function topologicalOrder(before: readonly (readonly number[])[]): number[] {
  const successors = successorsOf(before);
  const open = before.map((list) => list.length);
  const order = open.flatMap((count, task) => (count === 0 ? [task] : []));
  // Grows while it is read; ends because every task enters once.
  for (const task of order) {
    for (const next of successors[task] ?? []) {
      open[next] = at(open, next) - 1;
      if (open[next] === 0) order.push(next);
    }
  }
  invariant(order.length === before.length, 'the plan has a cycle of needs');
  return order;
}

function simulate(graph: TaskGraph, first: (a: number, b: number) => boolean): number[] {
  const { before, containers, containerCount, seconds } = graph;
  const successors = successorsOf(before);
  const open = before.map((list) => list.length);
  const starts = before.map(() => 0);
  const ends = (task: number) => at(starts, task) + at(seconds, task);
  const running = priorityQueue((a, b) => ends(a) - ends(b) < 0 || (ends(a) === ends(b) && a < b));
  const busy = new Array<boolean>(containerCount).fill(false);
  // A ready task waits at one of its containers that is busy, so that a write freed elsewhere does not look at it.
  const waiting = Array.from({ length: containerCount }, () => priorityQueue(first));
  let now = 0;

  const start = (task: number) => {
    starts[task] = now;
    for (const container of containers[task] ?? []) busy[container] = true;
    running.push(task);
  };
  const offerWaiting = (container: number) => {
    while (!busy[container]) {
      const task = waiting[container]?.pop();
      if (task === undefined) return;
      const occupied = containers[task]?.find((other) => busy[other]);
      if (occupied === undefined) start(task);
      else waiting[occupied]?.push(task);
    }
  };
  const release = (ready: readonly number[], freed: readonly number[]) => {
    const changed = new Set(freed);
    for (const task of ready) {
      const [home] = containers[task] ?? [];
      if (home === undefined) start(task);
      else {
        waiting[home]?.push(task);
        changed.add(home);
      }
    }
    changed.forEach(offerWaiting);
  };

  release(
    open.flatMap((count, task) => (count === 0 ? [task] : [])),
    [],
  );
  for (let next = running.peek(); next !== undefined; next = running.peek()) {
    now = ends(next);
    const ready: number[] = [];
    const freed: number[] = [];
    // Everything that ends now, before anything starts: the best of all candidates shall go first.
    for (let task = running.peek(); task !== undefined && ends(task) === now; task = running.peek()) {
      running.pop();
      for (const container of containers[task] ?? []) {
        busy[container] = false;
        freed.push(container);
      }
      for (const successor of successors[task] ?? []) {
        open[successor] = at(open, successor) - 1;
        if (open[successor] === 0) ready.push(successor);
      }
    }
    release(ready, freed);
  }
  return starts;
}
