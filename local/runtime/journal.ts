/**
 * `--data DIR`: everything the world remembers, as a snapshot and the changes since.
 *
 * 1. Changes are written before the answer that they belong to is sent, so what a client was told survives SIGKILL.
 *    They are not synced to disk: a killed process loses nothing that the kernel has, a killed machine may.
 * 2. One line a request, each with its checksum. A torn last line is a request that was never answered: dropped.
 *    Damage anywhere before it is an error, not a loss.
 * 3. A snapshot replaces the journal by a rename; replaying the old journal over the new snapshot changes nothing.
 * 4. One process a folder: a lock file names it.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Change } from '../world/state';

const SNAPSHOT = 'snapshot.jsonl';
const JOURNAL = 'journal.jsonl';
const LOCK = 'lock';
/** Changes a line of the snapshot. */
const CHUNK = 500;

export interface Journal {
  /** What an earlier life left. */
  readonly restored: readonly Change[];
  append(changes: readonly Change[]): void;
  /** Replaces snapshot and journal by what is given. */
  compact(everything: Iterable<Change>): void;
  close(): void;
}

export class DataFolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataFolderError';
  }
}

export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  lock(folder);
  const path = join(folder, JOURNAL);
  const journal = readLines(path);
  if (journal.torn) truncateSync(path, journal.wholeBytes);
  const restored = [...readLines(join(folder, SNAPSHOT)).changes, ...journal.changes];
  let file = openSync(path, 'a', 0o600);
  return {
    restored,
    append: (changes) => {
      if (changes.length > 0) writeSync(file, lineOf(changes));
    },
    compact: (everything) => {
      writeSnapshot(folder, everything);
      closeSync(file);
      file = openSync(path, 'w', 0o600);
    },
    close: () => {
      closeSync(file);
      rmSync(join(folder, LOCK), { force: true });
    },
  };
}

function writeSnapshot(folder: string, everything: Iterable<Change>): void {
  const fresh = join(folder, `${SNAPSHOT}.new`);
  const file = openSync(fresh, 'w', 0o600);
  let chunk: Change[] = [];
  const flush = () => {
    if (chunk.length > 0) writeSync(file, lineOf(chunk));
    chunk = [];
  };
  for (const change of everything) {
    chunk.push(change);
    if (chunk.length >= CHUNK) flush();
  }
  flush();
  closeSync(file);
  renameSync(fresh, join(folder, SNAPSHOT));
}

/** Undefined does not survive JSON: a deletion is a change without a value. */
const lineOf = (changes: readonly Change[]): string => {
  const text = JSON.stringify(changes);
  return `${checksum(text)} ${text}\n`;
};

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

function readLines(path: string): { changes: Change[]; torn: boolean; wholeBytes: number } {
  if (!existsSync(path)) return { changes: [], torn: false, wholeBytes: 0 };
  const bytes = readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1);
  const changes = lines.flatMap((line, index) => {
    const text = line.slice(9);
    if (line.slice(0, 8) !== checksum(text))
      throw new DataFolderError(`${path}:${index + 1} is damaged; restore it, or begin with an empty folder`);
    // Its checksum says that we wrote it.
    return (JSON.parse(text) as Change[]).map(({ collection, key, value }) => ({ collection, key, value }));
  });
  return { changes, torn: wholeBytes < bytes.length, wholeBytes };
}

function lock(folder: string): void {
  const path = join(folder, LOCK);
  if (existsSync(path)) {
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder !== process.pid && isAlive(holder))
      throw new DataFolderError(`${folder} is in use by the local cloud with process id ${holder}`);
  }
  writeFileSync(path, String(process.pid), { mode: 0o600 });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
