// Time and memory of `plan` and `prove` for 1,000 offices in 20 VPCs.
import { plannedModel } from '../shared/network/planned-model';
import { prove } from '../shared/network/prove';
import { checkPlan } from '../shared/plan/check-plan';
import { createPlan } from '../shared/plan/create-plan';
import { desiredResources } from '../shared/plan/desired-resources';
import { parseTopology } from '../shared/topology/parse-topology';
import { topologyText } from './topologies';

const text = topologyText({ vpcs: 20, offices: 1_000 });
const rows: Record<string, string | number>[] = [];

function timed<T>(name: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  rows.push({
    stage: name,
    ms: Math.round(performance.now() - started),
    'rss MB': Math.round(process.memoryUsage().rss / 1e6),
  });
  return result;
}

const { topology } = timed('parse and lint', () => parseTopology(text, 'bench.yaml'));
if (!topology) throw new Error('the bench topology does not parse');
const input = { topology, revision: 1, base: null, recorded: [] };
const plan = timed('plan', () => createPlan(input));
timed('check the plan', () => checkPlan(plan, input));
const model = timed('planned model', () => plannedModel(topology, desiredResources(topology)));
const proof = timed('prove', () => prove(topology, model));
console.table(rows);
console.log(
  `${plan.tasks.length} tasks, ${proof.summary.sitePairs.reachable} of ${proof.summary.sitePairs.total} site pairs`,
);
