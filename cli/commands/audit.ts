import { between } from '../../shared/clock';
import { auditRun, type Evidence, type Finding } from '../../shared/engine/audit';
import type { RunEvent } from '../../shared/engine/event';
import type { Run, RunId } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { type Command, LOCAL_OPTION } from '../command';
import { type Connection, connect } from '../connection';
import { readReport } from '../follow-run';
import { clockText } from '../progress';
import type { Terminal } from '../terminal';

export const audit: Command = {
  summary: 'show what a run did, call by call; --verify tells whether its history was tampered with',
  argument: '<network>',
  options: [
    { flags: '--run <run>', summary: "another run than the network's last" },
    { flags: '--verify', summary: 'recompute the chains and compare them with the seal' },
    LOCAL_OPTION,
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const run = await chosenRun(connection, name, options.run === undefined ? null : String(options.run));
    const evidence = await evidenceOf(connection, run);
    const { events } = evidence;
    const findings = options.verify === true ? auditRun(evidence) : null;
    const tampered = findings?.some(({ severity }) => severity === 'tampered') ?? false;
    const { network, id, revision, state, outcome, seal } = run;
    return {
      exitCode: tampered ? 3 : 0,
      document: {
        network,
        run: id,
        revision,
        state,
        outcome,
        seal,
        events: events.map((event) => ({ ...event, calls: event.calls.map((call) => ({ ...call })) })),
        verified: findings === null ? null : !tampered,
        findings: (findings ?? []).map((finding) => ({ ...finding })),
      },
      text: findings === null ? timelineText(run, events) : verdictText(run, events, findings, context.terminal),
    };
  },
};

async function chosenRun({ runs }: Connection, name: string, stated: string | null): Promise<Run> {
  const network = await runs.readNetwork(name);
  if (!network || network.latest === 0) throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
  const id = stated ?? network.activeRun ?? network.lastRun;
  const run = id === null ? null : await runs.readRun(id as RunId);
  if (run?.network !== name) throw new TrunklineError('RunUnknown', `${name} has no run ${id ?? 'yet'}`);
  return run;
}

/** A run at work goes on meanwhile: an entry is written before its head, so the heads are read before the entries. */
async function evidenceOf(connection: Connection, run: Run): Promise<Evidence> {
  const tasks = await connection.runs.readTasks(run.id);
  const report = await readReport(connection, run);
  return { run, tasks, report, events: await connection.runs.readEvents(run.id) };
}

/** One line an entry, one more for each call, within 80 columns where the names allow it. */
function timelineText(run: Run, events: readonly RunEvent[]): string {
  const lines = events.flatMap(({ at, task, what, calls }) => [
    `${clockText(between(run.startedAt, at))}  ${task}: ${what}`.slice(0, 160),
    ...calls.map(
      ({ action, region, code, requestId }) =>
        `       ${action}${region === null ? '' : ` ${region}`}${code === null ? '' : ` ${code}`}${requestId === null ? '' : `  ${requestId}`}`,
    ),
  ]);
  return `${run.id}, revision ${run.revision}: ${run.outcome ?? run.state}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function verdictText(run: Run, events: readonly RunEvent[], findings: readonly Finding[], { paint }: Terminal): string {
  const tampered = findings.filter(({ severity }) => severity === 'tampered');
  const lines = findings.map(({ severity, task, what }) => {
    const word = severity === 'tampered' ? paint('red', 'TAMPERED') : 'note    ';
    return `${word}  ${task ?? 'the run'}: ${what}\n`;
  });
  const verdict =
    tampered.length === 0
      ? paint('green', `${run.id}: ${events.length} entries, each in its chain's order and as it was written`)
      : paint('red', `${run.id}: its history was tampered with`);
  return `${lines.join('')}${verdict}${run.seal === null ? '' : `\nseal ${run.seal}`}\n`;
}
