// `npm run verify`: what CI runs. Format and lint, import directions, types, lockfile, tests; stops at the first failure.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, requireNode, root } from './install.mjs';

requireNode();
install();

const bin = (name) => join(root, 'node_modules', '.bin', name);
const folders = ['functions', 'shared', 'local', 'cli', 'test', 'bench'];

// These read and do not disturb each other.
const checks = await Promise.all([
  run('format and lint', bin('biome'), ['check', '.']),
  run('import directions', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', ...folders]),
  run('types', bin('tsc'), ['--noEmit']),
  run('lockfile', process.execPath, ['scripts/lockfile.mjs']),
]);
if (checks.every(Boolean))
  process.exit((await run('tests', process.execPath, ['scripts/test.mjs'], 'inherit')) ? 0 : 1);
process.exit(1);

function run(name, command, args, output = 'pipe') {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, output] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    child.on('exit', (code) => {
      process.stderr.write(`${code === 0 ? '✔' : '✘'} ${name}\n`);
      if (code !== 0) process.stderr.write(said);
      resolve(code === 0);
    });
  });
}
