/**
 * Starting a run, so that it can be cut off anywhere and completed by whoever comes next: note it as open, take the
 * network's row, then write run, plan and tasks, each expected not to exist; only then `ready`, then the first messages.
 */
import * as z from 'zod';
import { type Clock, durationMs } from '../clock';
import { invariant, TrunklineError } from '../errors';
import { fromStored, withFormat } from '../format';
import { canonicalJson, type Json } from '../json';
import { checkPlan } from '../plan/check-plan';
import { createPlan } from '../plan/create-plan';
import { hashPlan } from '../plan/hash-desired';
import type { Plan, TaskId } from '../plan/plan';
import { planObject, type RunNote, runNoteObject } from './bucket-notes';
import type { Crash } from './crash-points';
import type { Objects } from './objects';
import type { Queue } from './queue';
import { recordsBehind } from './records-behind';
import { readRevision } from './revision';
import { type NetworkRow, type Run, type RunId, runId } from './run';
import type { OpenItem, RunStore } from './store';
import { type Dependent, REPORT, type TaskDefinition, taskMessage } from './task';

export interface StartDeps {
  runs: RunStore;
  queue: Queue;
  objects: Objects;
  clock: Clock;
  crash: Crash;
}

/** Null where another run took the network first: that one plans the latest revision too. */
export async function startRun(deps: StartDeps, network: NetworkRow): Promise<RunId | null> {
  const behind = await recordsBehind(deps, network.name, network);
  if (behind !== null) throw new TrunklineError('RecordsBehind', behind);
  // A plan that is not legal must fail here, before the network is taken by a run that can never start.
  await planFor(deps, network, network.latestObject, network.latest);
  const id = runId(network.name, network.incarnation, network.runs + 1);
  await noteNextRun(deps, network);
  deps.crash('start/open-run-noted');
  const taken = await deps.runs.writeNetwork({ ...network, activeRun: id, lastRun: id, runs: network.runs + 1 });
  if (!taken) return null;
  deps.crash('start/network-taken');
  await completeStart(deps, id, network.name);
  return id;
}

/** Idempotent: every write expects not to exist, and the plan follows from records that nobody else changes now. */
export async function completeStart(deps: StartDeps, id: RunId, name: string): Promise<void> {
  const network = await deps.runs.readNetwork(name);
  // Ended by now, or another one's: whoever noted it as open finds that out.
  if (network?.activeRun !== id) return;
  const standing = await deps.runs.readRun(id);
  if (standing && standing.state !== 'starting') return stopIfOutdated(deps, standing);
  const { run, plan } = await writeRun(deps, id, network);
  await deps.runs.createTasks(definitions(run.id, plan), deps.clock.now());
  deps.crash('start/tasks-written');
  await deps.runs.moveRun(id, ['starting'], 'ready');
  deps.crash('start/ready');
  await stopIfOutdated(deps, run);
  await sendFirst(deps, run.id, plan);
}

/**
 * Of a run that was noted as open long ago and never began. Whoever noted it may be dead, or may yet record its revision or
 * take the network, frozen in between: forgotten now, its run would be swept by nobody. So what the network waits for is
 * started. For the rest the row moves first: then whoever stands still with it finds its own move refused, and what it
 * notes to try again is another note, which stays.
 */
export async function takeUpStart(deps: StartDeps, item: OpenItem): Promise<void> {
  const id = item.id as RunId;
  const network = await deps.runs.readNetwork(item.network);
  if (network?.activeRun === id) return completeStart(deps, id, network.name);
  const next = network && runId(network.name, network.incarnation, network.runs + 1);
  const waits = network && network.activeRun === null && network.latest > 0 && network.live !== network.latest;
  if (waits && next === id) await startRun(deps, network);
  else if (!network || (await deps.runs.writeNetwork(network))) await deps.runs.forgetOpen(item);
}

/** Before its revision is recorded, so that the sweep knows of it whatever becomes of who recorded it. */
export const noteNextRun = (
  { runs, clock }: Pick<StartDeps, 'runs' | 'clock'>,
  { name, incarnation, runs: started }: NetworkRow,
): Promise<void> =>
  runs.noteOpen({ kind: 'run', id: runId(name, incarnation, started + 1), network: name, at: clock.now() });

/**
 * The row that stands decides the plan: of two that complete a start, one wrote it. The plan is stored before the row, and
 * never made again: to whoever comes late, the records may be those that the run itself has left since.
 */
async function writeRun(deps: StartDeps, id: RunId, network: NetworkRow): Promise<{ run: Run; plan: Plan }> {
  const plan = await planFor(deps, network, network.latestObject, network.latest);
  const body = canonicalJson(plan as unknown as Json);
  await deps.objects.put(planObject(network.name, id, plan.hash), body, 'application/json');
  deps.crash('start/plan-stored');
  await deps.runs.createRun({
    id,
    network: network.name,
    incarnation: network.incarnation,
    revision: network.latest,
    topologyObject: network.latestObject,
    planHash: plan.hash,
    state: 'starting',
    startedAt: deps.clock.now(),
    endedAt: null,
    outcome: null,
    seal: null,
  });
  deps.crash('start/run-written');
  const run = await deps.runs.readRun(id);
  invariant(run, `run ${id} was just written`);
  await noteRun(deps, run, network.source);
  return { run, plan: run.planHash === plan.hash ? plan : await storedPlan(deps, run) };
}

/** Whoever wrote the run's row had stored it, and its hash says that it is the same. */
async function storedPlan({ objects }: StartDeps, { id, network, planHash }: Run): Promise<Plan> {
  const bytes = await objects.get(planObject(network, id, planHash));
  invariant(bytes, `the plan ${planHash} of ${id} was stored and is gone`);
  const plan = fromStored(anObject, new TextDecoder().decode(bytes), `the plan of ${id}`);
  invariant(hashPlan(plan) === planHash, `the plan of ${id} is not as it was stored`);
  return plan;
}

/** What it holds is the planner's affair, and its hash says that it is that. */
const anObject = z.custom<Plan>((value) => typeof value === 'object' && value !== null);

async function noteRun({ objects }: StartDeps, run: Run, source: string): Promise<void> {
  const { id, network, incarnation, revision, topologyObject, planHash, startedAt } = run;
  const note: RunNote = { run: id, network, incarnation, source, revision, topologyObject, planHash, startedAt };
  const body = canonicalJson(withFormat(note) as unknown as Json);
  await objects.put(runNoteObject(network, id), body, 'application/json');
}

async function planFor(deps: StartDeps, network: NetworkRow, object: string, revision: number): Promise<Plan> {
  const bytes = await deps.objects.get(object);
  invariant(bytes, `revision ${revision} of ${network.name} is recorded and its object ${object} is gone`);
  const topology = readRevision(bytes, object);
  invariant(topology, `revision ${revision} of ${network.name} was accepted and does not parse`);
  const recorded = await deps.runs.allRecords({ network: network.name, incarnation: network.incarnation });
  const input = { topology, revision, base: network.live, recorded };
  const plan = createPlan(input);
  const violations = checkPlan(plan, input);
  invariant(violations.length === 0, `the plan is no legal consequence of its inputs: ${violations.join('; ')}`);
  return plan;
}

/** The plan's tasks as rows, and the report, which waits for those that free nobody. */
export function definitions(run: RunId, plan: Plan): TaskDefinition[] {
  const tasks = plan.tasks.filter((task) => task.action !== 'keep');
  const dependents = new Map<TaskId, Dependent[]>(tasks.map((task) => [task.id, []]));
  for (const { id, step, edges } of tasks)
    edges.forEach((edge, ordinal) => {
      dependents.get(edge)?.push({ id, step, ordinal });
    });
  const last = tasks.filter((task) => dependents.get(task.id)?.length === 0).map((task) => task.id);
  last.forEach((id, ordinal) => {
    dependents.get(id)?.push({ id: REPORT, step: 'report', ordinal });
  });
  const rows = tasks.map(
    ({ id, resource, step, kind, action, desired, desiredHash, adopts, needs, edges }): TaskDefinition => ({
      run,
      id,
      resource,
      step,
      kind,
      action,
      desired,
      desiredHash,
      adopts,
      needs,
      edges,
      dependents: dependents.get(id) ?? [],
    }),
  );
  return [...rows, reportTask(run, last)];
}

const reportTask = (run: RunId, edges: TaskId[]): TaskDefinition => ({
  run,
  id: REPORT,
  resource: null,
  step: 'report',
  kind: 'report',
  action: 'create',
  desired: null,
  desiredHash: null,
  adopts: null,
  needs: [],
  edges,
  dependents: [],
});

/** W5: an active run is only told to stop; its end plans the latest revision. One that is still starting reads the row again itself. */
export async function stopOrStart(deps: StartDeps, row: NetworkRow): Promise<RunId | null> {
  if (row.activeRun === null) return startRun(deps, row);
  await deps.runs.moveRun(row.activeRun, ['ready'], 'stopping');
  return null;
}

/** A revision that came while the run was starting found nothing to stop, or its intake died before it did (W5). */
export async function stopIfOutdated(deps: StartDeps, run: Run): Promise<void> {
  const network = await deps.runs.readNetwork(run.network);
  if (network && network.activeRun === run.id && network.latest > run.revision)
    await deps.runs.moveRun(run.id, ['ready'], 'stopping');
}

async function sendFirst(deps: StartDeps, run: RunId, plan: Plan): Promise<void> {
  const tasks = definitions(run, plan);
  for (const { id, step, edges } of tasks)
    if (edges.length === 0) await deps.queue.send(step, { ...taskMessage(run, id, 0) }, durationMs(0));
}
