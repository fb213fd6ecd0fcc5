/** Findings for people: a line each, and below what is not well the message and, behind an arrow, the remedy. */
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
  return findings.map((finding) => drawn(finding, screen)).join('');
}

function drawn(
  { state, subject, message, remedy }: Finding,
  { columns, paint }: Pick<Terminal, 'columns' | 'paint'>,
): string {
  const room = Math.max(8, columns - INDENT);
  const label = paint(COLOURS[state], state.padEnd(INDENT));
  // What is well, and what was not looked at, has nothing to read.
  const quiet = state === 'ok' || state === 'skipped';
  const lines = wrapped(quiet ? `${subject}: ${message}` : subject, room);
  const below = quiet ? [] : wrapped(message, room);
  const wayOut = remedy === null ? [] : wrapped(`→ ${remedy}`, room).map((line) => paint('cyan', line));
  return [...lines, ...below, ...wayOut]
    .map((line, index) => `${index === 0 ? label : ' '.repeat(INDENT)}${line}\n`)
    .join('');
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
