// `npm run verify`: what CI runs. Format and lint, import directions, types, lockfile, tests; stops at the first failure.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, requireNode, root } from './install.mjs';

requireNode();
install();

const bin = (name) => join(root, 'node_modules', '.bin', name);
const folders = ['functions', 'shared', 'local', 'cli', 'test', 'bench'];

checkLockfile();
// These three read and do not disturb each other.
const checks = await Promise.all([
  run('format and lint', bin('biome'), ['check', '.']),
  run('import directions', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', ...folders]),
  run('types', bin('tsc'), ['--noEmit']),
]);
if (checks.every(Boolean))
  process.exit((await run('tests', process.execPath, ['scripts/test.mjs'], 'inherit')) ? 0 : 1);
process.exit(1);

/** Exact versions in package.json, an integrity hash for everything that is installed. */
function checkLockfile() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+/.test(version),
  );
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const unhashed = Object.entries(packages).filter(([path, { link, integrity }]) => path !== '' && !link && !integrity);
  for (const [name, version] of loose) process.stderr.write(`package.json: ${name} is not pinned: ${version}\n`);
  for (const [path] of unhashed) process.stderr.write(`package-lock.json: ${path} has no integrity hash\n`);
  if (loose.length + unhashed.length > 0) process.exit(1);
}

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
