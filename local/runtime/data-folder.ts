/**
 * The folder of `--data`: ours alone, for its owner's eyes only, and one local cloud at a time.
 *
 * The lock file names its holder by process id and, where the system tells, by the moment that process began: after a
 * SIGKILL the id may belong to another process, in a container even always to the same few.
 */
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export const SNAPSHOT = 'snapshot.jsonl';
export const LOGS = 'logs';
/** Unpacked from the world's records at each start. */
export const CODE_FOLDER = 'code';
const LOCK = 'lock';
const OURS = /^(lock.*|snapshot\.jsonl.*|journal-\d+\.jsonl|logs|code|ca(-key)?\.pem.*)$/;

/** The folder cannot be used; the message says what to do. */
export class DataFolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataFolderError';
  }
}

/** Makes the folder where it is missing, and takes it. */
export function takeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const strange = readdirSync(folder).filter((name) => !OURS.test(name));
  if (strange.length > 0 && !existsSync(join(folder, SNAPSHOT)))
    throw new DataFolderError(
      `${folder} holds other things (${strange[0]}) and nothing of a local cloud; choose an empty folder for --data`,
    );
  chmodSync(folder, 0o700);
  lock(join(folder, LOCK), folder);
}

export const leaveFolder = (folder: string): void => rmSync(join(folder, LOCK), { force: true });

/**
 * The lock appears by a hard link: whole or not at all, and for one process only. A dead holder's is moved aside first;
 * of two processes that find it, one moves it and the other finds it gone or taken.
 */
function lock(path: string, folder: string): void {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, identityOf(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (link(mine, path)) return;
      const holder = read(path);
      if (holder !== null && isRunning(holder))
        throw new DataFolderError(`${folder} is in use by the local cloud with process id ${holder.split(' ')[0]}`);
      if (holder !== null) moveAside(path, holder);
    }
    throw new DataFolderError(`${folder} is being taken by another local cloud; try again`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function moveAside(path: string, dead: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Another process took the lock between our look and our move: give it back.
  if (read(aside) !== dead) link(aside, path);
  rmSync(aside, { force: true });
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function isRunning(holder: string): boolean {
  const [pid] = holder.split(' ').map(Number);
  if (!pid || !Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process exists as well.
    if (codeOf(error) !== 'EPERM') return false;
  }
  return identityOf(pid) === holder;
}

/** `1234 567890`: the process id, and the ticks since boot at which it began; 0 where there is no /proc. */
function identityOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold any character; the start is the twentieth field after it.
  const began = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${pid} ${began ?? 0}`;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
