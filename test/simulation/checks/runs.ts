/** W5, on every change of a network's row: one run at a time, one end a run, and `live` only ever what succeeded. */
import type { NetworkRow, Run } from '../../../shared/engine/run';
import type { Check } from './check';

export function runs(): Check {
  const ended = new Set<string>();
  const revisions = new Map<string, number>();
  return {
    name: 'runs',
    row: ({ table, key, before, after }) => {
      if (table === 'runs' && after) {
        const run = JSON.parse(String(after.document)) as Run;
        const known = revisions.get(run.id);
        if (known !== undefined && known !== run.revision) return `W5: the revision of ${run.id} changed`;
        revisions.set(run.id, run.revision);
      }
      if (table !== 'networks') return null;
      if (!after) return `W5: the network ${key[0]} was forgotten`;
      const now = JSON.parse(String(after.document)) as NetworkRow;
      if (!before) return null;
      const was = JSON.parse(String(before.document)) as NetworkRow;
      return moves(was, now, ended, revisions);
    },
  };
}

function moves(
  was: NetworkRow,
  now: NetworkRow,
  ended: Set<string>,
  revisions: ReadonlyMap<string, number>,
): string | null {
  const { name } = now;
  if (now.version !== was.version + 1)
    return `W5: the row of ${name} went from version ${was.version} to ${now.version}`;
  if (now.incarnation !== was.incarnation) return `W5: ${name} began another life`;
  if (now.latest < was.latest || now.runs < was.runs) return `W5: ${name} went back`;
  if (was.activeRun !== null && now.activeRun !== null && was.activeRun !== now.activeRun)
    return `W5: ${now.activeRun} began while ${was.activeRun} was active`;
  if (was.activeRun === null && now.activeRun !== null && ended.has(now.activeRun))
    return `W5: ${now.activeRun} began again`;
  if (was.activeRun !== null && now.activeRun === null) {
    if (ended.has(was.activeRun)) return `W5: ${was.activeRun} ended twice`;
    ended.add(was.activeRun);
  }
  if (now.live === was.live) return null;
  const revision = was.activeRun === null ? undefined : revisions.get(was.activeRun);
  if (now.activeRun !== null || now.outcome !== 'succeeded' || now.live !== revision)
    return `W5: revision ${now.live} of ${name} is called live, and no run of it succeeded`;
  return null;
}
