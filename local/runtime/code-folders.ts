/**
 * The functions' code on disk: each zip of the world extracted once, into a folder that only its owner reads.
 *
 * 1. A zip is somebody else's: no entry leaves its folder, there are no links, and entries and bytes are bounded,
 *    whatever the zip says of their sizes.
 * 2. A folder appears whole: it is written aside and renamed.
 * 3. It goes with the last revision that runs from it; what an earlier life left is removed before anything is written.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type UnzipFileInfo, unzipSync } from 'fflate';

export interface CodeFolders {
  /** Where they all are. */
  readonly root: string;
  /** Throws an Error that says what is wrong with the zip. Each taking is given back by one `release`. */
  take(checksum: string, zip: () => Buffer): string;
  release(checksum: string): void;
  /** Removes everything. */
  close(): void;
}

/** The service's largest; a bundle of ours has a megabyte. */
const MOST_BYTES = 500 * 1_024 * 1_024;
const MOST_ENTRIES = 20_000;

/** `root` is ours alone; null makes one among the system's temporary files. */
export function codeFolders(root: string | null): CodeFolders {
  if (root !== null) rmSync(root, { recursive: true, force: true });
  const folder = root ?? mkdtempSync(join(tmpdir(), 'trunkline-code-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const users = new Map<string, number>();
  return {
    root: folder,
    take: (checksum, zip) => {
      const path = join(folder, checksum);
      const count = users.get(checksum) ?? 0;
      if (count === 0) extract(zip(), path);
      users.set(checksum, count + 1);
      return path;
    },
    release: (checksum) => {
      const count = users.get(checksum) ?? 0;
      if (count > 1) users.set(checksum, count - 1);
      else if (users.delete(checksum)) rmSync(join(folder, checksum), { recursive: true, force: true });
    },
    close: () => {
      // The last instances are told to be dead after this: by then the folder may be a next life's.
      users.clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function extract(zip: Buffer, path: string): void {
  const aside = `${path}.new`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  for (const [name, bytes] of Object.entries(unzipSync(zip, { filter: bounded() }))) {
    const file = join(aside, name);
    if (name.endsWith('/')) mkdirSync(file, { recursive: true, mode: 0o700 });
    else {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, bytes, { mode: 0o600 });
    }
  }
  renameSync(aside, path);
}

/** Asked for every entry before it is inflated; fflate inflates into a buffer of the stated size and no further. */
function bounded(): (entry: UnzipFileInfo) => boolean {
  let entries = 0;
  let bytes = 0;
  return ({ name, size, originalSize }) => {
    entries += 1;
    // What is stored and not deflated has its own size, whatever is stated.
    bytes += Math.max(size, originalSize);
    if (entries > MOST_ENTRIES) throw new Error(`the code's zip has more than ${MOST_ENTRIES} entries`);
    if (bytes > MOST_BYTES) throw new Error(`the code's zip unpacks to more than ${MOST_BYTES} bytes`);
    if (!isInside(name))
      throw new Error(`the code's zip has an entry that leads out of its folder: ${name.slice(0, 200)}`);
    return true;
  };
}

const isInside = (name: string): boolean =>
  name !== '' && !/^[/~]|^[A-Za-z]:|[\\\0]/.test(name) && !name.split('/').includes('..');
