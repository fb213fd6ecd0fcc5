/**
 * YAML's tokens within bounds, before any tree is made of them. The composer recurses once a level and makes about a
 * kilobyte a value, so depth and number are checked here, where both cost nothing yet: `[[[[…` would otherwise end in
 * an overflow of the stack, and half a million values in one of the memory.
 */
import { CST, Lexer, type Parser } from 'yaml';

/** No topology is deeper than 8. */
const DEEPEST = 32;
/** Colons count too: 35,000 offices in short form, which is what a mebibyte holds, have 105,000. */
const MOST_VALUES = 150_000;
/** Spaces, newlines, comments and commas among them. */
const MOST_TOKENS = 600_000;
const MOST_ANCHORS = 1_000;
/** Errors of syntax, tags and directives. */
const MOST_FAULTS = 20;
/** The parser's stack holds the document and a plain value besides the mappings and lists. */
const AROUND = 2;

export interface Refusal {
  offset: number;
  code: string;
  message: string;
  remedy: string;
}

const VALUES: ReadonlySet<CST.TokenType | null> = new Set<CST.TokenType | null>([
  'alias',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'flow-map-start',
  'flow-seq-start',
  'seq-item-ind',
  'map-value-ind',
  'explicit-key-ind',
]);

const BETWEEN: ReadonlySet<CST.TokenType | null> = new Set<CST.TokenType | null>(['space', 'newline', 'comment']);

/** Ends early where a bound is passed, after telling `refuse`. */
export function* scanTokens(
  text: string,
  parser: Parser,
  refuse: (refusal: Refusal) => void,
): Generator<CST.Token, void> {
  const counts = { tokens: 0, values: 0, anchors: 0, commas: 0, faults: 0 };
  let offset = 0;
  let isScalar = false;
  let before: CST.TokenType | null = null;
  for (const lexeme of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isScalar ? 'scalar' : CST.tokenType(lexeme);
    isScalar = type === 'scalar' && lexeme === CST.SCALAR;
    counts.tokens += 1;
    if (isScalar || VALUES.has(type)) counts.values += 1;
    if (type === 'anchor') counts.anchors += 1;
    // A comma too many is an error each, which the composer makes an object of: 256,000 took it six seconds.
    if (type === 'comma' && (before === 'comma' || before === 'flow-seq-start' || before === 'flow-map-start'))
      counts.commas += 1;
    if (!BETWEEN.has(type)) before = type;
    if (type === 'tag' || type === 'directive-line') {
      counts.faults += 1;
      refuse({ offset, ...NOT_ALLOWED[type] });
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') counts.faults += 1;
      yield token;
    }
    const bound = boundPassed(counts, parser.stack.length);
    if (bound) return refuse({ offset, ...bound });
    // What is wrong so far is told; more of it would not help.
    if (counts.faults > MOST_FAULTS) return;
    if (!CONTROLS.has(lexeme)) offset += lexeme.length;
  }
  yield* parser.end();
}

const NOT_ALLOWED = {
  tag: { code: 'tag', message: 'a tag is not allowed here', remedy: 'Write the plain value.' },
  'directive-line': { code: 'directive', message: 'directives are not allowed', remedy: 'Remove the line.' },
} as const;

interface Counts {
  tokens: number;
  values: number;
  anchors: number;
  /** Without a value before them. */
  commas: number;
}

function boundPassed({ tokens, values, anchors, commas }: Counts, depth: number): Omit<Refusal, 'offset'> | null {
  const tooMany = (message: string) => ({
    code: 'too-many-values',
    message,
    remedy: 'Shorten the file: a network can be split.',
  });
  if (depth > DEEPEST + AROUND)
    return {
      code: 'too-deep',
      message: `nested deeper than ${DEEPEST} levels`,
      remedy: 'Nothing in such a file needs that.',
    };
  if (values > MOST_VALUES) return tooMany(`more than ${MOST_VALUES} values`);
  if (commas > MOST_FAULTS)
    return { code: 'syntax', message: 'a comma without a value before it, once more', remedy: 'Remove the commas.' };
  if (anchors > MOST_ANCHORS) return tooMany(`more than ${MOST_ANCHORS} anchors`);
  return tokens > MOST_TOKENS ? tooMany(`more than ${MOST_TOKENS} words, signs and spaces`) : null;
}

/** The lexer's own marks, which stand nowhere in the text. The byte order mark has been dropped before. */
const CONTROLS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
