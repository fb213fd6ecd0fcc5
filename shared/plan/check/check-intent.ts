import type { Topology } from '../../topology/topology';
import { factsOfPlan } from './facts-of-plan';
import { factsOfTopology } from './facts-of-topology';
import type { PlanView } from './plan-view';

/** Everything that the topology asks for stands in the plan exactly once, and nothing besides. */
export function checkIntent(view: PlanView, topology: Topology): string[] {
  const balance = new Map<string, number>();
  const count = (statement: string, by: number) => balance.set(statement, (balance.get(statement) ?? 0) + by);
  for (const statement of factsOfTopology(topology)) count(statement, 1);
  for (const statement of factsOfPlan(view)) count(statement, -1);
  return [...balance].flatMap(([statement, difference]) => {
    if (difference > 0) return [`the topology asks for ${statement} and the plan does not have it`];
    return difference < 0 ? [`the plan has ${statement} and the topology does not ask for it`] : [];
  });
}
