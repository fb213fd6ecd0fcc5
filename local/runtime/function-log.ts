/** What a function writes: the last lines in memory and, where there is a folder for it, a file that stays bounded. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface FunctionLog {
  write(line: string): void;
  /** The last ones. */
  lines(): readonly string[];
}

const KEPT_LINES = 2_000;
const LONGEST_LINE = 16 * 1_024;
/** Then the file becomes `<name>.log.1`, and what stood there goes. */
const LARGEST_FILE = 8 * 1_024 * 1_024;

export function functionLog(name: string, folder: string | null): FunctionLog {
  const kept: string[] = [];
  let append = folder === null ? null : appendTo(folder, name);
  return {
    lines: () => kept,
    write: (line) => {
      const bounded = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line;
      kept.push(bounded);
      if (kept.length > KEPT_LINES) kept.shift();
      if (!append) return;
      try {
        append(bounded);
      } catch (error) {
        // A log that cannot be written (the folder is gone, the disk is full) ends nothing but itself.
        append = null;
        kept.push(`no more is written to the log's file: ${String(error)}`);
      }
    },
  };
}

function appendTo(folder: string, name: string): (line: string) => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return (line) => {
    const text = `${line}\n`;
    if (bytes > LARGEST_FILE) {
      renameSync(path, `${path}.1`);
      bytes = 0;
    }
    appendFileSync(path, text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };
}
