/**
 * The file's bytes become a topology and a list of problems: text, document, shape, names, lint. Each stage runs only
 * on what the one before accepted, so a failure downstream of a failure stays quiet; within a stage all problems are
 * told at once, in the order of their places.
 */
import { isError, type Problem } from '../problem';
import { checkShape } from './check-shape';
import { decodeText } from './decode-text';
import { lint } from './lint/lint';
import { type Path, type Places, parseYaml } from './parse-document';
import { resolve } from './resolve';
import { expandShortForms, type FormProblem } from './short-forms';
import type { Topology } from './topology';

export interface ParsedTopology {
  /** Null exactly where there is an error. */
  topology: Topology | null;
  problems: Problem[];
}

const MOST_PROBLEMS = 200;

export function parseTopology(source: Uint8Array | string, file: string): ParsedTopology {
  const decoded = decodeText(source, file);
  if ('problem' in decoded) return { topology: null, problems: [decoded.problem] };
  const parsed = parseYaml(decoded.text, file);
  if ('problems' in parsed) return { topology: null, problems: parsed.problems };
  const { value, places } = parsed.document;
  const told = (problem: FormProblem & { severity?: Problem['severity'] }): Problem => placed(problem, file, places);
  const expanded = expandShortForms(value);
  const shape = checkShape(expanded.value);
  if (!shape.file || expanded.problems.length > 0) return refused([...expanded.problems, ...shape.problems].map(told));
  const resolved = resolve(shape.file);
  if (resolved.problems.length > 0) return refused(resolved.problems.map(told));
  const problems = sorted(lint(resolved.topology).map(told));
  return { topology: problems.some(isError) ? null : resolved.topology, problems };
}

const refused = (problems: Problem[]): ParsedTopology => ({ topology: null, problems: sorted(problems) });

function placed(
  {
    severity = 'error',
    path,
    code,
    message,
    remedy,
  }: Omit<FormProblem, 'path'> & { path: Path; severity?: Problem['severity'] },
  file: string,
  places: Places,
): Problem {
  const place = places.at(path);
  return { severity, code, message, remedy, file, line: place?.line ?? null, column: place?.column ?? null };
}

const sorted = (problems: Problem[]): Problem[] =>
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)).slice(0, MOST_PROBLEMS);
