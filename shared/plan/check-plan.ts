/**
 * Whether a plan is a legal consequence of its inputs. Run before every apply, on the plan as stored: what it rests on
 * is only the topology, the records and the plan's own values. It shares types and hashing with the passes and nothing
 * else, so that a mistake in one of them is not made twice.
 */

import { ancestorsOf } from './check/ancestors';
import { checkActions } from './check/check-actions';
import { checkAdmission } from './check/check-admission';
import { checkAdoptions } from './check/check-adoptions';
import { checkContainers } from './check/check-containers';
import { checkDegrees, checkEdges, checkOrder } from './check/check-graph';
import { checkIntent } from './check/check-intent';
import { checkBlindRemovals, checkNeeds } from './check/check-needs';
import { type PlanView, viewPlan } from './check/plan-view';
import type { PlanInput } from './create-plan';
import { hashPlan } from './hash-desired';
import type { Plan, PlanSummary } from './plan';

/** All violations, each naming the task it is about; empty for a legal plan. */
export function checkPlan(plan: Plan, input: PlanInput): string[] {
  const view = viewPlan(plan, input.recorded);
  const order = checkOrder(view);
  const violations = [
    ...checkHead(plan, input),
    ...checkIntent(view, input.topology),
    ...checkAdmission(view, input.topology),
    ...checkActions(view),
    ...checkAdoptions(view, input.topology),
    ...checkDegrees(view),
    ...order,
  ];
  // What follows from what is only a question where the order holds.
  return order.length > 0 ? violations : [...violations, ...checkGraph(view)];
}

function checkGraph(view: PlanView): string[] {
  const implied = ancestorsOf(view.work, (task) => task.edges);
  const needed = ancestorsOf(view.work, (task) => task.needs);
  return [
    ...checkNeeds(view, needed),
    ...checkBlindRemovals(view, implied),
    ...checkContainers(view, implied),
    ...checkEdges(view, implied),
  ];
}

function checkHead(plan: Plan, { topology, revision, base }: PlanInput): string[] {
  const violations: string[] = [];
  if (plan.format !== 1) violations.push(`format ${plan.format} is none that is known`);
  if (plan.network !== topology.name) violations.push(`made for network ${plan.network}, not ${topology.name}`);
  if (plan.revision !== revision) violations.push(`leads to revision ${plan.revision}, not ${revision}`);
  if (plan.base !== base) violations.push(`computed from revision ${plan.base}, not ${base}`);
  for (const [what, count] of Object.entries(counted(plan))) {
    const said = plan.summary[what as keyof PlanSummary];
    if (said !== count) violations.push(`the summary says ${said} to ${what}, of ${count}`);
  }
  if (plan.hash !== hashPlan(plan)) violations.push('the hash is not that of the plan');
  return violations;
}

/** What is removed and created again under its id is replaced, and neither of the two. */
function counted({ tasks }: Plan): PlanSummary {
  const summary: PlanSummary = { create: 0, update: 0, replace: 0, remove: 0, adopt: 0, keep: 0 };
  const anew = new Set(tasks.flatMap(({ id, resource }) => (id === resource ? [] : [resource])));
  for (const { id, resource, action } of tasks) {
    if (!anew.has(resource)) summary[action] += 1;
    else if (id === resource) summary.replace += 1;
  }
  return summary;
}
