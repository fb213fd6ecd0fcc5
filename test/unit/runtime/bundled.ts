/** What runs in processes of its own is bundled once a suite, as scripts/build.mjs does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..', '..');

export function temporaryFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `trunkline-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** `source` is a path in the project. */
export function bundle(source: string, outfile: string): string {
  buildSync({
    entryPoints: [join(ROOT, source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}
