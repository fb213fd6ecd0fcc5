/**
 * The last task of every run: read back, prove, publish, end, each its own wake. It proves on what the cloud's tables
 * say, never on flags or on our own records.
 */
import { type Clock, minutes, seconds } from '../clock';
import { hasCode, invariant } from '../errors';
import type { JsonObject } from '../json';
import type { NetworkModel } from '../network/model';
import type { Proof } from '../network/proof';
import { prove } from '../network/prove';
import { parseTopology } from '../topology/parse-topology';
import type { Topology } from '../topology/topology';
import { cloudErrorOf } from './cloud';
import type { Crash } from './crash-points';
import { type EndDeps, endRun } from './end-run';
import type { StepResult, Work } from './hold-task';
import type { Objects, WrittenKey } from './objects';
import { publishReport } from './publish-report';
import type { ResourceRecord } from './record';
import type { Outcome, Run } from './run';
import type { Task } from './task';

export interface ReportDeps extends EndDeps {
  objects: Objects;
  clock: Clock;
  crash: Crash;
  readNetworkModel(input: { topology: Topology; recorded: readonly ResourceRecord[] }): Promise<NetworkModel>;
}

type Phase = 'prove' | 'publish' | 'end';

export const reportWork = (deps: ReportDeps): Work => ({
  deadline: () => minutes(30),
  // A report that cannot be made must not keep its network's run for ever (W5).
  abandon: async (run, task, failure) => {
    // Its report is out, and says this.
    if (phaseOf(task) === 'end') return endRun(deps, run, task.progress.outcome as Outcome);
    await publishReport(deps, run, { proof: null, failure }).catch(unlessUnavailable);
    await endRun(deps, run, 'failed');
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

const phaseOf = (task: Task): Phase | undefined => task.progress.phase as Phase | undefined;

/** Without its report a run is told of by its rows; one that never ends blocks its network. */
function unlessUnavailable(error: unknown): void {
  if (!hasCode(error, 'ObjectsUnavailable')) throw error;
}

async function advanceReport(deps: ReportDeps, run: Run, task: Task): Promise<StepResult> {
  switch (phaseOf(task)) {
    case undefined:
      return run.state === 'stopping' ? next('end', { outcome: 'superseded' }) : readBack(deps, run);
    case 'prove':
      return proveReading(deps, run);
    case 'publish':
      return publish(deps, run);
    case 'end':
      await endRun(deps, run, task.progress.outcome as Outcome);
      return { kind: 'done', what: `the run ended: ${String(task.progress.outcome)}` };
  }
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
  await deps.objects.put(modelObject(run), JSON.stringify(model), 'application/json');
  deps.crash('report/read-back-stored');
  return next('prove');
}

async function proveReading(deps: ReportDeps, run: Run): Promise<StepResult> {
  const model = JSON.parse(await text(deps.objects, modelObject(run))) as NetworkModel;
  const proof = prove(await topologyOf(deps, run), model);
  await deps.objects.put(proofObject(run), JSON.stringify(proof), 'application/json');
  return next('publish');
}

async function publish(deps: ReportDeps, run: Run): Promise<StepResult> {
  const proof = JSON.parse(await text(deps.objects, proofObject(run))) as Proof;
  const outcome = await publishReport(deps, run, { proof, failure: null });
  deps.crash('report/published');
  return next('end', { outcome });
}

async function topologyOf(deps: ReportDeps, run: Run): Promise<Topology> {
  const { topology } = parseTopology(await text(deps.objects, run.topologyObject), run.topologyObject);
  invariant(topology, `revision ${run.revision} of ${run.network} was accepted and does not parse`);
  return topology;
}

async function text(objects: Objects, key: string): Promise<string> {
  const bytes = await objects.get(key);
  invariant(bytes, `the object ${key} was stored and is gone`);
  return new TextDecoder().decode(bytes);
}
