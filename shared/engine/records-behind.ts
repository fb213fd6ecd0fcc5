/**
 * Whether the tables know less than the bucket: they were lost, or restored to an earlier hour. A network planned from
 * such rows would be built a second time beside what stands, so nothing is started until `trunkline recover` has run.
 */
import { networkNoteObject, runNoteObject } from './bucket-notes';
import type { Objects } from './objects';
import { type NetworkRow, runId } from './run';
import type { RunStore } from './store';

export interface BehindDeps {
  runs: Pick<RunStore, 'readNetwork'>;
  objects: Pick<Objects, 'get'>;
}

/** What is missing, for people; null where the rows are up to the bucket. One question, two where it looks so. */
export async function recordsBehind(
  { runs, objects }: BehindDeps,
  name: string,
  row: NetworkRow | null,
): Promise<string | null> {
  const next = row && runId(name, row.incarnation, row.runs + 1);
  if ((await objects.get(next === null ? networkNoteObject(name) : runNoteObject(name, next))) === null) return null;
  // Somebody may have begun it since the row was read: then the row has moved.
  const standing = await runs.readNetwork(name);
  if (standing?.version !== row?.version) return null;
  return next === null
    ? `the bucket remembers the network ${name}, and the tables do not`
    : `the bucket remembers the run ${next}, and the tables do not`;
}
