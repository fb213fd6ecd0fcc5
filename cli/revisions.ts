/** A network and its revisions, as commands ask for them. */
import { objectOf } from '../shared/engine/earlier-revisions';
import { readRevision } from '../shared/engine/revision';
import type { NetworkRow } from '../shared/engine/run';
import { TrunklineError } from '../shared/errors';
import type { Topology } from '../shared/topology/topology';
import type { Connection } from './connection';

export async function networkRow({ runs }: Connection, name: string): Promise<NetworkRow> {
  const row = await runs.readNetwork(name);
  if (!row || row.latest === 0) throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
  return row;
}

export interface StoredRevision {
  revision: number;
  object: string;
  bytes: Uint8Array;
  topology: Topology;
}

export async function revisionOf(connection: Connection, row: NetworkRow, revision: number): Promise<StoredRevision> {
  const object = await objectOf(connection.runs, row, revision);
  const bytes = object === null ? null : await connection.objects.get(object);
  const topology = object !== null && bytes ? readRevision(bytes, object) : null;
  if (object === null || !bytes || !topology)
    throw new TrunklineError('RevisionUnknown', `${row.name} has no revision ${revision} that was ever run`);
  return { revision, object, bytes, topology };
}
