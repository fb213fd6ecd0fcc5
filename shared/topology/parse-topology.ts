/**
 * The file's bytes become a topology and its problems: text, document, shape, names, lint. What is no text or no
 * document ends the reading; behind that everything is told at once: an entry that is wrong is left out, the rest is
 * read on, and what would only follow from the gap stays quiet.
 *
 *   bytes ─ decode-text ─ parse-document ─ check-shape ─ resolve/ ─ lint/ ─ tell-problems
 */
import { isError, type Problem } from '../problem';
import { checkShape } from './check-shape';
import { decodeText } from './decode-text';
import { lint } from './lint/lint';
import { parseDocument } from './parse-document';
import { resolveTopology } from './resolve/resolve-topology';
import { tellProblems } from './tell-problems';
import type { Topology } from './topology';

export interface ParsedTopology {
  /** Null exactly where one of the problems is an error. */
  topology: Topology | null;
  /** In the order of the file. */
  problems: Problem[];
}

/** `file` is what problems call it. Never throws, whatever the bytes are; time and memory are bounded by their number. */
export function parseTopology(source: Uint8Array | string, file: string): ParsedTopology {
  const decoded = decodeText(source, file);
  if ('problem' in decoded) return { topology: null, problems: [decoded.problem] };
  const parsed = parseDocument(decoded.text, file);
  if ('problems' in parsed) return { topology: null, problems: parsed.problems };
  const { value, places } = parsed.document;
  const { checked, findings } = checkShape(value);
  if (!checked) return { topology: null, problems: tellProblems(findings, places, file) };
  const { resolved, findings: unresolved } = resolveTopology(checked);
  const problems = tellProblems([...findings, ...unresolved, ...lint(resolved)], places, file);
  return { topology: problems.some(isError) ? null : resolved.topology, problems };
}
