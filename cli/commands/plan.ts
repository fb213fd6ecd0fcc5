import { createPlan } from '../../shared/plan/create-plan';
import { drawPlan } from '../../shared/plan/draw-plan';
import type { Plan } from '../../shared/plan/plan';
import type { RecordedResource } from '../../shared/plan/recorded';
import type { Topology } from '../../shared/topology/topology';
import { type Command, type CommandContext, LOCAL_OPTION, type Options } from '../command';
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
    const { live, latest, recorded } = await standing(context, topology, options);
    const made = createPlan({ topology, revision: latest + 1, base: live, recorded });
    const changes = made.tasks.some((task) => task.action !== 'keep');
    return {
      exitCode: options.detailedExitcode === true && changes ? 3 : 0,
      document: planDocument(made),
      text: `${problemsText(problems, context.terminal)}${drawPlan(made, { all: options.all === true })}\n`,
    };
  },
};

interface Standing {
  live: number | null;
  latest: number;
  recorded: RecordedResource[];
}

/** A plan from nothing needs no account; with one it is a plan from what is recorded there. */
async function standing(context: CommandContext, topology: Topology, options: Options): Promise<Standing> {
  const nothing: Standing = { live: null, latest: 0, recorded: [] };
  const connected =
    options.local === true || options.account === true || Boolean(context.environment.TRUNKLINE_ENDPOINT);
  if (!connected) return nothing;
  const { connect } = await import('../connection');
  const { runs } = await connect(context, options);
  const network = await runs.readNetwork(topology.name);
  if (!network) return nothing;
  const recorded = await runs.allRecords({ network: network.name, incarnation: network.incarnation });
  return { live: network.live, latest: network.latest, recorded };
}

export const planDocument = ({ network, revision, base, hash, tasks, summary }: Plan) => ({
  network,
  revision,
  base,
  hash,
  tasks: tasks.map(({ id, step, kind, action, needs }) => ({ id, step, kind, action, needs: [...needs] })),
  summary: { ...summary },
});
