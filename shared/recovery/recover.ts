/**
 * Rebuilds a network's rows. A recovery is a run that makes nothing: it takes the network like any other (W5), so that
 * no run starts beside it, waits until whatever may still be under way has come to its end, looks, corrects the records,
 * proves the network on what is read back, publishes and ends. Every write is conditional; cut off anywhere, the next
 * recovery goes on with the same run.
 */
import { type DurationMs, durationMs } from '../clock';
import { sealOf } from '../engine/audit';
import { type RunNote, runNoteObject } from '../engine/bucket-notes';
import { type EndDeps, endRun } from '../engine/end-run';
import { placesOf } from '../engine/places';
import { publishReport } from '../engine/publish-report';
import { type NetworkRow, type Outcome, type Run, type RunId, runId } from '../engine/run';
import type { EngineSettings } from '../engine/settings';
import type { TaskStore } from '../engine/store';
import { invariant, TrunklineError } from '../errors';
import { withFormat } from '../format';
import { canonicalJson, type Json } from '../json';
import type { NetworkModel } from '../network/model';
import type { Proof } from '../network/proof';
import { prove } from '../network/prove';
import { createPlan } from '../plan/create-plan';
import type { RecordedResource } from '../plan/recorded';
import type { Topology } from '../topology/topology';
import type { RecoveredResource } from './recover-record';
import { type Survey, type SurveyDeps, type SurveyInput, survey } from './survey';
import { newestAtWork, newestNote, RECOVERY, type Traces } from './traces';

export interface RecoveryDeps extends EndDeps, SurveyDeps {
  runs: EndDeps['runs'];
  tasks: Pick<TaskStore, 'writeRecord'>;
  settings: Pick<EngineSettings, 'lease' | 'readSettle'>;
  /** Real time: leases and lagging reads are real. */
  pause(delay: DurationMs): Promise<void>;
  readNetworkModel(input: { topology: Topology; recorded: readonly RecordedResource[] }): Promise<NetworkModel>;
}

export interface RecoveryInput extends SurveyInput {
  dryRun: boolean;
  /** A run that the tables call active and that is none any more: the operator's word. */
  endRun: string | null;
  /** Called before a wait. */
  waiting(delay: DurationMs, why: string): void;
}

export type Recovery =
  | { kind: 'unknown-network' }
  /** Nothing was written. */
  | { kind: 'refused'; survey: Survey; reason: string; remedy: string }
  | { kind: 'unchanged' | 'would-recover'; survey: Survey }
  | {
      kind: 'recovered';
      survey: Survey;
      run: RunId | null;
      outcome: Outcome | null;
      proof: Proof | null;
      left: number;
    };

export async function recover(deps: RecoveryDeps, input: RecoveryInput): Promise<Recovery> {
  const first = await survey(deps, input);
  if (!first) return { kind: 'unknown-network' };
  const refusal = refusalOf(first, input);
  if (refusal) return { kind: 'refused', survey: first, ...refusal };
  const needed = first.differs || first.active !== null;
  if (input.dryRun || !needed) return { kind: needed ? 'would-recover' : 'unchanged', survey: first };
  if (first.traces.topology === null) return reserve(deps, first);
  const { row, run } = await take(deps, first);
  await endStale(deps, first.traces, run.id);
  await waitForOthers(deps, input, first);
  // Again: what was under way may have made something.
  const settled = (await survey(deps, input)) ?? first;
  await takePlaces(deps, row, settled);
  for (const resource of settled.resources) await write(deps, row, resource);
  return { survey: settled, ...(await conclude(deps, run, settled)) };
}

function refusalOf(
  { conflict, active, traces }: Survey,
  input: RecoveryInput,
): { reason: string; remedy: string } | null {
  if (conflict !== null)
    return { reason: conflict, remedy: 'Nothing was changed. Restore the tables or the bucket that belong together.' };
  if (!active || active.ended || active.run === input.endRun || isRecovery(active.run, traces)) return null;
  return {
    reason: `${active.run} is recorded as at work`,
    remedy:
      `If it is, let it end: \`trunkline watch ${traces.network}\`. If the tables were restored and the functions ` +
      `are stopped, give --end-run ${active.run}.`,
  };
}

const isRecovery = (run: RunId, { runs }: Survey['traces']): boolean =>
  runs.some((trace) => trace.run === run && trace.note?.planHash === RECOVERY);

/** A name that never had a run: its row says that it is reserved, as before. */
async function reserve({ runs }: RecoveryDeps, first: Survey): Promise<Recovery> {
  if (!(await runs.writeNetwork(first.row)))
    throw new TrunklineError('RecoveryOvertaken', `${first.row.name} was taken by another revision meanwhile`);
  return { kind: 'recovered', survey: first, run: null, outcome: null, proof: null, left: 0 };
}

/** The note before the row: whoever comes again knows the run by it. */
async function take(deps: RecoveryDeps, { row, active, traces }: Survey): Promise<{ row: NetworkRow; run: Run }> {
  const begun = active && isRecovery(active.run, traces) ? active.run : null;
  const id = begun ?? runId(row.name, row.incarnation, row.runs + 1);
  const newest = newestNote(traces);
  invariant(newest, 'what has a topology has a run');
  const run = recoveryRun(deps, newest, id);
  await note(deps, run, row.source);
  deps.crash('recovery/noted');
  await deps.runs.createRun(run);
  deps.crash('recovery/run-written');
  if (begun) return { row, run };
  const taken = await deps.runs.writeNetwork({ ...row, activeRun: id, lastRun: id, runs: row.runs + 1 });
  if (!taken)
    throw new TrunklineError('RecoveryOvertaken', `the row of ${row.name} moved while it was being recovered`);
  deps.crash('recovery/network-taken');
  return { row: taken, run };
}

/** For the newest revision that anything was planned for. Never `ready`: no step works for it. */
const recoveryRun = (deps: RecoveryDeps, newest: RunNote, id: RunId): Run => ({
  id,
  network: newest.network,
  incarnation: newest.incarnation,
  revision: newest.revision,
  topologyObject: newest.topologyObject,
  planHash: RECOVERY,
  state: 'starting',
  startedAt: deps.clock.now(),
  endedAt: null,
  outcome: null,
  seal: null,
});

async function note({ objects }: RecoveryDeps, run: Run, source: string): Promise<void> {
  const { id, network, incarnation, revision, topologyObject, planHash, startedAt } = run;
  const value: RunNote = { run: id, network, incarnation, source, revision, topologyObject, planHash, startedAt };
  await objects.put(
    runNoteObject(network, id),
    canonicalJson(withFormat(value) as unknown as Json),
    'application/json',
  );
}

/**
 * What restored tables still drive. Known by the list of what is open: the network's row names the recovery by now. Its
 * steps look at their run once they hold their claim, and go no further.
 */
async function endStale(deps: RecoveryDeps, traces: Traces, own: RunId): Promise<void> {
  const open = await deps.runs.listOpen();
  for (const { kind, id, network } of open)
    if (kind === 'run' && network === traces.network && id !== own) await endStaleRun(deps, traces, id as RunId);
}

async function endStaleRun(deps: RecoveryDeps, traces: Traces, id: RunId): Promise<void> {
  const stale = await deps.runs.readRun(id);
  const outcome = traces.runs.find(({ run }) => run === id)?.outcome ?? 'failed';
  if (stale && stale.state !== 'ended') {
    const seal = sealOf(stale, await deps.runs.readTasks(stale.id));
    await deps.runs.endRun(stale.id, { outcome, endedAt: deps.clock.now(), seal });
    deps.crash('recovery/stale-run-ended');
  }
  await deps.runs.forgetOpen({ kind: 'run', id });
}

/**
 * A run without a report may have had a call under way when its claim was lost with its row; one that the tables still
 * called active may have been driven again. A recovery that goes on cannot tell how long ago it ended that one.
 */
async function waitForOthers(deps: RecoveryDeps, input: RecoveryInput, { traces, active }: Survey): Promise<void> {
  const last = newestAtWork(traces);
  if (!last || (last.outcome !== null && active === null)) return;
  const delay = durationMs(deps.settings.lease + deps.settings.readSettle);
  input.waiting(delay, `calls of ${last.run} may still be under way`);
  await deps.pause(delay);
}

async function takePlaces(deps: RecoveryDeps, row: NetworkRow, { traces }: Survey): Promise<void> {
  if (!traces.topology) return;
  const { name: network, incarnation, runs } = row;
  for (const place of placesOf(traces.topology.parsed)) {
    const by = { network, incarnation, attempt: `recovery/${runs}`, at: deps.clock.now() };
    const holder = await deps.runs.takePlace(place, by);
    if (holder.network !== network || holder.incarnation !== incarnation)
      throw new TrunklineError('RecoveryOvertaken', `${place} belongs to the network ${holder.network} by now`);
  }
  deps.crash('recovery/places-taken');
}

async function write(deps: RecoveryDeps, row: NetworkRow, { change, record }: RecoveredResource): Promise<void> {
  if (!record || change === 'unchanged' || change === 'absent') return;
  const owner = { network: row.name, incarnation: row.incarnation };
  if (!(await deps.tasks.writeRecord(owner, record)))
    throw new TrunklineError('RecoveryOvertaken', `the record of ${record.id} moved while it was being recovered`);
  deps.crash('recovery/record-written');
}

async function conclude(
  deps: RecoveryDeps,
  run: Run,
  { traces, row }: Survey,
): Promise<{ kind: 'recovered'; run: RunId; outcome: Outcome; proof: Proof | null; left: number }> {
  const topology = traces.topology?.parsed ?? null;
  const recorded = await deps.runs.allRecords({ network: run.network, incarnation: run.incarnation });
  const model = topology && (await deps.readNetworkModel({ topology, recorded }));
  const proof = topology && model ? prove(topology, model) : null;
  const plan = topology && createPlan({ topology, revision: run.revision, base: row.live, recorded });
  const left = plan ? plan.tasks.filter(({ action }) => action !== 'keep').length : 0;
  const message = `${left} resources are not as revision ${run.revision} wants them: apply it again`;
  const failure = left > 0 ? { code: 'NotWhole', message, requestId: null } : null;
  const outcome = left === 0 && proof?.ok ? 'succeeded' : 'failed';
  await publishReport(deps, run, { outcome, at: deps.clock.now(), proof, failure });
  deps.crash('recovery/published');
  await endRun(deps, run, outcome);
  return { kind: 'recovered', run: run.id, outcome, proof, left };
}
