/** What somebody does with a run beside handing in revisions: stop it where it stands, or have another go at what is left. */
import { type Problem, problemOf } from '../problem';
import { recordsBehind } from './records-behind';
import type { NetworkRow, RunId } from './run';
import { type StartDeps, startRun } from './start-run';
import type { SubmitReply } from './submit-topology';

/**
 * Stops at the next task's boundary: nothing new is begun, what was announced is brought to where its record is true. What
 * stands stays; the network is neither what it was nor what it was to be until it is resumed, rolled back or taken down.
 */
export async function cancelRun(
  { runs }: StartDeps,
  { network, run }: { network: string; run: string },
): Promise<SubmitReply> {
  const row = await runs.readNetwork(network);
  if (!row || row.latest === 0) return refused(network, UNKNOWN(network));
  if (row.activeRun !== run) return refused(network, notActive(row, run));
  const stopped = await runs.moveRun(row.activeRun, ['ready'], 'stopping');
  if (!stopped && (await runs.readRun(row.activeRun))?.state === 'starting') return refused(network, STARTING(run));
  return { kind: 'unchanged', network, revision: row.latest, run: row.activeRun, live: false, problems: [] };
}

/** Another run of the newest revision, whatever kept the last one from its end. It was let in as it is, and is not asked about again. */
export async function resumeNetwork(
  deps: StartDeps,
  { network, base }: { network: string; base: number },
): Promise<SubmitReply> {
  const row = await deps.runs.readNetwork(network);
  if (!row || row.latest === 0) return refused(network, UNKNOWN(network));
  const behind = await recordsBehind(deps, network, row);
  if (behind !== null) return refused(network, { code: 'records-behind', message: behind, remedy: RECOVER });
  if (row.latest !== base) return refused(network, moved(row, base));
  const standing = { network, revision: row.latest, problems: [] };
  const live = row.live === row.latest;
  if (live || row.activeRun !== null)
    return { kind: 'unchanged', ...standing, live, run: row.activeRun ?? row.lastRun };
  return { kind: 'accepted', ...standing, run: await startRun(deps, row) };
}

type Told = Pick<Problem, 'code' | 'message' | 'remedy'>;

const refused = (network: string, told: Told): SubmitReply => ({
  kind: 'refused',
  network,
  problems: [problemOf(told)],
  outage: null,
});

const UNKNOWN = (network: string): Told => ({
  code: 'network-unknown',
  message: `there is no network named ${network}`,
  remedy: '`trunkline status` lists them.',
});

const notActive = ({ name, activeRun }: NetworkRow, run: string): Told => ({
  code: 'run-not-active',
  message: `${run} is not at work on ${name}${activeRun === null ? '' : `; ${activeRun} is`}`,
  remedy: 'Nothing was stopped. `trunkline status` tells what is at work.',
});

const STARTING = (run: RunId | string): Told => ({
  code: 'run-starting',
  message: `${run} is just being started`,
  remedy: 'Cancel it again in a moment.',
});

const moved = ({ name, latest }: NetworkRow, base: number): Told => ({
  code: 'order-stale',
  message: `${name} is at revision ${latest} by now, and the order was for revision ${base}`,
  remedy: 'Look at what stands now, and order it again.',
});

const RECOVER = 'Tables that were lost or restored are rebuilt with `trunkline recover`; then order it again.';
