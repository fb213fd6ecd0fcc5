/**
 * Whether a plan may be carried out: it is the one that was wanted, what it interrupts is allowed, and enough people have
 * agreed where somebody must. A question and what was said to it stand in the network's row, so that of two who speak at
 * once neither is lost; nothing else is touched before the answer.
 */
import { type Interruption, tellInterruptions } from '../network/interruptions';
import { type Answer, ask, type Question, weigh } from '../plan/approval';
import { type Problem, problemOf } from '../problem';
import type { Foresight } from './foresight';
import type { Asker, NetworkQuestion, NetworkRow } from './run';
import type { StartDeps } from './start-run';

/** What a plan would interrupt; whoever allows it names the plan. */
export interface Outage {
  plan: string;
  /** Of interrupted pairs. */
  total: number;
  /** The first of them. */
  pairs: Interruption[];
}

/** What waits for somebody's word. */
export interface Held {
  plan: string;
  /** Why somebody must agree. */
  reasons: string[];
  /** How many more must. */
  missing: number;
  outage: Outage | null;
}

export type Leave =
  | { kind: 'given' }
  | { kind: 'held'; network: string; revision: number; held: Held }
  | { kind: 'refused'; network: string; problems: Problem[]; outage: Outage | null };

export interface Wish {
  row: NetworkRow;
  foresight: Foresight;
  /** The plan that somebody has seen; left out: whichever follows. */
  wanted: { hash: string; mayInterrupt: boolean } | undefined;
  asker: Asker;
}

/** Null where the row moved under us. */
export async function askLeave(deps: Pick<StartDeps, 'runs' | 'clock'>, wish: Wish): Promise<Leave | null> {
  const { row, foresight, wanted } = wish;
  const { plan } = foresight;
  const outage = outageOf(foresight);
  const reasons = [...foresight.reasons, ...reasonToAskForTicket(wish, outage)];
  const refuse = (...problems: Problem[]): Leave => ({ kind: 'refused', network: row.name, problems, outage });
  if (wanted && wanted.hash !== plan.hash) return refuse(stale(wanted.hash, plan.hash));
  if (foresight.isUnsettled) return refuse(underWay(row));
  const interrupts = outage !== null && !wanted?.mayInterrupt;
  if (reasons.length === 0 && !interrupts) return { kind: 'given' };
  if (reasons.length === 0) return refuse(interrupted(outage));
  const now = deps.clock.now();
  const { question, isNew } = questionOf(wish, reasons, now);
  const answer = weigh(question, now);
  switch (answer.kind) {
    case 'agreed':
      return { kind: 'given' };
    case 'refused':
      return refuse(refusedBy(answer));
    case 'open': {
      if (isNew && !(await deps.runs.writeNetwork({ ...row, question }))) return null;
      const held = { plan: plan.hash, reasons, missing: answer.missing, outage };
      return { kind: 'held', network: row.name, revision: plan.revision, held };
    }
  }
}

/** Whoever posts a ticket, or goes back in one's network, has no file to give leave for: somebody else is asked. */
function reasonToAskForTicket({ asker, foresight: { reasons } }: Wish, outage: Outage | null): string[] {
  const hasNoFile = asker.kind === 'submission' || asker.kind === 'rollback';
  if (!hasNoFile || outage === null || reasons.length > 0) return [];
  return [`it interrupts ${outage.total} pairs that are up`];
}

interface Asked {
  question: NetworkQuestion;
  isNew: boolean;
}

/** The one that stands where it is of this plan. */
function questionOf({ row, foresight, asker }: Wish, reasons: string[], askedAt: Question['askedAt']): Asked {
  const { plan, policies } = foresight;
  const standing = row.question;
  if (standing?.plan === plan.hash && standing.revision === null) return { question: standing, isNew: false };
  const question = { ...ask(policies, { plan: plan.hash, reasons, askedAt }), asker, revision: null };
  return { question, isNew: true };
}

/** Of the revision that its plan has become; one about another plan is void with it. */
export const answered = (question: NetworkQuestion | null, plan: string, revision: number): NetworkQuestion | null =>
  question?.plan === plan ? { ...question, revision } : null;

/** A network of a thousand offices has a million pairs. */
const MOST_PAIRS = 500;

function outageOf({ plan, interruptions }: Foresight): Outage | null {
  if (interruptions.length === 0) return null;
  return { plan: plan.hash, total: interruptions.length, pairs: interruptions.slice(0, MOST_PAIRS) };
}

const short = (hash: string): string => hash.slice(0, 16);

const stale = (wanted: string, now: string): Problem =>
  problemOf({
    code: 'plan-stale',
    message: `the plan ${short(wanted)} is not what would be done now: that is ${short(now)}`,
    remedy: 'What is live or recorded has changed since: look at the plan again, with `trunkline plan`.',
  });

const underWay = ({ name, activeRun }: NetworkRow): Problem =>
  problemOf({
    code: 'run-active',
    message: `the run ${activeRun} of ${name} is at work, and this plan needs leave that its end would make void`,
    remedy: 'Hand it in again when the run has ended.',
  });

const interrupted = (outage: Outage | null): Problem =>
  problemOf({
    code: 'pairs-interrupted',
    message: `pairs that are up would be interrupted: ${tellInterruptions(outage?.pairs ?? []).join('; ')}`,
    remedy: `Apply it with --allow-outage, which allows this plan, ${short(outage?.plan ?? '')}, and no other.`,
  });

const refusedBy = ({ by }: Extract<Answer, { kind: 'refused' }>): Problem =>
  problemOf({
    code: 'approval-refused',
    message: `${by.by} has refused this plan${by.reason === null ? '' : `: ${by.reason}`}`,
    remedy: 'Change the topology, or have whoever refused it agree.',
  });
