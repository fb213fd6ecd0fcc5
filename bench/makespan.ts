// How long a run takes at the service's durations, in virtual time, against its plan's longest path; and how many calls
// to the cloud a resource costs.
import { runId } from '../shared/engine/run';
import { createPlan } from '../shared/plan/create-plan';
import { criticalPath } from '../shared/plan/critical-path';
import { ROUGH_SECONDS } from '../shared/plan/rough-seconds';
import { parseTopology } from '../shared/topology/parse-topology';
import { virtualCloud } from '../test/in-process/virtual-run';
import { accountFor, type Size, topologyText } from './topologies';

const SIZES: Size[] = [
  { vpcs: 2, offices: 4 },
  { vpcs: 4, offices: 40 },
  { vpcs: 40, offices: 400 },
];

async function measure(size: Size): Promise<Record<string, number | string>> {
  const text = topologyText(size);
  const { topology, problems } = parseTopology(text, 'bench.yaml');
  if (!topology) throw new Error(JSON.stringify(problems.filter(({ severity }) => severity === 'error').slice(0, 5)));
  const plan = createPlan({ topology, revision: 1, base: null, recorded: [] });
  const path = criticalPath(plan, (kind) => ROUGH_SECONDS[kind]);
  const cloud = await virtualCloud(accountFor(size));
  const started = performance.now();
  const reply = await cloud.submit(text);
  if (reply.kind !== 'accepted') throw new Error(JSON.stringify(reply.problems.slice(0, 5)));
  const intakeCalls = cloud.asked.length;
  const { run, elapsed } = await cloud.runToEnd(runId(topology.name, '00000001', 1));
  const calls = cloud.asked.length - intakeCalls;
  return {
    offices: size.offices,
    vpcs: size.vpcs,
    tasks: plan.tasks.length,
    outcome: run.outcome ?? '-',
    'makespan s': Math.round(elapsed / 1_000),
    'longest path s': path.seconds,
    ratio: Number((elapsed / 1_000 / path.seconds).toFixed(2)),
    calls,
    'calls/resource': Number((calls / plan.tasks.length).toFixed(1)),
    'wall s': Number(((performance.now() - started) / 1_000).toFixed(1)),
  };
}

async function main(): Promise<void> {
  const rows: Record<string, number | string>[] = [];
  for (const size of SIZES) rows.push(await measure(size));
  console.table(rows);
}

void main();
