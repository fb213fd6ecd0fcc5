import type { Topology } from '../topology/topology';
import { STEP_OF } from './desired';
import { desiredResources } from './desired-resources';
import { hashPlan } from './hash-desired';
import { type Change, isWork } from './passes/change';
import { connectTasks } from './passes/connect-tasks';
import { containersOf } from './passes/containers';
import { diffResources } from './passes/diff-resources';
import { openBeforeClose } from './passes/open-before-close';
import { orderRemovals } from './passes/order-removals';
import { orderTasks } from './passes/order-tasks';
import { splitReplacements } from './passes/split-replacements';
import { type Action, type Plan, type PlanSummary, removalBefore, type Task } from './plan';
import type { RecordedResource } from './recorded';

export interface PlanInput {
  topology: Topology;
  /** The revision that the topology is. */
  revision: number;
  /** The live revision; null for the first. */
  base: number | null;
  /** Everything that the network's records hold, in any order. */
  recorded: readonly RecordedResource[];
}

/** A function of its input alone: the same input gives the same bytes, and nothing is touched. */
export function createPlan({ topology, revision, base, recorded }: PlanInput): Plan {
  const wanted = desiredResources(topology);
  const adopt = new Map(topology.adopt.map(({ resource, cloudId }) => [resource, cloudId]));
  const changes = splitReplacements(diffResources(wanted, recorded, adopt));
  const containers = containersOf(changes, recorded);
  const needs = connectTasks(changes, wanted, recorded);
  // Where the records do not tell, removals are one line already, and what is added cannot come before all of it.
  const removals = orderRemovals(changes, needs);
  const kept = changes.filter((change) => !isWork(change)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const tasks = [
    ...kept.map((change) => keptTask(change, containers.get(change.id) ?? [])),
    ...orderTasks({ changes, needs, containers, sequence: removals.length > 0 ? removals : openBeforeClose(changes) }),
  ];
  const plan = { format: 1 as const, network: topology.name, revision, base, tasks, summary: summaryOf(tasks) };
  return { ...plan, hash: hashPlan(plan) };
}

const keptTask = ({ id, resource, kind, desired, desiredHash, generation }: Change, containers: string[]): Task => ({
  id,
  resource,
  step: STEP_OF[kind],
  kind,
  action: 'keep',
  desired,
  desiredHash,
  adopts: null,
  generation,
  needs: [],
  after: [],
  edges: [],
  containers,
});

function summaryOf(tasks: readonly Task[]): PlanSummary {
  const count = (action: Action) => tasks.filter((task) => task.action === action).length;
  const replace = tasks.filter(({ id, resource }) => id === removalBefore(resource)).length;
  return {
    create: count('create') - replace,
    update: count('update'),
    replace,
    remove: count('remove') - replace,
    adopt: count('adopt'),
    keep: count('keep'),
  };
}
