import { type Command, type CommandContext, LOCAL_OPTION, type Options } from '../command';
import { foreseenResult, foreseePlan, planFromNothing } from '../foresee-plan';
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
    const foreseen = isAsked(context, options)
      ? await foreseePlan(await connection(context, options), topology)
      : planFromNothing(topology);
    // What is adopted stands already, and stays as it is.
    const changes = foreseen.plan.tasks.some(({ action }) => action !== 'keep' && action !== 'adopt');
    const { exitCode, document, text } = foreseenResult(foreseen, context.terminal, { all: options.all === true });
    return {
      exitCode: exitCode === 0 && options.detailedExitcode === true && changes ? 3 : exitCode,
      document,
      text: `${problemsText(problems, context.terminal)}${text}`,
    };
  },
};

const isAsked = ({ environment }: CommandContext, options: Options): boolean =>
  options.local === true || options.account === true || Boolean(environment.TRUNKLINE_ENDPOINT);

async function connection(context: CommandContext, options: Options) {
  const { connect } = await import('../connection');
  return connect(context, options);
}
