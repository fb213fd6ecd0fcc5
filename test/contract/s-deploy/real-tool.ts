/** The real `s`, run by scripts/deploy-local.mjs in a folder that is the project in all but its noted local cloud. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { LocalCloudDocument } from '../../../cli/connection';
import { noteLocalCloud } from '../../../cli/note-local-cloud';

const ROOT = join(__dirname, '..', '..', '..');

export interface Said {
  exitCode: number;
  /** Standard output and standard error, without colours. */
  text: string;
  wallMs: number;
}

export interface RealTool {
  run(...parameters: string[]): Promise<Said>;
  remove(): void;
}

/** `trunkline bootstrap` before a deployment reads the note, and `s` the file, in the folder that it runs in. */
export async function realTool(document: LocalCloudDocument): Promise<RealTool> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-project-'));
  for (const entry of readdirSync(ROOT))
    if (!entry.startsWith('.')) symlinkSync(join(ROOT, entry), join(folder, entry));
  await noteLocalCloud(folder, document);
  return {
    run: async (...parameters) => {
      const started = performance.now();
      const child = spawn(process.execPath, [join(ROOT, 'scripts', 'deploy-local.mjs'), ...parameters], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
      const text = stripVTControlCharacters(Buffer.concat(chunks).toString());
      return { exitCode, text, wallMs: Math.round(performance.now() - started) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What made a recording: the tool, its component, Node. */
export const versions = (component: string): Record<string, string> => ({
  '@serverless-devs/s': JSON.parse(
    readFileSync(join(ROOT, 'node_modules', '@serverless-devs', 's', 'package.json'), 'utf8'),
  ).version,
  fc3: /^Version: (\S+)/m.exec(readFileSync(join(component, 'publish.yaml'), 'utf8'))?.[1] ?? 'unknown',
  node: process.versions.node,
});
