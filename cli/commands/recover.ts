import { readNetwork } from '../../shared/alicloud/read-network';
import { withPatience } from '../../shared/alicloud/with-patience';
import { seconds } from '../../shared/clock';
import { FUNCTION_SECONDS } from '../../shared/config';
import { engineSettings } from '../../shared/engine/settings';
import { invariant, TrunklineError } from '../../shared/errors';
import { rememberedNetworks } from '../../shared/recovery/read-traces';
import type { RecoveryDeps } from '../../shared/recovery/recover';
import { recover as recoverNetwork } from '../../shared/recovery/recover';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { taskStore } from '../../shared/store/store';
import { settleWaiting } from '../../shared/tickets/take-submission';
import { ticketStore } from '../../shared/tickets/ticket-store';
import { type Command, type CommandContext, LOCAL_OPTION, type Options } from '../command';
import { connectQueue } from '../connect-queue';
import { type Connection, connect, pause } from '../connection';
import { type RecoveryEntry, recoveryEntry, recoveryText } from '../recovery-view';

export const recover: Command = {
  summary: 'rebuild lost or restored tables from the bucket and from what stands in the cloud',
  argument: '[network]',
  options: [
    { flags: '--dry-run', summary: 'tell what would be recorded, and write nothing' },
    {
      flags: '--adopt <resources>',
      summary: 'ids without a mark, with commas between, that you know Trunkline made: recorded as its own',
    },
    { flags: '--end-run <run>', summary: 'a run that restored tables call active and that is none any more' },
    LOCAL_OPTION,
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const known = await rememberedNetworks(connection.objects);
    if (name !== '' && !known.includes(name))
      throw new TrunklineError('NetworkUnknown', `the bucket remembers no network named ${name}`);
    const networks: RecoveryEntry[] = [];
    for (const network of name === '' ? known : [name])
      networks.push(await recoverOne(context, connection, network, options));
    const dryRun = options['dryRun'] === true;
    return {
      exitCode: networks.some(({ state }) => state === 'refused') ? 1 : 0,
      document: { dryRun, networks: networks.map((entry) => ({ ...entry })) },
      text: recoveryText(networks, context.terminal),
    };
  },
};

async function recoverOne(
  { clock, terminal }: CommandContext,
  connection: Connection,
  network: string,
  options: Options,
): Promise<RecoveryEntry> {
  const recovery = await recoverNetwork(depsOf(connection, clock), {
    network,
    dryRun: options['dryRun'] === true,
    endRun: typeof options['endRun'] === 'string' ? options['endRun'] : null,
    vouched: new Set(typeof options['adopt'] === 'string' ? options['adopt'].split(',').map((id) => id.trim()) : []),
    progress: (done, total, id) => terminal.note(`${network}: looks at ${done + 1} of ${total}, ${id}\n`),
    waiting: (delay, why) => terminal.note(`${network}: waits ${Math.ceil(delay / 1_000)} s: ${why}\n`),
  });
  invariant(recovery.kind !== 'unknown-network', `the bucket remembered ${network} a moment ago`);
  return recoveryEntry(recovery);
}

function depsOf(connection: Connection, clock: CommandContext['clock']): RecoveryDeps {
  const { target, runs, tables, objects } = connection;
  const cloud = withPatience(connection.cloud, pause);
  const { deployment } = target;
  const queue = connectQueue(target);
  return {
    runs,
    queue,
    objects,
    clock,
    crash: () => undefined,
    notifyTickets: (run, outcome) => settleWaiting({ tickets: ticketStore(tables), runs, queue, clock }, run, outcome),
    bucket: objects,
    cloud,
    deployment,
    kindOf: kindForReading,
    tasks: taskStore(tables),
    settings: engineSettings(deployment, {
      functionTimeout: seconds(FUNCTION_SECONDS.timeout),
      socketTimeout: seconds(FUNCTION_SECONDS.socketTimeout),
      clockSkew: seconds(FUNCTION_SECONDS.clockSkew),
    }),
    pause,
    readNetworkModel: (input) => readNetwork({ ...input, cloud }),
  };
}
