/** The revisions of a network, by the runs that carried them out: one that was skipped has none, and nothing to go back to. */
import { isDestruction } from './revision';
import { type NetworkRow, type Run, runId } from './run';
import type { RunStore } from './store';

/** Who goes back further has the bucket's older versions. */
export const MOST_RUNS = 200;

/** Newest first, at most so many. */
export async function lastRuns(
  { readRun }: Pick<RunStore, 'readRun'>,
  row: NetworkRow,
  most = MOST_RUNS,
): Promise<Run[]> {
  const first = Math.max(1, row.runs - most + 1);
  const sequence = Array.from({ length: row.runs - first + 1 }, (_, index) => row.runs - index);
  const read = await Promise.all(sequence.map((number) => readRun(runId(row.name, row.incarnation, number))));
  return read.flatMap((run) => run ?? []);
}

/** Where its bytes are kept; null where it was never run. */
export async function objectOf(
  runs: Pick<RunStore, 'readRun'>,
  row: NetworkRow,
  revision: number,
): Promise<string | null> {
  if (revision === row.latest) return row.latestObject;
  const run = (await lastRuns(runs, row)).find((one) => one.revision === revision);
  return run?.topologyObject ?? null;
}

/** What to go back to: the live one where the newest is not, else the one that was live before it; null: there is none. */
export async function lastGood(runs: Pick<RunStore, 'readRun'>, row: NetworkRow): Promise<number | null> {
  if (row.live !== null && row.live !== row.latest) return row.live;
  const good = (await lastRuns(runs, row)).find(
    ({ outcome, revision, topologyObject }) =>
      outcome === 'succeeded' && revision < row.latest && !isDestruction(topologyObject),
  );
  return good?.revision ?? null;
}
