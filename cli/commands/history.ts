import { lastRuns } from '../../shared/engine/earlier-revisions';
import { isDestruction } from '../../shared/engine/revision';
import type { NetworkRow, Run } from '../../shared/engine/run';
import { type Command, LOCAL_OPTION } from '../command';
import { connect } from '../connection';
import { networkRow } from '../revisions';
import type { Terminal } from '../terminal';

const SHOWN = 20;
const ALL = 1_000;

export const history: Command = {
  summary: 'list the runs of a network, newest first: which revision, when, and how it ended',
  argument: '<network>',
  options: [LOCAL_OPTION, { flags: '--all', summary: `all of them, and not only the last ${SHOWN}` }],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const row = await networkRow(connection, name);
    const runs = await lastRuns(connection.runs, row, options.all === true ? ALL : SHOWN);
    const { live, latest, question } = row;
    return {
      exitCode: 0,
      document: {
        network: name,
        live,
        latest,
        agreed: question?.revision == null ? [] : question.voices.filter(({ agrees }) => agrees).map(({ by }) => by),
        runs: runs.map((run) => ({ ...entryOf(run, row) })),
      },
      text: table(runs, row, context.terminal),
    };
  },
};

const entryOf = (
  { id, revision, state, outcome, startedAt, endedAt, topologyObject, planHash }: Run,
  row: NetworkRow,
) => ({
  run: id,
  revision,
  state,
  outcome,
  startedAt,
  endedAt,
  plan: planHash,
  live: outcome === 'succeeded' && revision === row.live,
  /** The order to take it down. */
  destroys: isDestruction(topologyObject),
});

function table(runs: readonly Run[], row: NetworkRow, { paint }: Terminal): string {
  if (runs.length === 0) return `${row.name} is at revision ${row.latest}, and nothing was run for it yet.\n`;
  const lines = runs.map((run) => {
    const { revision, state, outcome, live, destroys } = entryOf(run, row);
    const text = outcome ?? (state === 'stopping' ? 'stopping' : 'running');
    const colour = text === 'succeeded' ? 'green' : text === 'failed' ? 'red' : 'cyan';
    const marks = [...(live ? ['live'] : []), ...(destroys ? ['takes it down'] : [])].join(', ');
    const at = new Date(run.startedAt).toISOString().slice(0, 19).replace('T', ' ');
    return `${String(revision).padStart(8)}  ${at}  ${paint(colour, text.padEnd(11))} ${String(run.id).slice(-24).padEnd(24)} ${marks}`.trimEnd();
  });
  return `${'REVISION'.padStart(8)}  ${'STARTED (UTC)'.padEnd(19)}  ${'ENDED AS'.padEnd(11)} RUN\n${lines.join('\n')}\n`;
}
