import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { withPatience } from '../../shared/alicloud/with-patience';
import { seconds } from '../../shared/clock';
import { FUNCTION_SECONDS } from '../../shared/config';
import { type Drift, findDrift } from '../../shared/drift/find-drift';
import { MOST_REPAIRED } from '../../shared/drift/repair-drift';
import { type RepairPlan, repairPlan } from '../../shared/drift/repair-plan';
import type { RunId } from '../../shared/engine/run';
import { engineSettings } from '../../shared/engine/settings';
import { TrunklineError } from '../../shared/errors';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { refused, runToFollow } from '../apply-file';
import { type Command, type CommandContext, LOCAL_OPTION, type Result } from '../command';
import { type Connection, connect, pause } from '../connection';
import { driftDocument, driftText } from '../drift-view';
import { placeOrder } from '../place-order';
import { idleDocument } from '../run-view';
import { watchRun } from '../watch-run';

export const drift: Command = {
  summary: 'compare what is recorded of a network with what stands in the cloud, and bring it back',
  argument: '<network>',
  options: [
    { flags: '--plan', summary: 'draw what a repair would do, in which order' },
    { flags: '--repair', summary: 'have the functions bring back what is ours, and watch the run' },
    { flags: '--allow-outage', summary: 'with --repair, though it interrupts pairs that are up' },
    LOCAL_OPTION,
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const found = await lookAt(context, connection, name);
    const plan = await planFor(connection, found);
    const { paint } = context.terminal;
    const text = driftText(found, plan, { paint, drawn: options['plan'] === true });
    if (options['repair'] !== true) return { exitCode: exitCodeOf(found), document: driftDocument(found, plan), text };
    context.terminal.note(text);
    return plan ? repair(context, connection, found, plan, options['allowOutage'] === true) : nothingToRepair(found);
  },
};

type Looked = Extract<Drift, { kind: 'looked' }>;

/** Gentle on the limits that the account's other users share: VPC answers a few dozen questions a second. */
const LOOKS_AT_ONCE = 8;

async function lookAt({ terminal }: CommandContext, connection: Connection, name: string): Promise<Looked> {
  const { target, runs, objects } = connection;
  const settings = engineSettings(target.deployment, {
    functionTimeout: seconds(FUNCTION_SECONDS.timeout),
    socketTimeout: seconds(FUNCTION_SECONDS.socketTimeout),
    clockSkew: seconds(FUNCTION_SECONDS.clockSkew),
  });
  const found = await findDrift(
    {
      runs,
      objects,
      cloud: withParallelism(withPatience(connection.cloud, pause), LOOKS_AT_ONCE),
      deployment: target.deployment,
      kindOf: kindForReading,
      // The local cloud's reads are never of the time before, and its minutes are not ours.
      settings: target.endpoint === null ? settings : { readSettle: seconds(1) },
      pause,
      progress: (done, total) => {
        if (done === total) terminal.note(`${name}: ${total} looked at\n`);
      },
      waiting: (delay, count) =>
        terminal.note(`${name}: looks again at ${count} in ${delay / 1_000} s: a read may be of the time before\n`),
    },
    name,
  );
  switch (found.kind) {
    case 'looked':
      return found;
    case 'unknown-network':
      throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
    case 'not-live':
      throw new TrunklineError('NotSettled', `revision ${found.row.latest} of ${name} is not live`);
    case 'at-work':
      throw new TrunklineError(
        'NotSettled',
        `a run of ${name} is at work: ${found.row.activeRun ?? found.row.lastRun}`,
      );
  }
}

/** Null where nothing of it is for us to repair. */
async function planFor({ runs }: Connection, { row, topology, findings }: Looked): Promise<RepairPlan | null> {
  const repairable = findings.filter(({ repair }) => repair !== null);
  if (repairable.length === 0) return null;
  const records = await runs.allRecords({ network: row.name, incarnation: row.incarnation });
  return repairPlan({ row, topology, records, findings: repairable.slice(0, MOST_REPAIRED) });
}

async function repair(
  context: CommandContext,
  connection: Connection,
  { row, findings }: Looked,
  { plan }: RepairPlan,
  allowOutage: boolean,
): Promise<Result> {
  const resources = findings.flatMap((finding) => (finding.repair === null ? [] : [finding.resource]));
  if (resources.length > MOST_REPAIRED)
    context.terminal.note(`repairs the first ${MOST_REPAIRED} of ${resources.length}: repeat it for the rest\n`);
  const order = { network: row.name, base: row.latest, resources: resources.slice(0, MOST_REPAIRED) };
  const allowed = allowOutage ? plan.hash : null;
  const report = await placeOrder(context, connection, { kind: 'repair', ...order, plan: allowed });
  if (report.outcome === 'refused') return refused(context, report.problems, report.network);
  const run = (await runToFollow(context, connection, report)) ?? (report.run as RunId | null);
  return run === null ? nothingToRepair({ row, findings }) : watchRun(context, connection, run);
}

function nothingToRepair({ row, findings }: Pick<Looked, 'row' | 'findings'>): Result {
  const { name: network, latest: revision, lastRun: run } = row;
  const document = { ...idleDocument('unchanged', { network, revision, run }) };
  return { exitCode: findings.length > 0 ? 3 : 0, document, text: 'Nothing to repair.\n' };
}

const exitCodeOf = ({ findings, notSeen }: Looked): Result['exitCode'] => {
  if (findings.length > 0) return 3;
  return notSeen.length > 0 ? 1 : 0;
};
