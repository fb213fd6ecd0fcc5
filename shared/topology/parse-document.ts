/**
 * YAML or JSON text becomes plain values and the place of each, within bounds of depth and number. JSON is read as the
 * YAML that it is. YAML 1.2's core schema: `NO` is Norway, `010` is ten.
 */
import { Composer, type Document, LineCounter, Parser } from 'yaml';
import type { Json } from '../json';
import type { Problem } from '../problem';
import type { PlaceTree } from './places';
import { readValues } from './read-values';
import { type Refusal, scanTokens } from './scan-tokens';
import { printable } from './tell-problems';

export interface ParsedDocument {
  value: Json;
  places: PlaceTree;
}

/** What follows the first errors of syntax is mostly their consequence. */
const MOST_PROBLEMS = 20;

export function parseDocument(text: string, file: string): { document: ParsedDocument } | { problems: Problem[] } {
  const lines = new LineCounter();
  const refusals: Refusal[] = [];
  const refuse = (refusal: Refusal): void => {
    if (refusals.length < MOST_PROBLEMS) refusals.push(refusal);
  };
  const document = compose(text, lines, refuse);
  if (refusals.length === 0) for (const refusal of syntaxRefusals(document, lines)) refuse(refusal);
  if (refusals.length === 0) {
    const parsed = readValues(document?.contents ?? null, lines, refuse);
    if (refusals.length === 0) return { document: parsed };
  }
  return {
    problems: refusals
      .sort((a, b) => a.offset - b.offset)
      .map(({ offset, code, message, remedy }): Problem => {
        const { line, col } = lines.linePos(offset);
        const place = { line: Math.max(line, 1), column: Math.max(col, 1) };
        return { severity: 'error', code, message: printable(message), remedy, file, ...place };
      }),
  };
}

function compose(text: string, lines: LineCounter, refuse: (refusal: Refusal) => void): Document | null {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    strict: true,
    stringKeys: true,
    // Searched for in read-values.ts, in linear time.
    uniqueKeys: false,
    prettyErrors: false,
  });
  // A document is forced: errors outside any would be lost with it.
  let document: Document | null = null;
  for (const next of composer.compose(scanTokens(text, parser, refuse), true, text.length)) {
    if (document !== null) {
      const remedy = 'One file is one document: remove what follows `---` or `...`.';
      refuse({ offset: next.range[0], code: 'several-documents', message: 'a second document begins here', remedy });
      break;
    }
    document = next;
  }
  return document;
}

/** The first of a line: the others follow from it. */
function syntaxRefusals(document: Document | null, lines: LineCounter): Refusal[] {
  const seen = new Set<number>();
  return (document?.errors ?? []).flatMap(({ pos, message, code }) => {
    const { line } = lines.linePos(pos[0]);
    if (seen.has(line)) return [];
    seen.add(line);
    const isKey = code === 'NON_STRING_KEY';
    return {
      offset: pos[0],
      code: isKey ? 'key-not-text' : 'syntax',
      message: isKey ? 'a key must be plain text' : (message.split('\n')[0] ?? message),
      remedy: isKey ? 'Write a name before the colon.' : 'Correct the YAML; an editor with the schema shows it.',
    };
  });
}
