/** `.trunkline/local.json`: where `--local` finds the local cloud that runs in this folder. */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LocalCloudDocument, localFile } from './connection';

/** Readable by its owner only. Returns what takes the note away; a later local cloud's note in its place stays. */
export async function noteLocalCloud(folder: string, document: LocalCloudDocument): Promise<() => Promise<void>> {
  const file = localFile(folder);
  const note = `${JSON.stringify(document)}\n`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, note, { mode: 0o600 });
  // The mode above is for a new file only.
  await chmod(file, 0o600);
  return async () => {
    const standing = await readFile(file, 'utf8').catch(() => null);
    if (standing === note) await rm(file, { force: true });
  };
}
