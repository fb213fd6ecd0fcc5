/** What a look for drift found, as a document and for people. */
import type { Drift } from '../shared/drift/find-drift';
import type { RepairPlan } from '../shared/drift/repair-plan';
import type { JsonObject } from '../shared/json';
import { tellInterruptions } from '../shared/network/interruptions';
import { wrap } from '../shared/network/wrap-text';
import { drawPlan } from '../shared/plan/draw-plan';
import { planDocument } from './foresee-plan';
import type { Colour, Terminal } from './terminal';

type Looked = Extract<Drift, { kind: 'looked' }>;

export const driftDocument = ({ row, looked, findings, notSeen }: Looked, repair: RepairPlan | null): JsonObject => ({
  network: row.name,
  revision: row.latest,
  looked,
  findings: findings.map(({ version: _version, ...finding }) => ({ ...finding })),
  notSeen: notSeen.map((one) => ({ ...one })),
  plan: repair && planDocument(repair.plan, repair.interruptions),
});

const tasksOf = ({ plan }: RepairPlan): number => plan.tasks.filter(({ action }) => action !== 'keep').length;

const COLOURS: Readonly<Record<Looked['findings'][number]['what'], Colour>> = {
  changed: 'yellow',
  gone: 'red',
  foreign: 'red',
};
const INDENT = 9;

export const findingLines = (findings: Looked['findings'], { paint }: Pick<Terminal, 'paint'>): string[] =>
  findings.flatMap(({ resource, ownership, what, detail, remedy }) => [
    `${paint(COLOURS[what], what.padEnd(INDENT))}${resource}${ownership === 'borrowed' ? ' (borrowed)' : ''}`,
    ...wrap(detail, INDENT),
    ...wrap(`→ ${remedy}`, INDENT, INDENT + 2).map((line) => paint('cyan', line)),
  ]);

export function driftText(
  { row, looked, findings, notSeen }: Looked,
  repair: RepairPlan | null,
  { paint, drawn = false }: Pick<Terminal, 'paint'> & { drawn?: boolean },
): string {
  const lines = findingLines(findings, { paint });
  const unseen = notSeen.flatMap(({ resource, why }) => [
    `${paint('yellow', 'not seen'.padEnd(INDENT))}${resource}`,
    ...wrap(why, INDENT),
  ]);
  const verdict =
    findings.length === 0 ? paint('green', 'as recorded') : paint('red', `${findings.length} not as recorded`);
  const head = `${row.name} revision ${row.latest}: ${looked} looked at, ${verdict}`;
  const plan = repair && drawn ? ['', drawPlan(repair.plan), ''] : [];
  return [...lines, ...unseen, head, ...plan, ...(repair ? repairLines(repair) : [])]
    .map((line) => `${line}\n`)
    .join('');
}

function repairLines(repair: RepairPlan): string[] {
  const told = tellInterruptions(repair.interruptions);
  const interrupts = told.length === 0 ? 'nobody' : told.join('; ');
  const tasks = tasksOf(repair);
  return wrap(`A repair is ${tasks} task${tasks === 1 ? '' : 's'} and interrupts ${interrupts}.`, 0);
}
