/**
 * What taking a revision in would do to what is live, before it is: its plan, the pairs that it interrupts, and why
 * somebody must agree to it. Nothing is touched.
 */
import { type Interruption, interruptionsOf } from '../network/interruptions';
import { policiesOf, reasonsToAsk } from '../plan/approval';
import { createPlan } from '../plan/create-plan';
import type { DesiredResource } from '../plan/desired';
import { desiredResources } from '../plan/desired-resources';
import { keptKeysToMake } from '../plan/kept-keys';
import { monthlyCost, parsePrices } from '../plan/monthly-cost';
import type { Plan } from '../plan/plan';
import { protectedLosses } from '../plan/protection';
import type { RecordedResource } from '../plan/recorded';
import { statesOf } from '../plan/states';
import type { Problem } from '../problem';
import { readApproval } from '../topology/read-settings';
import type { ApprovalPolicy, Topology } from '../topology/topology';
import type { Objects } from './objects';
import { emptyRecord } from './record';
import { readRevision } from './revision';
import type { NetworkRow } from './run';
import type { RunStore } from './store';
import type { Task } from './task';

export interface Foresight {
  plan: Plan;
  interruptions: Interruption[];
  policies: ApprovalPolicy[];
  /** A run is at work, and somewhere on its way this would need leave: which plan that is, only its end tells. */
  isUnsettled: boolean;
  /** Why somebody must agree; empty: nobody must. */
  reasons: string[];
  /** Of the deployment's settings, and of what is protected. */
  problems: Problem[];
}

/** Who runs the deployment writes these; the functions only read them. */
export const APPROVAL_SETTINGS = 'settings/approval.yaml';
export const PRICE_SETTINGS = 'settings/prices.yaml';

export interface ForesightDeps {
  runs: Pick<RunStore, 'readTasks'>;
  objects: Pick<Objects, 'get'>;
}

export async function foresee(deps: ForesightDeps, next: Topology, { row, recorded }: From): Promise<Foresight> {
  const now = await foreseeFrom(deps, next, { row, recorded });
  if (!row?.activeRun) return now;
  const tasks = await deps.runs.readTasks(row.activeRun);
  const then = await foreseeFrom(deps, next, { row, recorded: atItsEnd(recorded, tasks) });
  return { ...now, isUnsettled: needsLeave(now) || needsLeave(then), problems: [...now.problems, ...then.problems] };
}

const needsLeave = ({ reasons, interruptions }: Foresight): boolean => reasons.length > 0 || interruptions.length > 0;

/**
 * The other end of what the run at work may leave: each of its tasks done. Wherever it stops, each resource is as it is now
 * or as it is then, and so is what the next plan does with it.
 */
function atItsEnd(recorded: readonly RecordedResource[], tasks: readonly Task[]): RecordedResource[] {
  const records = new Map(recorded.map((record) => [record.id, record]));
  for (const { id, resource, desired, desiredHash } of tasks) {
    // What is removed to be made anew stands in the end.
    if (resource === null || id !== resource) continue;
    const record = records.get(resource);
    if (desired === null) records.delete(resource);
    else
      records.set(resource, {
        ...(record ?? emptyRecord(resource, desired, 1)),
        cloudId: record?.cloudId ?? 'to-be',
        desired,
        desiredHash,
      });
  }
  return [...records.values()];
}

export interface From {
  /** Null where the network is new. */
  row: NetworkRow | null;
  recorded: readonly RecordedResource[];
}

async function foreseeFrom(deps: ForesightDeps, next: Topology, { row, recorded }: From): Promise<Foresight> {
  const [before, deployment] = await Promise.all([liveTopology(deps, row), deploymentPolicy(deps)]);
  const plan = createPlan({ topology: next, revision: (row?.latest ?? 0) + 1, base: row?.live ?? null, recorded });
  const interruptions = before ? interruptionsOf({ before, after: next, states: statesOf(plan, recorded) }) : [];
  const policies = [...deployment.policies, ...policiesOf(before, next)];
  const wanted = desiredResources(next);
  const prices = await pricesFor(deps, policies, wanted);
  const change = { plan, recorded, before, after: next, interrupted: interruptions.length, monthlyCost: prices.cost };
  return {
    plan,
    interruptions,
    policies,
    isUnsettled: false,
    reasons: reasonsToAsk(policies, change),
    problems: [
      ...deployment.problems,
      ...prices.problems,
      ...keptKeysToMake(plan),
      ...(before ? protectedLosses(plan, recorded, before) : []),
    ],
  };
}

async function liveTopology({ objects }: ForesightDeps, row: NetworkRow | null): Promise<Topology | null> {
  const bytes = row?.liveObject ? await objects.get(row.liveObject) : null;
  return bytes && row?.liveObject ? readRevision(bytes, row.liveObject) : null;
}

/** Settings that cannot be read refuse every revision: to go on without them would be to go on without leave. */
async function deploymentPolicy({
  objects,
}: ForesightDeps): Promise<{ policies: ApprovalPolicy[]; problems: Problem[] }> {
  const bytes = await objects.get(APPROVAL_SETTINGS);
  if (!bytes) return { policies: [], problems: [] };
  const read = readApproval(bytes, APPROVAL_SETTINGS);
  if ('problem' in read) return { policies: [], problems: [read.problem] };
  return { policies: read.value ? [read.value] : [], problems: [] };
}

async function pricesFor(
  { objects }: ForesightDeps,
  policies: readonly ApprovalPolicy[],
  wanted: readonly DesiredResource[],
): Promise<{ cost: number | null; problems: Problem[] }> {
  const unknown = { cost: null, problems: [] };
  if (policies.every(({ unless }) => unless === null || unless.monthlyCostBelow === null)) return unknown;
  const bytes = await objects.get(PRICE_SETTINGS);
  if (!bytes) return unknown;
  const read = parsePrices(bytes, PRICE_SETTINGS);
  // The rule is not kept then, and says so: somebody is asked.
  if ('problem' in read) return { cost: null, problems: [{ ...read.problem, severity: 'warning' }] };
  return { cost: monthlyCost(wanted, read.value), problems: [] };
}
