/**
 * A function's folder as the zip that Function Compute takes. The same files give the same bytes, on any machine and in
 * any time zone: the CRC-64 of the zip tells whether code must be sent at all.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** What Serverless Devs writes too. fflate writes the local time's fields, so a date of local time is the same in every zone. */
const MODIFIED = new Date(2023, 10, 1);
/** rw-r--r-- of a Unix file, in the upper half: without it, what unpacks decides. */
const ATTRIBUTES = 0o100644 * 0x10000;
const UNIX = 3;
/** Ten bundles of 1 MB: level 1 takes 190 ms and leaves 31 %, level 6 takes 290 ms and leaves 29 %. */
const LEVEL = 1;

export async function zipCode(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const files: Zippable = {};
  for (const name of names)
    files[name] = [await readFile(join(folder, name)), { mtime: MODIFIED, os: UNIX, attrs: ATTRIBUTES, level: LEVEL }];
  return zipSync(files);
}
