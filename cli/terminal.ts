/** The two streams, and what the person's terminal can show. */
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Environment } from '../shared/config';

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

export interface Terminal {
  /** Standard output: the result. */
  out(text: string): void;
  /** Standard error: progress and logs. */
  note(text: string): void;
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

const WIDEST = 100;
const NARROWEST = 20;
const USUAL = 80;

/** NO_COLOR and a pipe switch colours off (https://no-color.org). */
export function terminal(streams: { out: Stream; error: Stream }, environment: Environment): Terminal {
  const dumb = environment.TERM === 'dumb';
  const noteIsTerminal = streams.error.isTTY === true;
  const colours = pc.createColors(streams.out.isTTY === true && !environment.NO_COLOR && !dumb);
  return {
    out: (text) => streams.out.write(text),
    // One painter serves both streams: what is painted for the screen must not reach a log.
    note: (text) => streams.error.write(noteIsTerminal ? text : stripVTControlCharacters(text)),
    live: noteIsTerminal && !dumb && environment.CI === undefined,
    // A terminal of unknown size says 0. Asked again each time: windows are resized.
    get columns() {
      return Math.max(NARROWEST, Math.min(streams.error.columns || USUAL, WIDEST));
    },
    paint: (colour, text) => colours[colour](text),
  };
}
