/** What intake would say of a plan, before anything is handed in: the same code weighs it, over what is recorded now. */
import { foresee } from '../shared/engine/foresight';
import { readRevision } from '../shared/engine/revision';
import type { NetworkRow } from '../shared/engine/run';
import type { Interruption } from '../shared/network/interruptions';
import { createPlan } from '../shared/plan/create-plan';
import { type DrawOptions, drawPlan } from '../shared/plan/draw-plan';
import type { Plan } from '../shared/plan/plan';
import { isError, type Problem } from '../shared/problem';
import type { Topology } from '../shared/topology/topology';
import type { Result } from './command';
import type { Connection } from './connection';
import { interruptionsText } from './interruptions-view';
import { pairChanges, pairsDocument, pairsText } from './pairs-view';
import { problemsDocument, problemsText } from './read-topology';
import type { Terminal } from './terminal';

export interface ForeseenPlan {
  plan: Plan;
  /** The revision that is live; null where none is, or the account was not asked. */
  before: Topology | null;
  after: Topology;
  interruptions: readonly Interruption[];
  /** Why somebody must agree first. */
  reasons: readonly string[];
  /** Errors: it would be refused. */
  problems: readonly Problem[];
  /** A run is at work, and what this needs hangs on its end. */
  isUnsettled: boolean;
}

/** From nothing: needs no account. */
export const planFromNothing = (after: Topology): ForeseenPlan => ({
  plan: createPlan({ topology: after, revision: 1, base: null, recorded: [] }),
  before: null,
  after,
  interruptions: [],
  reasons: [],
  problems: [],
  isUnsettled: false,
});

export async function foreseePlan({ runs, objects }: Connection, after: Topology): Promise<ForeseenPlan> {
  const row = await runs.readNetwork(after.name);
  const recorded = row ? await runs.allRecords({ network: row.name, incarnation: row.incarnation }) : [];
  const foreseen = await foresee({ runs, objects }, after, { row, recorded });
  const before = row ? await liveTopology({ objects }, row) : null;
  return { ...foreseen, before, after };
}

async function liveTopology({ objects }: Pick<Connection, 'objects'>, { liveObject }: NetworkRow) {
  const bytes = liveObject === null ? null : await objects.get(liveObject);
  return bytes && liveObject ? readRevision(bytes, liveObject) : null;
}

export function foreseenResult(foreseen: ForeseenPlan, { paint }: Pick<Terminal, 'paint'>, draw: DrawOptions): Result {
  const { plan, before, after, interruptions, reasons, problems, isUnsettled } = foreseen;
  const pairs = before && pairChanges(before, after);
  const text = [
    `${drawPlan(plan, draw)}\n`,
    pairs ? pairsText(pairs) : '',
    interruptionsText(interruptions, plan),
    reasons.length === 0 ? '' : `\nSomebody must agree first\n${reasons.map((reason) => `  ${reason}\n`).join('')}`,
    isUnsettled ? '\nA run is at work: what this needs hangs on its end.\n' : '',
    problems.length === 0 ? '' : `\n${problemsText(problems, { paint })}`,
    problems.some(isError) ? 'As it is, it would be refused.\n' : '',
  ];
  return {
    exitCode: problems.some(isError) ? 2 : 0,
    document: {
      ...planDocument(plan, interruptions),
      pairs: pairs && pairsDocument(pairs),
      reasons: [...reasons],
      problems: problemsDocument(problems).problems,
    },
    text: text.join(''),
  };
}

export const planDocument = (
  { network, revision, base, hash, tasks, summary }: Plan,
  interrupted: readonly Interruption[] = [],
) => ({
  network,
  revision,
  base,
  hash,
  tasks: tasks.map(({ id, step, kind, action, needs }) => ({ id, step, kind, action, needs: [...needs] })),
  summary: { ...summary },
  interruptions: interrupted.map((one) => ({ ...one })),
});
