// `npm run schemas`: writes the published schemas from the code that checks by them. Tests hold the files to it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

const SCHEMAS = [
  ['topology.v1.json', 'shared/topology/json-schema.ts', 'topologyJsonSchema'],
  ['account.v1.json', 'local/world/account.ts', 'accountJsonSchema'],
  ['cli.v1.json', 'cli/documents.ts', 'documentsJsonSchema'],
];

mkdirSync(join(root, 'schema'), { recursive: true });
for (const [file, source, generator] of SCHEMAS) {
  const outfile = join(tmpdir(), `trunkline-schema-${process.pid}-${file}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
  });
  const schema = createRequire(import.meta.url)(outfile)[generator]();
  writeFileSync(join(root, 'schema', file), `${JSON.stringify(schema, null, 2)}\n`);
}
