import { readRevision } from '../../shared/engine/revision';
import { type Interruption, interruptionsOf } from '../../shared/network/interruptions';
import { createPlan } from '../../shared/plan/create-plan';
import { drawPlan } from '../../shared/plan/draw-plan';
import type { Plan } from '../../shared/plan/plan';
import type { RecordedResource } from '../../shared/plan/recorded';
import { statesOf } from '../../shared/plan/states';
import type { Topology } from '../../shared/topology/topology';
import { type Command, type CommandContext, LOCAL_OPTION, type Options } from '../command';
import { interruptionsText } from '../interruptions-view';
import { pairChanges, pairsDocument, pairsText } from '../pairs-view';
import { problemsResult, problemsText, readTopologyFile } from '../read-topology';

export const plan: Command = {
  summary: 'show what applying a topology file would make, in which order, and what it costs in calls',
  argument: '<file>',
  options: [
    LOCAL_OPTION,
    { flags: '--account', summary: 'compare with what is recorded in the account' },
    { flags: '--all', summary: 'list every task, however many there are' },
    { flags: '--detailed-exitcode', summary: 'exit with 3 where there is a difference' },
  ],
  run: async (context, file, options) => {
    const { topology, problems } = await readTopologyFile(context.folder, file);
    if (!topology) return problemsResult(problems, context.terminal);
    const { live, latest, recorded, before } = await standing(context, topology, options);
    const made = createPlan({ topology, revision: latest + 1, base: live, recorded });
    // What is adopted stands already, and stays as it is.
    const changes = made.tasks.some(({ action }) => action !== 'keep' && action !== 'adopt');
    const interrupted = before ? interruptionsOf({ before, after: topology, states: statesOf(made, recorded) }) : [];
    const pairs = before && pairChanges(before, topology);
    const told = `${pairs ? pairsText(pairs) : ''}${interruptionsText(interrupted, made)}`;
    const drawn = `${drawPlan(made, { all: options.all === true })}\n${told}`;
    return {
      exitCode: options.detailedExitcode === true && changes ? 3 : 0,
      document: { ...planDocument(made, interrupted), pairs: pairs && pairsDocument(pairs) },
      text: `${problemsText(problems, context.terminal)}${drawn}`,
    };
  },
};

interface Standing {
  live: number | null;
  latest: number;
  recorded: RecordedResource[];
  /** The revision that is live. */
  before: Topology | null;
}

/** A plan from nothing needs no account; with one it is a plan from what is recorded there. */
async function standing(context: CommandContext, topology: Topology, options: Options): Promise<Standing> {
  const nothing: Standing = { live: null, latest: 0, recorded: [], before: null };
  const connected =
    options.local === true || options.account === true || Boolean(context.environment.TRUNKLINE_ENDPOINT);
  if (!connected) return nothing;
  const { connect } = await import('../connection');
  const { runs, objects } = await connect(context, options);
  const network = await runs.readNetwork(topology.name);
  if (!network) return nothing;
  const recorded = await runs.allRecords({ network: network.name, incarnation: network.incarnation });
  const bytes = network.liveObject === null ? null : await objects.get(network.liveObject);
  const before = bytes && network.liveObject ? readRevision(bytes, network.liveObject) : null;
  return { live: network.live, latest: network.latest, recorded, before };
}

export const planDocument = (
  { network, revision, base, hash, tasks, summary }: Plan,
  interrupted: readonly Interruption[] = [],
) => ({
  network,
  revision,
  base,
  hash,
  tasks: tasks.map(({ id, step, kind, action, needs }) => ({ id, step, kind, action, needs: [...needs] })),
  summary: { ...summary },
  interruptions: interrupted.map((one) => ({ ...one })),
});
