// `npm test`: installs what is missing, builds the functions, runs the tests, ends with one plain line.
// `--slow` runs the slow suites instead; other arguments go to jest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireNode, root } from './install.mjs';

requireNode();
install();
build();

const slow = process.argv.includes('--slow');
const rest = process.argv.slice(2).filter((argument) => argument !== '--slow');
const folder = mkdtempSync(join(tmpdir(), 'trunkline-test-'));
const results = join(folder, 'results.json');
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    slow ? 'jest.slow.config.cjs' : 'jest.config.cjs',
    '--json',
    `--outputFile=${results}`,
    ...rest,
  ],
  { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, FORCE_COLOR: process.stderr.isTTY ? '1' : '0' } },
);
const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0 } = read(results);
rmSync(folder, { recursive: true, force: true });
// A suite that could not run at all has no failed test, and is one.
const failed = Math.max(numFailedTests, numFailedTestSuites, status === 0 ? 0 : 1);
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
