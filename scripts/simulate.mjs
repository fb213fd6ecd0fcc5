// `npm run simulate -- --seeds 300`: the engine, its functions and the local cloud's world in one process, in virtual
// time, under faults drawn from the seed (docs/simulation.md). Ends with one plain line on standard output.
//
//   --seeds N [--from A]   seeds A to A+N-1; what fails is shrunk and printed with the command that repeats it
//   --seed S               one seed, its history line by line on standard error
//   --workload NAME        with any of these: that one alone
//   --repeat N             seeds 1 to N twice, in processes of their own: the same to the byte
//   --crash-table          every crash point and every call while the example is built, changed and taken down
//   --mutants [NAME]       bugs planted in the engine, each to be found within its number of seeds
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { install, requireNode, root } from './install.mjs';

requireNode();
install();

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    workload: { type: 'string' },
    repeat: { type: 'string' },
    'crash-table': { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
  },
});
const folder = join(root, 'dist', 'simulation');
mkdirSync(folder, { recursive: true });
const workers = Math.max(1, availableParallelism());
const started = performance.now();

const failed = await chosen();
process.exit(failed === 0 ? 0 : 1);

function chosen() {
  if (values.mutants || values.mutant) return huntMutants(values.mutant);
  if (values.seed) return one(values.seed);
  if (values['crash-table']) return crashTable();
  if (values.repeat) return repeat(Number(values.repeat));
  return seeds(Number(values.from), Number(values.seeds ?? 100));
}

async function bundle(name, plugins = []) {
  const outfile = join(folder, `${name}.js`);
  await build({
    absWorkingDir: root,
    entryPoints: ['test/simulation/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
    plugins,
  });
  return outfile;
}

/** Hears a line of JSON for each history; resolves to whether the worker ended well. */
function work(file, task, hear) {
  const child = spawn(process.execPath, [file, JSON.stringify(task), join(root, 'examples')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => hear(JSON.parse(line), child));
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

async function parallel(file, taskOf) {
  const histories = [];
  const ends = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      work(file, taskOf(index), (history) => {
        histories.push(history);
        progress(histories.length);
        if (history.violations.length > 0) tell(history);
      }),
    ),
  );
  return { histories, broken: ends.filter((well) => !well).length };
}

async function seeds(from, count) {
  const file = await bundle('main');
  const to = from + count - 1;
  const task = (index) => ({
    kind: 'seeds',
    from: from + index,
    to,
    step: workers,
    untilFound: false,
    only: values.workload,
  });
  return conclude(await parallel(file, task), count);
}

async function crashTable() {
  const file = await bundle('main');
  const only = values.workload;
  const result = await parallel(file, (part) => ({ kind: 'crash-table', only, part, parts: workers }));
  const told = new Map();
  for (const { story, cases, deathsAgain } of result.histories) {
    const sum = told.get(story) ?? { cases, seen: 0, again: 0 };
    told.set(story, { cases, seen: sum.seen + 1, again: sum.again + (deathsAgain > 0 ? 1 : 0) });
  }
  for (const [story, { cases, again }] of told)
    process.stderr.write(`${story}: ${cases} cases; in ${again} the retry died, too\n`);
  return conclude(
    result,
    [...told.values()].reduce((sum, { cases }) => sum + cases, 0),
  );
}

async function repeat(count) {
  const file = await bundle('main');
  const task = { kind: 'seeds', from: 1, to: count, step: 1, untilFound: false };
  const digests = [new Map(), new Map()];
  await Promise.all(digests.map((map) => work(file, task, ({ seed, digest }) => map.set(seed, digest))));
  const [first, second] = digests;
  const different = [...first].filter(([seed, digest]) => second.get(seed) !== digest).map(([seed]) => seed);
  const missing = count - Math.min(first.size, second.size);
  for (const seed of different) process.stderr.write(`seed ${seed} has two histories\n`);
  process.stdout.write(`${count - different.length - missing} passed, ${different.length + missing} failed\n`);
  return different.length + missing;
}

async function one(seed) {
  const file = await bundle('main');
  let violations = 1;
  await work(file, { kind: 'history', seed, faults: null, only: values.workload }, (history) => {
    violations = history.violations.length;
    process.stdout.write(`${JSON.stringify(history, null, 2)}\n`);
  });
  return violations;
}

async function huntMutants(only) {
  const { MUTANTS } = await import(join(root, 'test', 'simulation', 'mutants.mjs'));
  let survived = 0;
  const hunted = MUTANTS.filter(({ name }) => !only || name === only);
  for (const mutant of hunted) {
    const found = await hunt(mutant);
    if (!found) survived += 1;
    const where = found ? `seed ${found.seed}: ${found.violations[0].what}` : `not within ${mutant.within} seeds`;
    process.stderr.write(`${found ? '✔' : '✘'} ${mutant.name} · ${where}\n`);
  }
  process.stdout.write(`${hunted.length - survived} passed, ${survived} failed\n`);
  return survived;
}

/** The first history that finds it; null where it lives on. */
async function hunt({ name, file, from, to, within }) {
  const path = join(root, file);
  const pieces = readFileSync(path, 'utf8').split(from);
  if (pieces.length !== 2) throw new Error(`${name}: its piece stands ${pieces.length - 1} times in ${file}`);
  const planted = {
    name: 'mutant',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, (module) =>
        module.path === path ? { contents: pieces.join(to), loader: 'ts' } : undefined,
      ),
  };
  const bundled = await bundle('mutant', [planted]);
  const children = new Set();
  let found = null;
  await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      work(
        bundled,
        { kind: 'seeds', from: 1 + index, to: within, step: workers, untilFound: true },
        (history, child) => {
          children.add(child);
          if (found || history.violations.length === 0) return;
          found = history;
          for (const other of children) other.kill();
        },
      ),
    ),
  );
  return found;
}

function progress(done) {
  if (done % 100 !== 0) return;
  const seconds = (performance.now() - started) / 1_000;
  process.stderr.write(`${done} histories, ${seconds.toFixed(0)} s\n`);
}

function tell({ seed, workload, violations, leastText, least }) {
  process.stderr.write(`✘ ${seed} (${workload}): ${violations[0].check}: ${violations[0].what}\n`);
  for (const fault of leastText ?? []) process.stderr.write(`    ${fault}\n`);
  if (least)
    process.stderr.write(
      `    again: npm run simulate -- --seed ${seed}${values.workload ? ` --workload ${values.workload}` : ''}\n    as a test: ${JSON.stringify(least)}\n`,
    );
}

/** A fault that never bites is none: how often each kind did. */
function struck(histories) {
  const counts = new Map();
  for (const kind of histories.flatMap((history) => history.struck)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (
    [...counts]
      .map(([kind, count]) => `${kind} ${count}`)
      .sort()
      .join(', ') || 'nothing'
  );
}

function conclude({ histories, broken }, wanted) {
  const failures = histories.filter(({ violations }) => violations.length > 0).length;
  const unheard = wanted - histories.length;
  const minutes = (performance.now() - started) / 60_000;
  const sum = (field) => histories.reduce((total, history) => total + history[field], 0);
  process.stderr.write(
    `${histories.length} histories, ${sum('invocations')} invocations, ${sum('faults')} faults, ` +
      `${sum('virtualHours').toFixed(0)} virtual hours (${(sum('virtualHours') / minutes).toFixed(0)} a minute), ` +
      `${sum('deadLetters')} dead letters, ${sum('repeats')} uploaded again\n`,
  );
  process.stderr.write(`what disturbed something: ${struck(histories)}\n`);
  process.stdout.write(`${histories.length - failures} passed, ${failures + unheard} failed\n`);
  return failures + unheard + broken;
}
