/**
 * Progress of a run, for people: steps with bars, what is worked on and what it waits for, elapsed and remaining.
 * Drawn over itself on a terminal; elsewhere one plain line a task that ends.
 */
import { between, type DurationMs, durationMs, type EpochMs, epochMs } from '../shared/clock';
import type { Task } from '../shared/engine/task';
import { STEPS } from '../shared/plan/desired';
import { ROUGH_SECONDS } from '../shared/plan/rough-seconds';
import type { Follower, Snapshot } from './follow-run';
import type { Terminal } from './terminal';

const BAR = 16;
/** Narrower terminals have no room for the bar. */
const ROOM_FOR_BAR = 60;
const LABEL = 15;

export function progressFollower(terminal: Terminal): Follower {
  return terminal.live ? liveFollower(terminal) : plainFollower(terminal);
}

function liveFollower(terminal: Terminal): Follower {
  let drawn = 0;
  const clear = () => {
    if (drawn > 0) terminal.rewind(drawn);
    drawn = 0;
  };
  return {
    show: (snapshot) => {
      const lines = progressLines(snapshot, terminal);
      clear();
      terminal.note(`${lines.join('\n')}\n`);
      drawn = lines.length;
    },
    end: () => terminal.note('\n'),
  };
}

function plainFollower(terminal: Terminal): Follower {
  const told = new Set<string>();
  return {
    show: ({ tasks }) => {
      for (const task of tasks) {
        if (task.state === 'open' || told.has(task.id)) continue;
        told.add(task.id);
        terminal.note(`${task.state.padEnd(6)} ${task.id}${task.failure ? `: ${task.failure.message}` : ''}\n`);
      }
    },
    end: () => undefined,
  };
}

/** Pure, so that a test can look at it. */
export function progressLines(
  { run, tasks, report, events }: Snapshot,
  { columns, paint }: Pick<Terminal, 'columns' | 'paint'>,
): string[] {
  const ended = tasks.filter((task) => task.state !== 'open').length;
  const elapsed = clockText(between(run.startedAt, latest(run.startedAt, events)));
  const counts = ` revision ${run.revision}: ${ended} of ${tasks.length} done, ${elapsed} elapsed${leftText(tasks)}`;
  const head = shortened(run.network, columns - counts.length) + counts;
  const steps = STEPS.flatMap((step) => {
    const own = tasks.filter((task) => task.step === step);
    return own.length === 0 ? [] : [stepLine(step, own, events, { columns, paint })];
  });
  const last =
    report && ended === tasks.length
      ? [line('report', report.state === 'open' ? 'reads back and proves' : 'published', columns)]
      : [];
  return [paint('bold', head.slice(0, columns)), ...steps, ...last];
}

/** The name gives way to the figures, which change. */
const shortened = (name: string, room: number): string =>
  name.length <= room ? name : room < 2 ? '' : `${name.slice(0, room - 1)}…`;

/** By the run's own timeline: the cloud's time may run faster than ours. */
const latest = (start: EpochMs, events: Snapshot['events']): EpochMs =>
  epochMs(Math.max(start, ...[...events.values()].map((event) => event.at)));

function stepLine(
  step: string,
  tasks: readonly Task[],
  events: Snapshot['events'],
  { columns, paint }: Pick<Terminal, 'columns' | 'paint'>,
): string {
  const done = tasks.filter((task) => task.state === 'done').length;
  const lost = tasks.filter((task) => task.state === 'failed' || task.state === 'undone').length;
  const filled = Math.round(((done + lost) / tasks.length) * BAR);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} `;
  const drawn = columns < ROOM_FOR_BAR ? '' : bar;
  const counts = `${done}/${tasks.length}`.padStart(7);
  const head = `${step.padEnd(LABEL)} ${paint(lost > 0 ? 'red' : 'green', drawn)}${counts}  `;
  const room = columns - LABEL - drawn.length - counts.length - 3;
  if (room < 0) return `${step.slice(0, columns - counts.length)}${counts}`;
  return head + paint('dim', activity(tasks, events, lost).slice(0, room));
}

/**
 * The longest way through what is still open, by the kinds' rough durations. What an open task has had of its time is
 * not taken off: people forgive an end that comes early.
 */
function leftText(tasks: readonly Task[]): string {
  const open = new Map(tasks.filter((task) => task.state === 'open').map((task) => [task.id, task]));
  const ends = new Map<string, number>();
  const endOf = (task: Task): number => {
    const known = ends.get(task.id);
    if (known !== undefined) return known;
    const start = Math.max(0, ...task.edges.flatMap((edge) => open.get(edge) ?? []).map(endOf));
    const end = start + (task.kind === 'report' ? 0 : ROUGH_SECONDS[task.kind]);
    ends.set(task.id, end);
    return end;
  };
  const seconds = Math.max(0, ...[...open.values()].map(endOf));
  return seconds === 0 ? '' : `, about ${Math.ceil(seconds / 60)} min left`;
}

/** The task that was moved last and has not ended; else what went wrong. */
function activity(tasks: readonly Task[], events: Snapshot['events'], lost: number): string {
  const moved = tasks
    .filter((task) => task.state === 'open')
    .flatMap((task) => {
      const event = events.get(task.id);
      return event ? [event] : [];
    })
    .sort((a, b) => b.at - a.at);
  const [last] = moved;
  if (last) return `${last.task.slice(last.task.indexOf('/') + 1)}: ${last.what}`;
  return lost > 0 ? `${lost} not done` : '';
}

const line = (label: string, text: string, columns: number): string =>
  `${label.padEnd(LABEL)} ${text}`.slice(0, columns);

export function clockText(duration: DurationMs): string {
  const total = Math.round(durationMs(duration) / 1_000);
  const [minutes, rest] = [Math.floor(total / 60), total % 60];
  return `${minutes}:${String(rest).padStart(2, '0')}`;
}
