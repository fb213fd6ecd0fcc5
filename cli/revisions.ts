/** The revisions of a network, by the runs that carried them out: one that was skipped has none, and nothing to go back to. */
import { readRevision } from '../shared/engine/revision';
import { type NetworkRow, type Run, runId } from '../shared/engine/run';
import { TrunklineError } from '../shared/errors';
import type { Topology } from '../shared/topology/topology';
import type { Connection } from './connection';

export async function networkRow({ runs }: Connection, name: string): Promise<NetworkRow> {
  const row = await runs.readNetwork(name);
  if (!row || row.latest === 0) throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
  return row;
}

/** Newest first, at most so many. */
export async function lastRuns({ runs }: Connection, row: NetworkRow, most: number): Promise<Run[]> {
  const first = Math.max(1, row.runs - most + 1);
  const sequence = Array.from({ length: row.runs - first + 1 }, (_, index) => row.runs - index);
  const read = await Promise.all(sequence.map((number) => runs.readRun(runId(row.name, row.incarnation, number))));
  return read.flatMap((run) => run ?? []);
}

/** Who goes back further has the bucket's older versions. */
const MOST_RUNS = 200;

export interface StoredRevision {
  revision: number;
  object: string;
  bytes: Uint8Array;
  topology: Topology;
}

export async function revisionOf(connection: Connection, row: NetworkRow, revision: number): Promise<StoredRevision> {
  const object =
    revision === row.latest
      ? row.latestObject
      : (await lastRuns(connection, row, MOST_RUNS)).find((run) => run.revision === revision)?.topologyObject;
  const bytes = object === undefined ? null : await connection.objects.get(object);
  const topology = object !== undefined && bytes ? readRevision(bytes, object) : null;
  if (object === undefined || !bytes || !topology)
    throw new TrunklineError('RevisionUnknown', `${row.name} has no revision ${revision} that was ever run`);
  return { revision, object, bytes, topology };
}
