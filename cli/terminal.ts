/**
 * The two streams, and what the person's terminal can show.
 *
 * Much of what is printed others wrote: keys of objects, rows, reports, messages of services. Whatever in it would move
 * a cursor, set a title or turn the direction of writing is written out as `\u001b`, which in JSON is the same text;
 * here and not where it comes in, since here it passes once. Of escape sequences only the colours below go through.
 */
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Environment } from '../shared/config';

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

export interface Terminal {
  /** Standard output: the result. */
  out(text: string): void;
  /** Standard error: progress and logs. */
  note(text: string): void;
  /** Takes back so many lines of `note`; only where it is live. */
  rewind(lines: number): void;
  /** Whether standard error can be drawn over. */
  live: boolean;
  columns: number;
  paint(colour: Colour, text: string): string;
}

export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Bold, dim, four colours, and their ends: what `paint` writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the character meant.
const PAINTED = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/;
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const WIDEST = 100;
const NARROWEST = 20;
const USUAL = 80;

/** NO_COLOR and a pipe switch colours off (https://no-color.org). */
export function terminal(streams: { out: Stream; error: Stream }, environment: Environment): Terminal {
  const dumb = environment.TERM === 'dumb';
  const noteIsTerminal = streams.error.isTTY === true;
  const colours = pc.createColors(streams.out.isTTY === true && !environment.NO_COLOR && !dumb);
  return {
    out: (text) => streams.out.write(shown(text)),
    // One painter serves both streams: what is painted for the screen must not reach a log.
    note: (text) => streams.error.write(shown(noteIsTerminal ? text : stripVTControlCharacters(text))),
    rewind: (lines) => streams.error.write(`\u001b[${lines}A\u001b[0J`),
    live: noteIsTerminal && !dumb && environment.CI === undefined,
    // A terminal of unknown size says 0. Asked again each time: windows are resized.
    get columns() {
      return Math.max(NARROWEST, Math.min(streams.error.columns || USUAL, WIDEST));
    },
    paint: (colour, text) => colours[colour](text),
  };
}

const shown = (text: string): string =>
  text
    .split(PAINTED)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(UNPRINTABLE, written)))
    .join('');

const written = (characters: string): string =>
  Array.from(
    { length: characters.length },
    (_, index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
