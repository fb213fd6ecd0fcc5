/** The plan as text for a person: what is done in which step, in which order, and what it costs. No colours. */
import { criticalPath } from './critical-path';
import { type Kind, STEP_OF, STEPS, type Step } from './desired';
import { type CallEstimate, estimateCalls } from './estimate-calls';
import type { Action, Plan, Task, TaskId } from './plan';
import { ROUGH_SECONDS } from './rough-seconds';

const WIDTH = 80;
/** More tasks of one kind are counted, not listed. */
const LISTED = 12;
/** What a task waits for is named up to here. */
const WAITS = 3;

const SIGNS: Record<Exclude<Action, 'keep'>, string> = { create: '+', update: '~', remove: '-', adopt: '=' };

export interface DrawOptions {
  /** List every task, however many there are. */
  all?: boolean;
}

/** Lines of at most 80 columns, without a newline at the end. */
export function drawPlan(plan: Plan, { all = false }: DrawOptions = {}): string {
  const work = plan.tasks.filter((task) => task.action !== 'keep');
  const calls = estimateCalls(plan);
  const numbers = new Map(work.map((task, index) => [task.id, index + 1]));
  const kept = plan.summary.keep;
  return [
    ...heading(plan, calls),
    ...STEPS.flatMap((step) => drawStep(step, { work, numbers, calls, all })),
    ...(kept > 0 ? ['', `${count(kept, 'resource')} ${kept === 1 ? 'stands' : 'stand'} as wanted`] : []),
  ].join('\n');
}

function heading(plan: Plan, { total }: CallEstimate): string[] {
  const { create, update, replace, remove, adopt } = plan.summary;
  const base = plan.base === null ? 'nothing is live yet' : `revision ${plan.base} is live`;
  const first = `${plan.network}, revision ${plan.revision} (${base})`;
  const last = `plan ${plan.hash.slice(0, 16)}`;
  if (create + update + replace + remove + adopt === 0) return [first, 'nothing to do', last];
  const parts = (['create', 'update', 'replace', 'remove', 'adopt'] as const)
    .filter((action) => plan.summary[action] > 0)
    .map((action) => `${grouped(plan.summary[action])} to ${action}`);
  return [first, parts.join(', '), `about ${count(total, 'call')} to the cloud, about ${roughDuration(plan)}`, last];
}

interface Drawing {
  work: readonly Task[];
  numbers: ReadonlyMap<TaskId, number>;
  calls: CallEstimate;
  all: boolean;
}

function drawStep(step: Step, drawing: Drawing): string[] {
  const tasks = drawing.work.filter((task) => task.step === step);
  if (tasks.length === 0) return [];
  const kinds = (Object.keys(STEP_OF) as Kind[]).filter((kind) => STEP_OF[kind] === step);
  const calls = kinds.reduce((sum, kind) => sum + (drawing.calls.byKind[kind] ?? 0), 0);
  const rows = kinds.flatMap((kind) => {
    const same = tasks.filter((task) => task.kind === kind);
    return drawing.all || same.length <= LISTED
      ? same.map((task) => listed(task, drawing.numbers))
      : [summarised(kind, same, drawing)];
  });
  return [
    '',
    `${step}: ${count(tasks.length, 'task')}, about ${count(calls, 'call')}`,
    ...rows.map(([left, right], index) => row(index === rows.length - 1 ? '└─ ' : '├─ ', left, right)),
  ];
}

type Row = [left: string, right: string];

function listed({ id, action, edges }: Task, numbers: Drawing['numbers']): Row {
  const waits = edges.map((edge) => numbers.get(edge) ?? 0).sort((a, b) => a - b);
  const named = waits.slice(-WAITS).map((number) => `#${number}`);
  const more = waits.length > WAITS ? [`${waits.length - WAITS} more`] : [];
  const order = waits.length === 0 ? 'at once' : `after ${[...named, ...more].join(' ')}`;
  return [`${action === 'keep' ? ' ' : SIGNS[action]} ${id}`, `#${numbers.get(id) ?? 0} ${order}`];
}

function summarised(kind: Kind, tasks: readonly Task[], { numbers, calls }: Drawing): Row {
  const actions = (['create', 'update', 'remove', 'adopt'] as const).flatMap((action) => {
    const of = tasks.filter((task) => task.action === action).length;
    return of === 0 ? [] : [`${SIGNS[action]} ${grouped(of)}`];
  });
  const order = tasks.map((task) => numbers.get(task.id) ?? 0);
  const range = `#${order.at(0) ?? 0} … #${order.at(-1) ?? 0}`;
  return [`${actions.join(' ')} × ${kind}`, `${range}, about ${count(calls.byKind[kind] ?? 0, 'call')}`];
}

/** Left and right justified; a name that does not fit loses its middle, since its end tells it apart. */
function row(branch: string, left: string, right: string): string {
  const room = WIDTH - branch.length - right.length - 2;
  const characters = [...left];
  const half = Math.floor((room - 1) / 2);
  const fitted =
    characters.length <= room ? left : `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
  return `${branch}${fitted}${' '.repeat(Math.max(2, WIDTH - branch.length - right.length - [...fitted].length))}${right}`;
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const count = (value: number, noun: string): string => `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Of its longest chain of tasks: `6 min 20 s`. */
export const roughDuration = (plan: Plan): string =>
  duration(criticalPath(plan, (kind) => ROUGH_SECONDS[kind]).seconds);

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
