import { isDestroyed, nothingOf } from '../../shared/engine/revision';
import type { NetworkRow, RunId } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { held, refused, runToFollow } from '../apply-file';
import { type Command, type CommandContext, LOCAL_OPTION, type Result, UsageError } from '../command';
import { type Connection, connect } from '../connection';
import { foreseenResult, foreseePlan } from '../foresee-plan';
import { placeOrder } from '../place-order';
import { idleDocument } from '../run-view';
import { watchRun } from '../watch-run';

export const destroy: Command = {
  summary: 'take a network down: everything that Trunkline made for it, and nothing else',
  argument: '<network>',
  options: [
    LOCAL_OPTION,
    { flags: '--dry-run', summary: 'show what would be removed, in which order' },
    { flags: '--all', summary: 'with --dry-run, list every task, however many there are' },
    { flags: '--yes', summary: 'remove it; its file leaves the bucket too, whose older versions stay' },
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const row = await connection.runs.readNetwork(name);
    if (!row || row.latest === 0) throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
    if (options['dryRun'] === true)
      return foreseenResult(await foreseePlan(connection, nothingOf(name)), context.terminal, {
        all: options['all'] === true,
      });
    if (options['yes'] !== true)
      throw new UsageError(
        `destroy removes ${name} for good: give --yes, or --dry-run to see what`,
        'Begin with --dry-run.',
      );
    if (isDestroyed(row)) return nothingLeft(row);
    return carryOut(context, connection, row);
  },
};

function nothingLeft({ name, latest, lastRun }: NetworkRow): Result {
  const document = idleDocument('unchanged', { network: name, revision: latest, run: lastRun });
  return { exitCode: 0, document: { ...document }, text: `${name} is down already: nothing to do.\n` };
}

/** The file first: a late word of it must not build the network again. */
async function carryOut(context: CommandContext, connection: Connection, row: NetworkRow): Promise<Result> {
  const { objects } = connection;
  const file = /^oss:(.+)$/.exec(row.source)?.[1];
  const bytes = file === undefined ? null : await objects.get(file);
  if (file !== undefined) await objects.remove(file);
  const report = await placeOrder(context, connection, { kind: 'destroy', network: row.name, base: row.latest });
  if (report.outcome === 'refused') {
    // Nothing was touched, so this is not either.
    if (file !== undefined && bytes) await objects.put(file, bytes, 'application/yaml');
    return refused(context, report.problems, report.network);
  }
  if (report.outcome === 'held') return held(report);
  const run = await runToFollow(context, connection, report);
  if (run === null && report.run === null) return nothingLeft(row);
  return watchRun(context, connection, run ?? (report.run as RunId));
}
