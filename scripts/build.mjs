// Bundles what runs: one file a function, the command line, the host of the local cloud's functions.
// Skips what is newer than its sources. Run by `npm run build`, `npm start` and `npm test`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tablestoreMessages } from './tablestore-messages.mjs';
import { unreached } from './unreached-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'build.stamp');

const functions = readdirSync(join(root, 'functions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const functionFile = (name) => join(dist, 'functions', name, 'index.js');
const hostFile = join(dist, 'runtime', 'function-host.js');
const outputs = [...functions.map(functionFile), hostFile, join(dist, 'cli', 'trunkline.js')];

const base = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  legalComments: 'none',
  // The Tablestore SDK assigns to undeclared variables, which strict mode refuses: our `strict` must not put
  // "use strict" above it. Ours is checked by the compiler all the same.
  tsconfigRaw: { compilerOptions: { target: 'ES2023', verbatimModuleSyntax: true, alwaysStrict: false } },
};

async function main() {
  const sources = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && outputs.every((file) => existsSync(file))) return;
  mkdirSync(join(dist, 'meta'), { recursive: true });
  await Promise.all([
    ...functions.map((name) =>
      bundle(name, {
        ...base,
        entryPoints: [`functions/${name}/index.ts`],
        outfile: functionFile(name),
        minify: true,
        plugins: [unreached, tablestoreMessages],
      }),
    ),
    bundle('function-host', {
      ...base,
      entryPoints: ['local/runtime/function-host.ts'],
      outfile: hostFile,
    }),
    bundle('cli', {
      ...base,
      entryPoints: ['cli/trunkline.ts'],
      outdir: join(dist, 'cli'),
      packages: 'external',
      banner: { js: '#!/usr/bin/env node' },
    }),
  ]);
  writeFileSync(stamp, sources);
}

async function bundle(name, options) {
  const { metafile } = await build({ ...options, metafile: true });
  writeFileSync(join(dist, 'meta', `${name}.json`), JSON.stringify(metafile));
}

// Names, sizes and times of the sources, and what is installed: cheaper than reading them, and a checkout is new anyway.
function hashOfSources() {
  const hash = createHash('sha256');
  for (const folder of ['functions', 'shared', 'local', 'cli', 'scripts']) visit(join(root, folder), hash);
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex');
}

function visit(folder, hash) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) visit(path, hash);
    else {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  }
}

await main();
