import { basename } from 'node:path';
import { isDestruction } from '../../shared/engine/revision';
import type { NetworkRow } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { applyFile } from '../apply-file';
import { type Command, LOCAL_OPTION, UsageError } from '../command';
import { type Connection, connect } from '../connection';
import { lastRuns, networkRow, revisionOf, type StoredRevision } from '../revisions';
import { numberOf } from './diff';

export const rollback: Command = {
  summary: 'hand in an earlier revision again, as a new one: the live one where the newest failed, else the one before',
  argument: '<network>',
  options: [
    LOCAL_OPTION,
    { flags: '--to <revision>', summary: 'which; `trunkline history` lists them' },
    { flags: '--allow-outage', summary: 'go on where pairs that are up would be interrupted' },
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const row = await networkRow(connection, name);
    const wanted = await revisionOf(connection, row, numberOf(options, 'to') ?? (await lastGood(connection, row)));
    const key = keyOf(row, wanted);
    const allowOutage = options.allowOutage === true;
    const applied = await applyFile(context, connection, { name: basename(key), bytes: wanted.bytes, allowOutage });
    return { ...applied, text: `${applied.built}${applied.text}` };
  },
};

/** A network is back to what its file says, or it would be changed again by the next word of that. */
function keyOf({ name, source }: NetworkRow, { revision, object }: StoredRevision): string {
  if (isDestruction(object))
    throw new UsageError(
      `revision ${revision} of ${name} took it down`,
      'Take it down again with `trunkline destroy`.',
    );
  const key = /^oss:(topologies\/.+)$/.exec(source)?.[1];
  if (key !== undefined) return key;
  throw new UsageError(
    `${name} belongs to ${source}, and not to a file in the bucket`,
    'Hand the earlier topology in where it came from; `trunkline diff` shows what that changes.',
  );
}

const MOST_RUNS = 200;

async function lastGood(connection: Connection, row: NetworkRow): Promise<number> {
  if (row.live !== null && row.live !== row.latest) return row.live;
  const good = (await lastRuns(connection, row, MOST_RUNS)).find(
    ({ outcome, revision, topologyObject }) =>
      outcome === 'succeeded' && revision < row.latest && !isDestruction(topologyObject),
  );
  if (good) return good.revision;
  throw new TrunklineError('RevisionUnknown', `${row.name} has no earlier revision that was ever live`);
}
