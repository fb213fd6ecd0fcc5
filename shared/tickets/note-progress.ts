/** How far the run of a ticket is, a quarter at a time: whoever follows it closer looks at the status URL or `trunkline watch`. */
import type { Run } from '../engine/run';
import { REPORT } from '../engine/task';
import { changeSubmission, type Submission } from './submission';
import type { TakeDeps } from './take-submission';
import { withEvent } from './ticket-event';

/** Null where there is nothing new; the sweep asks once a minute. */
export async function noteProgress(deps: TakeDeps, { id, revision }: Submission, run: Run): Promise<Submission | null> {
  if (run.revision !== revision || run.state !== 'ready') return null;
  const tasks = (await deps.runs.readTasks(run.id)).filter((task) => task.id !== REPORT);
  const total = tasks.length;
  const done = tasks.filter((task) => task.state !== 'open').length;
  // Where all have ended, the end itself is next.
  if (done === total) return null;
  const at = deps.clock.now();
  return changeSubmission(deps.tickets, id, (standing) => {
    if (standing.state !== 'waiting' || quarter(done, total) <= lastQuarter(standing, run.id)) return null;
    const event = { kind: 'progress', at, run: run.id, done, total } as const;
    return { ...standing, events: withEvent(standing.events, event) };
  });
}

const quarter = (done: number, total: number): number => (total === 0 ? 0 : Math.floor((4 * done) / total));

function lastQuarter({ events }: Submission, run: string): number {
  const told = events.flatMap((event) => (event.kind === 'progress' && event.run === run ? [event] : []));
  return Math.max(0, ...told.map(({ done, total }) => quarter(done, total)));
}
