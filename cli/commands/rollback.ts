import { basename } from 'node:path';
import { lastGood } from '../../shared/engine/earlier-revisions';
import { isDestruction } from '../../shared/engine/revision';
import type { NetworkRow, RunId } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { applyFile, held, refused, runToFollow } from '../apply-file';
import { type Command, type CommandContext, LOCAL_OPTION, type Result, UsageError } from '../command';
import { type Connection, connect } from '../connection';
import { placeOrder } from '../place-order';
import { networkRow, revisionOf } from '../revisions';
import { idleDocument } from '../run-view';
import { watchRun } from '../watch-run';
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
    const wanted = await revisionOf(connection, row, numberOf(options, 'to') ?? (await lastGoodOf(connection, row)));
    if (isDestruction(wanted.object))
      throw new UsageError(
        `revision ${wanted.revision} of ${name} took it down`,
        'Take it down again with `trunkline destroy`.',
      );
    const key = /^oss:(topologies\/.+)$/.exec(row.source)?.[1];
    const allowOutage = options.allowOutage === true;
    if (key === undefined && allowOutage)
      throw new UsageError(
        `${name} is not of a file, and --allow-outage speaks for files`,
        'Leave it out: what would be interrupted waits then, and `trunkline approve` agrees to it.',
      );
    if (key === undefined) return orderBack(context, connection, row, wanted.revision);
    // A network is back to what its file says, or it would be changed again by the next word of that.
    const applied = await applyFile(context, connection, { name: basename(key), bytes: wanted.bytes, allowOutage });
    return { ...applied, text: `${applied.built}${applied.text}` };
  },
};

/** Of a network that a ticketing system handed in: there is no file to replace, and its owner stays its owner. */
async function orderBack(
  context: CommandContext,
  connection: Connection,
  row: NetworkRow,
  revision: number,
): Promise<Result> {
  const order = { kind: 'rollback', network: row.name, base: row.latest, revision } as const;
  const report = await placeOrder(context, connection, order);
  if (report.outcome === 'refused') return refused(context, report.problems, report.network);
  if (report.outcome === 'held') return held(report);
  const run = await runToFollow(context, connection, report);
  if (run !== null || report.run !== null) return watchRun(context, connection, run ?? (report.run as RunId));
  const document = idleDocument('unchanged', { network: row.name, revision: report.revision, run: null });
  return {
    exitCode: 0,
    document: { ...document },
    text: `${row.name} is as revision ${revision} says: nothing to do.\n`,
  };
}

async function lastGoodOf({ runs }: Connection, row: NetworkRow): Promise<number> {
  const good = await lastGood(runs, row);
  if (good !== null) return good;
  throw new TrunklineError('RevisionUnknown', `${row.name} has no earlier revision that was ever live`);
}
