/**
 * What taking a revision in would do to what is live, before it is: its plan, the pairs that it interrupts, and why
 * somebody must agree to it. Nothing is touched.
 */
import { type Interruption, interruptionsOf } from '../network/interruptions';
import { policiesOf, reasonsToAsk } from '../plan/approval';
import { createPlan } from '../plan/create-plan';
import type { DesiredResource } from '../plan/desired';
import { desiredResources } from '../plan/desired-resources';
import { monthlyCost, parsePrices } from '../plan/monthly-cost';
import type { Plan } from '../plan/plan';
import { protectedLosses } from '../plan/protection';
import { statesOf } from '../plan/states';
import type { Problem } from '../problem';
import { readApproval } from '../topology/read-settings';
import type { ApprovalPolicy, Topology } from '../topology/topology';
import type { Objects } from './objects';
import { readRevision } from './revision';
import type { NetworkRow } from './run';
import type { RunStore } from './store';

export interface Foresight {
  plan: Plan;
  interruptions: Interruption[];
  policies: ApprovalPolicy[];
  /** Why somebody must agree; empty: nobody must. */
  reasons: string[];
  /** Of the deployment's settings, and of what is protected. */
  problems: Problem[];
}

/** Who runs the deployment writes these; the functions only read them. */
export const APPROVAL_SETTINGS = 'settings/approval.yaml';
export const PRICE_SETTINGS = 'settings/prices.yaml';

export interface ForesightDeps {
  runs: Pick<RunStore, 'allRecords'>;
  objects: Pick<Objects, 'get'>;
}

/** `row`: null where the network is new. */
export async function foresee(deps: ForesightDeps, next: Topology, row: NetworkRow | null): Promise<Foresight> {
  const [before, deployment] = await Promise.all([liveTopology(deps, row), deploymentPolicy(deps)]);
  const recorded = row ? await deps.runs.allRecords({ network: row.name, incarnation: row.incarnation }) : [];
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
    reasons: reasonsToAsk(policies, change),
    problems: [...deployment.problems, ...prices.problems, ...(before ? protectedLosses(plan, recorded, before) : [])],
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
