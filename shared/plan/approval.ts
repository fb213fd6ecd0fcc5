/**
 * Who must agree to a plan before it is carried out: why somebody must, and whether what was said is enough. Whoever
 * speaks names the plan's hash; another plan is another question.
 */
import { after, durationMs, type EpochMs } from '../clock';
import { canonicalJson, type Json } from '../json';
import type { ApprovalPolicy, ApprovalRules, Topology } from '../topology/topology';
import type { Desired } from './desired';
import type { Plan, Task } from './plan';
import type { RecordedResource } from './recorded';

export interface PlannedChange {
  plan: Plan;
  recorded: readonly RecordedResource[];
  /** The revision that is live; null where none is. */
  before: Topology | null;
  after: Topology;
  /** Pairs that lose their way meanwhile. */
  interrupted: number;
  /** Of what stands afterwards; null where no table of prices tells it. */
  monthlyCost: number | null;
}

/** The live revision's and the new one's: who takes a policy away is still held to it. */
export const policiesOf = (before: Topology | null, after: Topology): ApprovalPolicy[] =>
  [before?.approval, after.approval].flatMap((policy) => policy ?? []);

/** Empty: the plan needs nobody. */
export function reasonsToAsk(policies: readonly ApprovalPolicy[], change: PlannedChange): string[] {
  if (change.plan.tasks.every(({ action }) => action === 'keep')) return [];
  const reasons = policies.flatMap(({ unless }) => (unless ? brokenRules(unless, change) : ['every plan needs it']));
  return [...new Set(reasons)];
}

function brokenRules(rules: ApprovalRules, change: PlannedChange): string[] {
  const { plan, before, after: next, interrupted, monthlyCost } = change;
  const broken: string[] = [];
  const records = new Map(change.recorded.map((record) => [record.id, record]));
  const beyond = plan.tasks.filter((task) => !onlyAdds(task, records.get(task.resource)?.desired ?? null));
  if (rules.addsOnly && beyond.length > 0)
    broken.push(`it does not only add: ${beyond.length} tasks change or remove something`);
  if (rules.noOutage && interrupted > 0) broken.push(`it interrupts ${interrupted} pairs that are up`);
  const touched = rules.noTestTouched ? testsTouched(before, next) : 0;
  if (touched > 0) broken.push(`it changes or drops ${touched} tests`);
  const tasks = plan.tasks.filter(({ action }) => action !== 'keep').length;
  if (rules.tasksAtMost !== null && tasks > rules.tasksAtMost)
    broken.push(`it has ${tasks} tasks, more than ${rules.tasksAtMost}`);
  if (rules.monthlyCostBelow !== null) broken.push(...tooDear(rules.monthlyCostBelow, monthlyCost));
  return broken;
}

function tooDear(below: number, cost: number | null): string[] {
  if (cost === null) return ['what it costs is not known: there is no table of prices that names all of it'];
  return cost < below ? [] : [`what stands afterwards costs ${cost.toFixed(2)} a month, not less than ${below}`];
}

/** Rules of a security group are one resource for each group; one more of them adds, and takes nothing away. */
function onlyAdds({ action, desired }: Task, before: Desired | null): boolean {
  if (action === 'keep' || action === 'create' || action === 'adopt') return true;
  if (action !== 'update' || desired?.kind !== 'security-group-rules' || before?.kind !== desired.kind) return false;
  const wanted = new Set(desired.rules.map(textOf));
  return before.rules.every((rule) => wanted.has(textOf(rule)));
}

/** Of those that are live, how many the next revision does not state as they are. */
function testsTouched(before: Topology | null, next: Topology): number {
  const kept = new Set(next.tests.map(textOf));
  return (before?.tests ?? []).filter((test) => !kept.has(textOf(test))).length;
}

const textOf = (value: object): string => canonicalJson(value as unknown as Json);

/** What somebody said of one plan. */
export interface Voice {
  /** `acs:ram::1234567890123456:user/alice`, or what a ticket's system calls its people. */
  by: string;
  at: EpochMs;
  agrees: boolean;
  reason: string | null;
}

/** A plan that somebody must agree to, and what was said of it. */
export interface Question {
  /** Hash of the plan. */
  plan: string;
  reasons: string[];
  people: number;
  validHours: number;
  askedAt: EpochMs;
  voices: Voice[];
}

export type Answer = { kind: 'open'; missing: number } | { kind: 'agreed' } | { kind: 'refused'; by: Voice };

const A_DAY = 24;
/** The longest that a policy can say. */
const MONTH = 720;

/** Without any policy, one person's word of the last day is enough. */
export function ask(
  policies: readonly ApprovalPolicy[],
  question: Pick<Question, 'plan' | 'reasons' | 'askedAt'>,
): Question {
  const people = Math.max(1, ...policies.map((policy) => policy.people));
  const validHours = Math.min(...policies.map((policy) => policy.validHours), policies.length === 0 ? A_DAY : MONTH);
  return { ...question, people, validHours, voices: [] };
}

/** One refusal is enough, until whoever refused says otherwise. What was said too long ago was not said. */
export function weigh({ voices, people, validHours }: Question, now: EpochMs): Answer {
  const valid = voices.filter(({ at }) => now < after(at, durationMs(validHours * AN_HOUR)));
  const against = valid.find(({ agrees }) => !agrees);
  if (against) return { kind: 'refused', by: against };
  const missing = people - new Set(valid.map(({ by }) => by)).size;
  return missing > 0 ? { kind: 'open', missing } : { kind: 'agreed' };
}

const AN_HOUR = 3_600_000;
/** More people than any policy can ask for. */
const MOST_VOICES = 20;

/** The last word of each is what counts. */
export function hear(question: Question, voice: Voice): Question {
  const others = question.voices.filter(({ by }) => by !== voice.by);
  return { ...question, voices: [...others, voice].slice(-MOST_VOICES) };
}
