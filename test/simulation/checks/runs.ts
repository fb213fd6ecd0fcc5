/**
 * W5, on every change of a network's row and of a run's: one run at a time, one end a run, when nothing of it is left to
 * do, told by both rows alike; and `live` only ever what succeeded.
 */
import type { ResourceRecord } from '../../../shared/engine/record';
import type { NetworkRow, Outcome, Run, RunState } from '../../../shared/engine/run';
import { REPORT, type Task } from '../../../shared/engine/task';
import type { Check, RowChange } from './check';
import { taskSeen } from './task-seen';

const STATES: readonly RunState[] = ['starting', 'ready', 'stopping', 'ended'];

interface Seen {
  /** How each run ended. */
  ended: Map<string, Outcome | null>;
  revisions: Map<string, number>;
  tasks: Map<string, Map<string, Task>>;
  /** By network and resource. */
  marked: Map<string, boolean>;
}

export function runs(): Check {
  const seen: Seen = { ended: new Map(), revisions: new Map(), tasks: new Map(), marked: new Map() };
  return {
    name: 'runs',
    row: (change) => {
      const { table, key, after } = change;
      switch (table) {
        case 'tasks':
          if (after) note(seen.tasks, taskSeen(after));
          return null;
        case 'records':
          if (after) seen.marked.set(`${key[0]} ${key[2]}`, marker(after.record) !== null);
          return null;
        case 'runs':
          return runMoves(change, seen);
        case 'networks':
          return networkMoves(change, seen);
        default:
          return null;
      }
    },
  };
}

const marker = (record: unknown): unknown => (JSON.parse(String(record)) as ResourceRecord).marker;

function note(tasks: Seen['tasks'], task: Task): void {
  const ofRun = tasks.get(task.run) ?? new Map<string, Task>();
  tasks.set(task.run, ofRun.set(task.id, task));
}

function runMoves({ before, after }: RowChange, { ended, revisions }: Seen): string | null {
  if (!after) return 'W5: a run was forgotten';
  const { id, revision } = JSON.parse(String(after.document)) as Run;
  const known = revisions.get(id);
  revisions.set(id, revision);
  if (known !== undefined && known !== revision) return `W5: the revision of ${id} changed`;
  const [was, now] = [before?.state ?? 'starting', after.state] as [RunState, RunState];
  if (STATES.indexOf(now) < STATES.indexOf(was)) return `W5: ${id} was ${was} and is ${now}`;
  if (now !== 'ended') return null;
  const outcome = ended.get(id);
  return after.outcome === outcome ? null : `W5: ${id} is called ${after.outcome}, and its network says ${outcome}`;
}

function networkMoves({ key, before, after }: RowChange, seen: Seen): string | null {
  if (!after) return `W5: the network ${key[0]} was forgotten`;
  if (!before) return null;
  const now = JSON.parse(String(after.document)) as NetworkRow;
  const was = JSON.parse(String(before.document)) as NetworkRow;
  return moves(was, now, seen);
}

function moves(was: NetworkRow, now: NetworkRow, seen: Seen): string | null {
  const { name } = now;
  const { ended, revisions } = seen;
  if (now.version !== was.version + 1)
    return `W5: the row of ${name} went from version ${was.version} to ${now.version}`;
  if (now.incarnation !== was.incarnation) return `W5: ${name} began another life`;
  if (now.latest < was.latest || now.runs < was.runs) return `W5: ${name} went back`;
  if (was.activeRun !== null && now.activeRun !== null && was.activeRun !== now.activeRun)
    return `W5: ${now.activeRun} began while ${was.activeRun} was active`;
  if (was.activeRun === null && now.activeRun !== null && ended.has(now.activeRun))
    return `W5: ${now.activeRun} began again`;
  if (was.activeRun !== null && now.activeRun === null) {
    const left = ends(was, now, was.activeRun, seen);
    if (left) return left;
  }
  if (now.live === was.live) return null;
  const revision = was.activeRun === null ? undefined : revisions.get(was.activeRun);
  if (now.activeRun !== null || now.outcome !== 'succeeded' || now.live !== revision)
    return `W5: revision ${now.live} of ${name} is called live, and no run of it succeeded`;
  return null;
}

/** Once, when all has ended; and one that a newer revision stopped has brought every marker to where it is true. */
function ends(
  { name }: NetworkRow,
  { outcome }: NetworkRow,
  run: string,
  { ended, tasks, marked }: Seen,
): string | null {
  if (ended.has(run)) return `W5: ${run} ended twice`;
  ended.set(run, outcome);
  const others = [...(tasks.get(run)?.values() ?? [])].filter(({ id }) => id !== REPORT);
  const open = others.find(({ state }) => state === 'open');
  if (open) return `W5: ${run} ended while ${open.id} is open`;
  const left = others.find(({ id, state }) => state === 'undone' && marked.get(`${name} ${id}`));
  return left ? `W5: ${run} ended, and a create of ${left.id} is still announced` : null;
}
