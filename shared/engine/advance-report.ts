/**
 * The last task of every run: read back, prove, decide, publish, end, each its own wake. It proves on what the cloud's
 * tables say, never on flags or on our own records.
 *
 * The outcome is decided in the task's row, which only the claim's holder moves (W2), before anything tells of it: a
 * report that a frozen holder writes late says the same as every other.
 */
import * as z from 'zod';
import { type Clock, type EpochMs, minutes, seconds } from '../clock';
import { hasCode, invariant } from '../errors';
import { checkStored, refuseOtherFormat, withFormat } from '../format';
import { type JsonObject, sha256Hex } from '../json';
import type { NetworkModel } from '../network/model';
import type { Proof } from '../network/proof';
import { prove } from '../network/prove';
import type { Topology } from '../topology/topology';
import { cloudErrorOf } from './cloud';
import type { Crash } from './crash-points';
import { type EndDeps, endRun } from './end-run';
import type { StepResult, Work } from './hold-task';
import type { Objects, WrittenKey } from './objects';
import { type Decision, publishReport } from './publish-report';
import type { ResourceRecord } from './record';
import { readRevision } from './revision';
import { OUTCOMES, type Outcome, type Run } from './run';
import { epoch } from './stored-shapes';
import { REPORT, type Task } from './task';

export interface ReportDeps extends EndDeps {
  objects: Objects;
  clock: Clock;
  crash: Crash;
  readNetworkModel(input: { topology: Topology; recorded: readonly ResourceRecord[] }): Promise<NetworkModel>;
}

/** What a wake leaves to the next one, in the task's row. */
const progressSchema = z.object({
  phase: z.enum(['prove', 'decide', 'publish', 'end']).optional(),
  /** Of the object that this phase reads: who can write to the bucket cannot have another one believed. */
  hash: z.string().optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** When that was decided. */
  at: epoch.optional(),
});

type Progress = z.infer<typeof progressSchema>;
type Phase = NonNullable<Progress['phase']>;

export const reportWork = (deps: ReportDeps): Work => ({
  deadline: () => minutes(30),
  settle: async (run, task) => {
    if (task.state !== 'done') await abandon(deps, run, task);
    // Only now: what has not ended is swept.
    await deps.runs.forgetOpen({ kind: 'run', id: run.id });
  },
  step: async (run, task) => {
    try {
      return await advanceReport(deps, run, task);
    } catch (error) {
      const detail = cloudErrorOf(error);
      if (!detail) throw error;
      const failure = { code: detail.code, message: (error as Error).message, requestId: detail.requestId };
      return { kind: 'attempt-failed', failure, what: `${detail.action}: ${detail.code}` };
    }
  },
});

/**
 * A report that cannot be made must not keep its network's run for ever (W5). What was decided stays, and is told without
 * the proof, which may be what nobody lives to tell; one that was published stays as it is.
 */
async function abandon(deps: ReportDeps, run: Run, task: Task): Promise<void> {
  const { phase, outcome = 'failed', at = deps.clock.now() } = progressSchema.catch({}).parse(task.progress);
  if (phase !== 'end') await tell(deps, run, { outcome, at, proof: null, failure: task.failure });
  await endRun(deps, run, outcome);
}

/** Without its report a run is told of by its rows; one that never ends blocks its network. */
async function tell(deps: ReportDeps, run: Run, decision: Decision): Promise<void> {
  try {
    await publishReport(deps, run, decision);
  } catch (error) {
    if (!hasCode(error, 'ObjectsUnavailable')) throw error;
  }
}

const progressOf = ({ run, progress }: Task): Progress =>
  checkStored(progressSchema, progress, `the progress of ${run}'s report`);

async function advanceReport(deps: ReportDeps, run: Run, task: Task): Promise<StepResult> {
  const { phase, hash, outcome, at } = progressOf(task);
  switch (phase) {
    case undefined:
      return run.state === 'stopping' ? next('end', { outcome: await whyStopped(deps, run) }) : readBack(deps, run);
    case 'prove':
      return proveReading(deps, run, hash);
    case 'decide':
      return decide(deps, run, hash);
    case 'publish':
      invariant(outcome && at, `the report of ${run.id} is to be published and nothing is decided`);
      await publish(deps, run, { outcome, hash, at });
      return next('end', { outcome });
    case 'end':
      invariant(outcome, `the report of ${run.id} is at its end without an outcome`);
      await endRun(deps, run, outcome);
      return { kind: 'done', what: `the run ended: ${outcome}` };
  }
}

async function whyStopped({ runs }: ReportDeps, { network, revision }: Run): Promise<Outcome> {
  const row = await runs.readNetwork(network);
  return row && row.latest > revision ? 'superseded' : 'cancelled';
}

const next = (phase: Phase, progress: JsonObject = {}): StepResult => ({
  kind: 'again',
  delay: seconds(0),
  what: `next: ${phase}`,
  progress: { ...progress, phase },
});

const modelObject = (run: Run): WrittenKey => `runs/${run.network}/${run.id}/model.json`;
const proofObject = (run: Run): WrittenKey => `runs/${run.network}/${run.id}/proof.json`;

async function readBack(deps: ReportDeps, run: Run): Promise<StepResult> {
  const topology = await topologyOf(deps, run);
  const recorded = await deps.runs.allRecords({ network: run.network, incarnation: run.incarnation });
  const model = await deps.readNetworkModel({ topology, recorded });
  const hash = await store(deps.objects, modelObject(run), model);
  deps.crash('report/read-back-stored');
  return next('prove', { hash });
}

async function proveReading(deps: ReportDeps, run: Run, hash: string | undefined): Promise<StepResult> {
  const model = await stored<NetworkModel>(deps.objects, modelObject(run), hash);
  if (model === null) return readAgain;
  const proof = prove(await topologyOf(deps, run), model);
  return next('decide', { hash: await store(deps.objects, proofObject(run), proof) });
}

/** Tasks done but the proof false: failed, not live, nothing undone. */
async function decide(deps: ReportDeps, run: Run, hash: string | undefined): Promise<StepResult> {
  const proof = await stored<Proof>(deps.objects, proofObject(run), hash);
  if (proof === null || hash === undefined) return readAgain;
  const tasks = await deps.runs.readTasks(run.id);
  const whole = tasks.every(({ id, state }) => id === REPORT || state === 'done');
  return next('publish', { outcome: whole && proof.ok ? 'succeeded' : 'failed', hash, at: deps.clock.now() });
}

/** Without the proof where somebody has put another in its place since: what was decided on it stays. */
async function publish(
  deps: ReportDeps,
  run: Run,
  { outcome, hash, at }: { outcome: Outcome; hash: string | undefined; at: EpochMs },
): Promise<void> {
  const proof = await stored<Proof>(deps.objects, proofObject(run), hash);
  await publishReport(deps, run, { outcome, at, proof, failure: null });
  deps.crash('report/published');
}

const readAgain: StepResult = {
  kind: 'again',
  // Whoever writes there may go on: the account is not to be read without a pause until the deadline.
  delay: seconds(10),
  what: 'what was stored is not what stands there; the network is read again',
  progress: {},
};

async function store(objects: Objects, key: WrittenKey, value: object): Promise<string> {
  const body = JSON.stringify(withFormat(value));
  await objects.put(key, body, 'application/json');
  return sha256Hex(body);
}

/** Not checked against a schema but against its hash: it is what an earlier wake wrote, or null. */
async function stored<T extends object>(objects: Objects, key: string, hash: string | undefined): Promise<T | null> {
  const bytes = await objects.get(key);
  if (!bytes || sha256Hex(bytes) !== hash) return null;
  const { format, ...value } = JSON.parse(new TextDecoder().decode(bytes));
  refuseOtherFormat({ format }, `the object ${key}`);
  return value as T;
}

async function topologyOf(deps: ReportDeps, run: Run): Promise<Topology> {
  const topology = readRevision(await stands(deps.objects, run.topologyObject), run.topologyObject);
  invariant(topology, `revision ${run.revision} of ${run.network} was accepted and does not parse`);
  return topology;
}

async function stands(objects: Objects, key: string): Promise<Uint8Array> {
  const bytes = await objects.get(key);
  invariant(bytes, `the object ${key} was stored and is gone`);
  return bytes;
}
