/** The timer's function: sends what was lost, completes what was cut off; then looks for drift, a little at a time. */
import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { durationMs } from '../../shared/clock';
import type { TunnelChange } from '../../shared/drift/tunnel-health';
import { watchDrift } from '../../shared/drift/watch-drift';
import { cloudErrorOf } from '../../shared/engine/cloud';
import type { StartDeps } from '../../shared/engine/start-run';
import { sweep } from '../../shared/engine/sweep';
import { TrunklineError } from '../../shared/errors';
import { kindForReading } from '../../shared/resources/kind-for-reading';
import { runStore, taskStore } from '../../shared/store/store';
import { noticeTunnels } from '../../shared/tickets/notice-tunnels';
import { ticketStore } from '../../shared/tickets/ticket-store';
import type { Surroundings, WithCloud, WithObjects, WithQueue, WithTables } from '../surroundings';

export type SweepSurroundings = Surroundings & WithTables & WithQueue & WithObjects & WithCloud;

export async function handleSweep(surroundings: SweepSurroundings): Promise<void> {
  const { tables, queue, objects, clock, crash, log } = surroundings;
  const deps = { runs: runStore(tables), queue, objects, clock, crash };
  const swept = await sweep(deps);
  log.info('swept', { ...swept });
  await watch(surroundings, deps);
}

const LOOKS_AT_ONCE = 4;
/** Seconds of the minute that a sweep has. */
const SLICE = 100;
/** Of a region that is gone a few hundred things change at once. */
const MOST_TOLD = 50;

/** What cannot be looked at now can be in a minute: nobody waits for it, and the next sweep must not be given up for it. */
async function watch(
  { tables, settings, clock, connectCloud, log }: SweepSurroundings,
  deps: StartDeps,
): Promise<void> {
  const budgetEnds = durationMs(clock.monotonic() + settings.budget);
  const looking = {
    ...deps,
    cloud: withParallelism(connectCloud().until(budgetEnds), LOOKS_AT_ONCE),
    deployment: settings.deployment,
    kindOf: kindForReading,
    tasks: taskStore(tables),
    settings,
    slice: SLICE,
    noticeTunnels: async (network: string, changes: readonly TunnelChange[]) => {
      const problem = await noticeTunnels({ ...deps, tickets: ticketStore(tables) }, network, changes);
      if (problem) log.error('alerts', { code: problem.code, message: problem.message });
    },
  };
  try {
    const turn = await watchDrift(looking);
    if (!turn) return;
    const { events, ...told } = turn;
    log.info('watched', { ...told });
    // What a log service's alert opens a ticket from.
    for (const event of events.slice(0, MOST_TOLD)) log.info('changed', { network: turn.network, ...event });
  } catch (error) {
    const refusal = cloudErrorOf(error);
    if (!refusal && !(error instanceof TrunklineError)) throw error;
    const { code } = refusal ?? (error as TrunklineError);
    log.error('watched', { code, action: refusal?.action ?? null });
  }
}
