// `npm run bench [name …]`: builds each bench and runs it in a process of its own.
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build, install, requireNode, root, run } from './install.mjs';

requireNode();
install();
build();

const BENCHES = ['makespan', 'plan-and-prove', 'local-cloud', 'first-call'];
const wanted = process.argv.slice(2);

for (const name of BENCHES.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const outfile = join(root, 'dist', 'bench', `${name}.js`);
  await bundle({
    absWorkingDir: root,
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  });
  process.stderr.write(`\n${name}\n`);
  run(process.execPath, ['--max-old-space-size=8192', outfile]);
}
if (wanted.length === 0 || wanted.includes('bundles')) run(process.execPath, ['bench/bundles.mjs']);
