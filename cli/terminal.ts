/** The two streams, and what the person's terminal can show. */
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
const NARROWEST = 40;

/** NO_COLOR and a pipe switch colours off (https://no-color.org). */
export function terminal(streams: { out: Stream; error: Stream }, environment: Environment): Terminal {
  const live = streams.error.isTTY === true && environment.CI === undefined;
  const colours = pc.createColors(streams.out.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb');
  return {
    out: (text) => streams.out.write(text),
    note: (text) => streams.error.write(text),
    live,
    columns: Math.max(NARROWEST, Math.min(streams.error.columns ?? 80, WIDEST)),
    paint: (colour, text) => colours[colour](text),
  };
}
