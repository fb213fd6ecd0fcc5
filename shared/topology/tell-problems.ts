/** Findings become problems: placed, in the order of the file, printable, and not too many of a kind. */
import type { Problem } from '../problem';
import type { Finding } from './finding';
import { type PlaceTree, placeOf } from './places';

/** A thousand offices without a country are one thing to say. */
const MOST_OF_A_KIND = 20;
const LONGEST = 400;

export function tellProblems(findings: readonly Finding[], places: PlaceTree, file: string): Problem[] {
  const byKind = new Map<string, Problem[]>();
  for (const finding of findings) {
    const { severity, code } = finding;
    const kind = `${severity} ${code}`;
    const problems = byKind.get(kind) ?? [];
    byKind.set(kind, problems);
    problems.push(placed(finding, places, file));
  }
  return [...byKind.values()].flatMap((problems) => shortened(problems.sort(byPlace))).sort(byPlace);
}

function placed(
  { path, other, atKey = false, severity, code, message, remedy }: Finding,
  places: PlaceTree,
  file: string,
): Problem {
  const { line, column } = placeOf(places, path, atKey);
  const there = other && placeOf(places, other, false);
  const full = there ? `${message} (${there.line}:${there.column})` : message;
  return { severity, code, message: printable(full), remedy: printable(remedy), file, line, column };
}

/** The rest of a kind is told as a number, where its first one stands. */
function shortened(problems: Problem[]): Problem[] {
  const next = problems[MOST_OF_A_KIND];
  if (!next) return problems;
  const message = `and ${problems.length - MOST_OF_A_KIND} more like the ${MOST_OF_A_KIND} before, from here on`;
  return [...problems.slice(0, MOST_OF_A_KIND), { ...next, message }];
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** What a file says ends in a terminal: nothing in it may move a cursor or turn the direction of writing. */
export const printable = (text: string): string => {
  const shown = text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST)}…`;
};

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
