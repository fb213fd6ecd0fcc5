/**
 * `--data DIR`: everything the world remembers, as a snapshot and the changes since.
 *
 * 1. Changes are written before the answer that they belong to is sent, so what a client was told survives SIGKILL.
 *    They are not synced to disk: a killed process loses nothing that the kernel has, a killed machine may.
 * 2. One line a request. A torn last line is a request that was never answered: dropped. Damage before it is an error,
 *    not a loss.
 * 3. A snapshot names its journal by a generation. It appears by a rename, whole, and with it the next journal; what an
 *    interrupted change of generation leaves is removed at the next start.
 * 4. When a write fails the journal takes no more: what the world then holds and the journal does not was never told
 *    to anybody.
 */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Change } from '../world/state';
import { type CheckedLines, readLines, writeLine } from './checked-lines';
import { DataFolderError, leaveFolder, SNAPSHOT, takeFolder } from './data-folder';

/** Changes a line of the snapshot. */
const CHUNK = 500;
/** A journal is worth a new snapshot when it has outgrown this and the snapshot. */
const LARGE_BYTES = 64 * 1_024 * 1_024;

export interface Journal {
  /** What an earlier life left. */
  readonly restored: readonly Change[];
  append(changes: readonly Change[]): void;
  /** Time to `compact`. */
  readonly large: boolean;
  /** Replaces snapshot and journal by what is given. */
  compact(everything: Iterable<Change>): void;
  /** Leaves the folder to others. */
  close(): void;
}

/** Undefined does not survive JSON: a deletion is a change without a value. */
const changesSchema = z.array(
  z
    .object({ collection: z.string(), key: z.string(), value: z.unknown().optional() })
    .transform(({ collection, key, value }): Change => ({ collection, key, value })),
);
const headSchema = z.object({ format: z.literal(1), generation: z.int().nonnegative() });
const footSchema = z.object({ chunks: z.int().nonnegative() });

export function openJournal(folder: string, largeBytes = LARGE_BYTES): Journal {
  takeFolder(folder);
  try {
    return resume(folder, largeBytes);
  } catch (error) {
    leaveFolder(folder);
    throw error;
  }
}

function resume(folder: string, largeBytes: number): Journal {
  const snapshot = readSnapshot(folder);
  let { generation } = snapshot;
  const journal = readLines(journalOf(folder, generation));
  if (journal.torn) truncateSync(journalOf(folder, generation), journal.wholeBytes);
  removeOthers(folder, generation);
  let file = openSync(journalOf(folder, generation), 'a', 0o600);
  let bytes = journal.wholeBytes;
  let threshold = largeBytes;
  let broken = false;
  return {
    restored: [...snapshot.changes, ...changesOf(journal)],
    get large() {
      return bytes > threshold;
    },
    append: (changes) => {
      if (broken) throw new DataFolderError(`${folder} could not be written; restart the local cloud`);
      if (changes.length === 0) return;
      broken = true;
      bytes += writeLine(file, changes);
      broken = false;
    },
    compact: (everything) => {
      const next = openSync(journalOf(folder, generation + 1), 'w', 0o600);
      threshold = Math.max(largeBytes, writeSnapshot(folder, generation + 1, everything));
      closeSync(file);
      rmSync(journalOf(folder, generation), { force: true });
      generation += 1;
      file = next;
      bytes = 0;
    },
    close: () => {
      broken = true;
      closeSync(file);
      leaveFolder(folder);
    },
  };
}

const journalOf = (folder: string, generation: number): string => join(folder, `journal-${generation}.jsonl`);

function removeOthers(folder: string, generation: number): void {
  const ours = `journal-${generation}.jsonl`;
  for (const name of readdirSync(folder))
    if (name === `${SNAPSHOT}.new` || (/^journal-\d+\.jsonl$/.test(name) && name !== ours))
      rmSync(join(folder, name), { force: true });
}

/** Synced before it gets its name: a machine that dies may lose the last changes, never the folder. */
function writeSnapshot(folder: string, generation: number, everything: Iterable<Change>): number {
  const fresh = join(folder, `${SNAPSHOT}.new`);
  const file = openSync(fresh, 'w', 0o600);
  let chunk: Change[] = [];
  let chunks = 0;
  let bytes = writeLine(file, { format: 1, generation } satisfies z.infer<typeof headSchema>);
  const flush = (): void => {
    if (chunk.length === 0) return;
    bytes += writeLine(file, chunk);
    chunks += 1;
    chunk = [];
  };
  for (const change of everything) {
    chunk.push(change);
    if (chunk.length >= CHUNK) flush();
  }
  flush();
  bytes += writeLine(file, { chunks } satisfies z.infer<typeof footSchema>);
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, join(folder, SNAPSHOT));
  return bytes;
}

function readSnapshot(folder: string): { generation: number; changes: Change[] } {
  const path = join(folder, SNAPSHOT);
  const { values, torn, wholeBytes } = readLines(path);
  if (values.length === 0 && !torn) return { generation: 0, changes: [] };
  const head = headSchema.safeParse(values[0]);
  const foot = footSchema.safeParse(values.at(-1));
  if (torn || !head.success || !foot.success || foot.data.chunks !== values.length - 2)
    throw new DataFolderError(`${path} is not whole; restore it, or begin with an empty folder`);
  return { generation: head.data.generation, changes: changesOf({ values: values.slice(1, -1), torn, wholeBytes }) };
}

const changesOf = ({ values }: CheckedLines): Change[] => values.flatMap((value) => changesSchema.parse(value));
