/** Where somebody must agree, no run begins but by the plan that enough people agreed to. */

import type { EpochMs } from '../../../shared/clock';
import type { NetworkQuestion, NetworkRow, Run } from '../../../shared/engine/run';
import { REPORT } from '../../../shared/engine/task';
import { weigh } from '../../../shared/plan/approval';
import type { Check } from './check';

/** Of these networks every plan needs it, but for one that has nothing to do. */
export function agreement(networks: readonly string[]): Check {
  /** What had been asked about a revision when it was taken in; a newer one may be asked about before it is begun. */
  const asked = new Map<string, NetworkQuestion | null>();
  /** Revisions that a run was begun for: whatever it left to do was agreed to with it. */
  const begun = new Set<string>();
  /** Runs that nobody was asked about: of plans that have nothing to do. */
  const without = new Set<string>();
  const unasked = ([run = '', task]: readonly string[]): string | null =>
    task !== REPORT && without.has(run) ? `${run} has ${task} to do, and nobody was asked` : null;
  return {
    name: 'agreement',
    row: ({ table, key, before, after, at }) => {
      if (!after) return null;
      if (table === 'networks') {
        const { name, latest, question } = JSON.parse(String(after.document)) as NetworkRow;
        const revision = `${name} ${latest}`;
        if (!asked.has(revision)) asked.set(revision, question);
      }
      if (table === 'tasks' && !before) return unasked(key);
      if (table !== 'runs' || before) return null;
      const { id, network, revision, planHash } = JSON.parse(String(after.document)) as Run;
      if (!networks.includes(network) || begun.has(`${network} ${revision}`)) return null;
      begun.add(`${network} ${revision}`);
      const question = asked.get(`${network} ${revision}`);
      if (!question) {
        without.add(id);
        return null;
      }
      if (question.revision !== revision || question.plan !== planHash)
        return `${id} began by a plan that nobody agreed to`;
      const answer = weigh({ ...question, validHours: Number.POSITIVE_INFINITY }, at as EpochMs);
      return answer.kind === 'agreed' ? null : `${id} began, and those who were asked are ${answer.kind}`;
    },
  };
}
