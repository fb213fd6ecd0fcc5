/** A network that is live and edited on the local cloud's world, looked at after every step that changed something. */
import { readNetwork } from '../../shared/alicloud/read-network';
import { minutes } from '../../shared/clock';
import type { Outage } from '../../shared/engine/leave';
import type { Run } from '../../shared/engine/run';
import type { SubmitReply } from '../../shared/engine/submit-topology';
import type { PairProof } from '../../shared/network/proof';
import { prove } from '../../shared/network/prove';
import { createPlan } from '../../shared/plan/create-plan';
import { parseTopology } from '../../shared/topology/parse-topology';
import type { Topology } from '../../shared/topology/topology';
import type { VirtualCloud } from '../in-process/virtual-run';

export interface LiveEdit {
  run: Run;
  /** Actions of the calls that changed something, in order. */
  written: string[];
  /** Those told of before, by `from to port`. */
  announced: string[];
  /** Those that had their way before and after, and not at some step in between. */
  lost: string[];
  /** Tasks that are not done, and what the next plan still has to do. */
  left: string[];
}

const topologyOf = (text: string): Topology => {
  const { topology, problems } = parseTopology(text, 'topology.yaml');
  if (!topology) throw new Error(JSON.stringify(problems));
  return topology;
};

export async function editLive(cloud: VirtualCloud, from: string, to: string): Promise<LiveEdit> {
  const [before, after] = [topologyOf(from), topologyOf(to)];
  const reply = await cloud.submit(to);
  const outage = reply.kind === 'refused' ? reply.outage : null;
  const run = runOf(outage ? await cloud.submit(to, outage.plan) : reply);
  const first = cloud.asked.length;
  const lost = await lostOnTheWay(cloud, run, { before, after });
  const ended = await cloud.runs.readRun(run);
  if (!ended) throw new Error(`no run ${run}`);
  return {
    run: ended,
    written: cloud.asked.slice(first).flatMap(({ action }) => (READS.test(action) ? [] : [action])),
    announced: namesOf(outage),
    lost,
    left: await whatIsLeft(cloud, ended, after),
  };
}

/** Intake's reply to the edited file, with leave for what it interrupts. */
export async function beginEdit(cloud: VirtualCloud, to: string): Promise<Run['id']> {
  const reply = await cloud.submit(to);
  const outage = reply.kind === 'refused' ? reply.outage : null;
  return runOf(outage ? await cloud.submit(to, outage.plan) : reply);
}

const READS = /^(Describe|List|Get|Check)/;

function runOf(reply: SubmitReply): Run['id'] {
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  return reply.run;
}

const namesOf = (outage: Outage | null): string[] => (outage?.pairs ?? []).map(nameOf).sort();
const nameOf = ({ from, to, port }: Pick<PairProof, 'from' | 'to' | 'port'>): string => `${from} ${to} ${port ?? '-'}`;

interface Both {
  before: Topology;
  after: Topology;
}

async function lostOnTheWay(cloud: VirtualCloud, run: Run['id'], both: Both): Promise<string[]> {
  negotiate(cloud);
  const start = await reachableNow(cloud, both.before);
  const states: Set<string>[] = [];
  for (let seen = cloud.asked.length; ; ) {
    const { messages } = await cloud.runToEnd(run, 1);
    if (messages === 0) break;
    const changed = cloud.asked.slice(seen).some(({ action }) => !READS.test(action));
    seen = cloud.asked.length;
    if (!changed) continue;
    states.push(new Set([...(await reachableNow(cloud, both.before)), ...(await reachableNow(cloud, both.after))]));
    seen = cloud.asked.length;
  }
  negotiate(cloud);
  const end = await reachableNow(cloud, both.after);
  const stays = [...start].filter((name) => end.has(name));
  return stays.filter((name) => states.some((state) => !state.has(name))).sort();
}

/** Every device runs its pack at once, and needs some seconds for it. */
const negotiate = (cloud: VirtualCloud): void => cloud.inProcess.clock.advance(minutes(1));

/** By the proof on what is there, negotiated tunnels included. */
async function reachableNow(cloud: VirtualCloud, topology: Topology): Promise<Set<string>> {
  const row = await cloud.runs.readNetwork(topology.name);
  const recorded = await cloud.runs.allRecords({ network: topology.name, incarnation: row?.incarnation ?? '' });
  const model = await readNetwork({ topology, recorded, tunnels: 'negotiated', cloud: cloud.cloud });
  return new Set(
    prove(topology, model)
      .pairs.filter(({ reachable, wanted }) => reachable && wanted)
      .map(nameOf),
  );
}

async function whatIsLeft({ runs }: VirtualCloud, run: Run, topology: Topology): Promise<string[]> {
  const row = await runs.readNetwork(run.network);
  const recorded = await runs.allRecords({ network: run.network, incarnation: run.incarnation });
  const plan = createPlan({ topology, revision: (row?.latest ?? 0) + 1, base: row?.live ?? null, recorded });
  return [
    ...(await runs.readTasks(run.id)).flatMap(({ id, state, failure }) =>
      state === 'done' ? [] : [`${id} is ${state}: ${failure?.code} ${failure?.message}`],
    ),
    ...plan.tasks.flatMap(({ id, action }) => (action === 'keep' ? [] : [`${action} ${id} is still to do`])),
  ];
}
