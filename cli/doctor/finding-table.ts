/** Findings for people: below what is not well its message and, behind an arrow, the remedy. */
import type { Colour, Terminal } from '../terminal';
import type { Finding, FindingState } from './finding';

const COLOURS: Readonly<Record<FindingState, Colour>> = {
  error: 'red',
  warning: 'yellow',
  skipped: 'dim',
  ok: 'green',
};
const INDENT = 8;

export function findingTable(findings: readonly Finding[], screen: Pick<Terminal, 'columns' | 'paint'>): string {
  return grouped(findings)
    .map((group) => drawn(group, screen))
    .join('');
}

/** What is well, and what was not looked at, has nothing to read: such of one kind stand in one line. */
function grouped(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { state, subject, message } = finding;
    const [kind, name] = subject.split(' ');
    const key = isQuiet(finding) && name !== undefined ? `${state} ${kind} ${message}` : `alone ${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

const isQuiet = ({ state }: Finding): boolean => state === 'ok' || state === 'skipped';

function drawn(group: readonly Finding[], { columns, paint }: Pick<Terminal, 'columns' | 'paint'>): string {
  const [first] = group;
  if (!first) return '';
  const { state, subject, message, remedy } = first;
  const room = Math.max(8, columns - INDENT);
  const label = paint(COLOURS[state], state.padEnd(INDENT));
  const about = group.length === 1 ? subject : `${group.length} ${subject.split(' ')[0]}s`;
  const lines = isQuiet(first)
    ? wrapped(`${about}: ${message}`, room)
    : [...wrapped(about, room), ...wrapped(message, room)];
  const wayOut = remedy === null ? [] : wrapped(`→ ${remedy}`, room).map((line) => paint('cyan', line));
  return [...lines, ...wayOut].map((line, index) => `${index === 0 ? label : ' '.repeat(INDENT)}${line}\n`).join('');
}

/** At spaces; a word that is longer than the line is cut. */
function wrapped(text: string, room: number): string[] {
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
