/**
 * Somebody's word on a plan that waits for it. It is noted in the network's row; whoever wanted the plan is gone back to
 * then, and the plan is worked out again: what was agreed to is that hash and no other.
 */
import { hear } from '../plan/approval';
import { type Problem, problemOf } from '../problem';
import type { NetworkQuestion, NetworkRow } from './run';
import { submitDestruction } from './submit-destruction';
import { submitRollback } from './submit-rollback';
import type { SubmitDeps, SubmitReply } from './submit-topology';
import { submitFile } from './take-file';

export interface AnswerDeps extends SubmitDeps {
  /** A ticket's topology that waits; `gone` where it does no longer. */
  takeHeld(submission: string): Promise<SubmitReply | 'gone'>;
}

export interface PlanAnswer {
  /** Hash of the plan. */
  plan: string;
  /** As they are called where they come from; whoever gives the order says it. */
  by: string;
  agrees: boolean;
  reason: string | null;
}

/** Two who speak at once, and an intake between them. */
const ROUNDS = 4;

export async function takeAnswer(deps: AnswerDeps, network: string, answer: PlanAnswer): Promise<SubmitReply> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await deps.runs.readNetwork(network);
    const question = row?.question;
    if (!row || question?.plan !== answer.plan) return refused(network, stale(network, answer.plan));
    if (question.revision !== null) return settled(row, question, answer);
    const { by, agrees, reason } = answer;
    const heard = { ...question, ...hear(question, { by, agrees, reason, at: deps.clock.now() }) };
    if (!(await deps.runs.writeNetwork({ ...row, question: heard }))) continue;
    deps.crash('answer/noted');
    const reply = await goOn(deps, network, heard.asker);
    if (reply !== 'gone' && reply.kind !== 'unchanged') return reply;
    // Whoever weighed the answers between our note and our going has gone on instead.
    const after = await deps.runs.readNetwork(network);
    if (after?.question?.plan === answer.plan && after.question.revision !== null)
      return settled(after, after.question, answer);
    return reply === 'gone' ? refused(network, gone(network)) : reply;
  }
  const message = 'it kept changing while the answer was taken';
  return refused(network, problemOf({ code: 'network-contended', message, remedy: 'Say it again.' }));
}

type Going = NonNullable<NetworkRow['question']>['asker'];

function goOn(deps: AnswerDeps, network: string, asker: Going): Promise<SubmitReply | 'gone'> {
  switch (asker.kind) {
    case 'file':
      return submitFile(deps, asker.key, {});
    case 'submission':
      return deps.takeHeld(asker.id);
    case 'destroy':
      return submitDestruction(deps, { network, base: asker.base });
    case 'rollback':
      return submitRollback(deps, { network, base: asker.base, revision: asker.revision });
  }
}

/** To whoever was heard the answer is the same as often as its message comes; others speak too late. */
function settled(row: NetworkRow, question: NetworkQuestion, { by, agrees }: PlanAnswer): SubmitReply {
  const revision = question.revision ?? row.latest;
  const standing = { network: row.name, revision, run: row.activeRun ?? row.lastRun, problems: [] };
  const wasHeard = question.voices.some((voice) => voice.by === by && voice.agrees === agrees);
  if (wasHeard) return { kind: 'accepted', ...standing };
  return { kind: 'unchanged', ...standing, live: row.live === revision };
}

const refused = (network: string, problem: Problem): SubmitReply => ({
  kind: 'refused',
  network,
  problems: [problem],
  outage: null,
});

const gone = (network: string): Problem =>
  problemOf({
    code: 'asker-gone',
    message: `whoever wanted this plan of ${network} does not want it any more: its file or ticket is gone`,
    remedy: 'Nothing was changed.',
  });

const stale = (network: string, plan: string): Problem =>
  problemOf({
    code: 'approval-stale',
    message: `no plan ${plan.slice(0, 16)} of ${network} waits for an answer`,
    remedy: 'It was replaced, or never asked about: `trunkline status` tells what waits.',
  });
