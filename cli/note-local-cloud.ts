/** `.trunkline/local.json`: where `--local` finds the local cloud that runs in this folder. */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LocalCloudDocument, listens, localCloudSchema, localFile } from './connection';

/**
 * Readable by its owner only. Returns what takes the note away: a later local cloud's note in its place stays, and where
 * an earlier one still serves, its note comes back.
 */
export async function noteLocalCloud(folder: string, document: LocalCloudDocument): Promise<() => Promise<void>> {
  const file = localFile(folder);
  const note = textOf(document);
  await mkdir(dirname(file), { recursive: true });
  const earlier = await readNote(file);
  await write(file, note);
  return async () => {
    const standing = await readFile(file, 'utf8').catch(() => null);
    if (standing !== note) return;
    const serves = earlier !== null && earlier.endpoint !== document.endpoint && (await listens(earlier.endpoint));
    if (serves) await write(file, textOf(earlier));
    else await rm(file, { force: true });
  };
}

const textOf = (document: LocalCloudDocument): string => `${JSON.stringify(document)}\n`;

/** Null where there is none, or something else stands there: it is written over. */
async function readNote(file: string): Promise<LocalCloudDocument | null> {
  try {
    return localCloudSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

async function write(file: string, note: string): Promise<void> {
  await writeFile(file, note, { mode: 0o600 });
  // The mode above is for a new file only.
  await chmod(file, 0o600);
}
