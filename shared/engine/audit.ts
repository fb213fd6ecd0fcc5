/**
 * Whether a run's history is what was written. Pure: what stands in tables and bucket in, findings out.
 *
 * A task's head is written together with what its holder did, under its claim; the entry itself just before. So every
 * chained entry is one that won, and an entry outside of the chain is the word of a holder that died in between or had
 * lost its claim: it is shown and proves nothing. At the run's end all heads are sealed, in the run's row and in the
 * report's object. docs/adr/0011 says who could hide what.
 */
import { hashJson, type Json } from '../json';
import { digestOf, type RunEvent } from './event';
import type { Run } from './run';
import { REPORT, type Task } from './task';

export interface Finding {
  /** `tampered`: something was changed, added or taken away. `note`: a thing to know that happens by itself. */
  severity: 'tampered' | 'note';
  /** Null where it is the whole run's. */
  task: string | null;
  what: string;
}

/** Read in this order: what is written first is read last. */
export interface Evidence {
  run: Run;
  tasks: readonly Task[];
  events: readonly RunEvent[];
  /** The report's object; null where there is none. */
  report: ReportedRun | null;
}

/** What a report says that the tasks' rows say as well. Its proof stands nowhere else: `trunkline prove` makes it anew. */
export interface ReportedRun {
  seal: string;
  outcome: string;
  tasks: { done: number; failed: number; undone: number };
  failures: readonly { task: string; code: string; message: string }[];
}

/**
 * Over the heads of all tasks but the report, whose last entries come after it. Taken when they have ended: nobody
 * holds their claims any more.
 */
export function sealOf(run: Pick<Run, 'id' | 'revision' | 'planHash'>, tasks: readonly Task[]): string {
  const heads = tasks
    .filter((task) => task.id !== REPORT)
    .map(({ id, state, chain }) => [id, state, chain.length, chain.digest] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const { id, revision, planHash } = run;
  return hashJson([id, revision, planHash, heads as unknown as Json]);
}

export function auditRun(evidence: Evidence): Finding[] {
  const { tasks, events } = evidence;
  const known = new Set<string>(tasks.map(({ id }) => id));
  const strangers = [...new Set(events.map(({ task }) => task))].filter((task) => !known.has(task));
  return [
    ...strangers.map((task): Finding => tampered(task, 'there are entries of it, and the run has no such task')),
    ...tasks.flatMap((task) =>
      auditTask(
        task,
        events.filter((event) => event.task === task.id),
      ),
    ),
    ...auditSeal(evidence),
  ];
}

function auditTask(task: Task, events: readonly RunEvent[]): Finding[] {
  const { id, chain } = task;
  if (chain.length === 0 && task.state !== 'open') return [tampered(id, 'it has ended, and its history is empty')];
  const byDigest = new Map(events.map((event) => [digestOf(event), event]));
  const won = new Set<RunEvent>();
  const findings: Finding[] = [];
  let digest = chain.digest;
  for (let number = chain.length; number >= 1; number -= 1) {
    const event = byDigest.get(digest);
    if (!event) {
      findings.push(tampered(id, missing(events, number, chain.length)));
      break;
    }
    if (event.number !== number) {
      findings.push(tampered(id, `entry ${number} says that it is entry ${event.number}`));
      break;
    }
    won.add(event);
    digest = event.previous;
  }
  if (findings.length === 0 && digest !== '') findings.push(tampered(id, 'something stood before its first entry'));
  // Where the chain is broken, what lies before the break cannot be told from what was added.
  return findings.length > 0 ? findings : [...auditOthers(task, events, won)];
}

function missing(events: readonly RunEvent[], number: number, length: number): string {
  const there = events.some((event) => event.number === number);
  return there
    ? `entry ${number} of ${length} is not as it was written, or the one after it`
    : `entry ${number} of ${length} was taken away`;
}

/** Entries outside of the chain: each must be the only one of a claim that there was, and that won nothing. */
function auditOthers(task: Task, events: readonly RunEvent[], won: ReadonlySet<RunEvent>): Finding[] {
  const epochs = new Set([...won].map(({ epoch }) => epoch));
  return events
    .filter((event) => !won.has(event))
    .map((event) => {
      // An open task's row may have been read before the claim.
      const claimed = event.epoch <= task.epoch || task.state === 'open';
      const possible = event.epoch >= 1 && claimed && !epochs.has(event.epoch);
      epochs.add(event.epoch);
      const claim = `the entry of claim ${event.epoch} (${event.owner})`;
      return possible
        ? note(task.id, `${claim} is outside of the chain: its holder died or was overtaken`)
        : tampered(task.id, `${claim} was added`);
    });
}

function auditSeal({ run, tasks, report }: Evidence): Finding[] {
  if (run.state !== 'ended') return [note(null, 'the run has not ended; nothing is sealed yet')];
  if (run.seal === null) return [tampered(null, 'the run has ended, and its row has no seal')];
  const seal = sealOf(run, tasks);
  const findings: Finding[] = [];
  if (run.seal !== seal) findings.push(tampered(null, "the seal of the run's row does not fit what its tasks say"));
  if (report === null) {
    // A run that was stopped publishes none; whoever may write its rows can rewrite it whole.
    const stopped = run.outcome === 'superseded' || run.outcome === 'cancelled';
    const why = stopped ? `a ${run.outcome} run has no report` : 'the bucket has no report of the run';
    findings.push(note(null, `${why} to compare its seal with`));
    return findings;
  }
  if (report.seal !== seal)
    findings.push(tampered(null, "the seal of the report's object does not fit what its tasks say"));
  if (run.outcome !== report.outcome)
    findings.push(tampered(null, `its row says ${run.outcome}, and its report ${report.outcome}`));
  return [...findings, ...auditReport(tasks, report)];
}

function auditReport(tasks: readonly Task[], report: ReportedRun): Finding[] {
  const own = tasks.filter(({ id }) => id !== REPORT);
  const counts = (['done', 'failed', 'undone'] as const).map((state) => {
    const there = own.filter((task) => task.state === state).length;
    return { state, there, told: report.tasks[state] };
  });
  const failures = own.flatMap(({ id, failure }) => (failure ? [`${id}: ${failure.code}: ${failure.message}`] : []));
  const told = report.failures.map(({ task, code, message }) => `${task}: ${code}: ${message}`);
  const differing = [
    ...failures.filter((one) => !told.includes(one)),
    ...told.filter((one) => !one.startsWith(`${REPORT}: `) && !failures.includes(one)),
  ];
  return [
    ...counts
      .filter(({ there, told: count }) => there !== count)
      .map(({ state, there, told: count }) =>
        tampered(null, `its report says that ${count} tasks are ${state}, and ${there} are`),
      ),
    ...(differing.length > 0 ? [tampered(null, "the failures of its report are not those of its tasks' rows")] : []),
  ];
}

const tampered = (task: string | null, what: string): Finding => ({ severity: 'tampered', task, what });
const note = (task: string | null, what: string): Finding => ({ severity: 'note', task, what });
