/**
 * A worker of `npm run simulate` (scripts/simulate.mjs): histories one after the other, a JSON line each on standard
 * output. What it is to do comes as JSON in its first argument.
 */
import { crashCases, runCase } from './crash-table';
import { describeFault, type Fault } from './faults';
import { readMaterials } from './materials';
import { shrink } from './shrink';
import { type History, simulate } from './simulate';
import { stories } from './stories';

type Task =
  /** Seeds `from`, `from + step` … up to `to`; stops at the first violation where `untilFound`. */
  | { kind: 'seeds'; from: number; to: number; step: number; untilFound: boolean; only?: string }
  /** One seed, its history line by line. */
  | { kind: 'history'; seed: string; faults: Fault[] | null; only?: string }
  | { kind: 'crash-table'; only?: string; part: number; parts: number };

const materials = readMaterials(process.argv[3] ?? 'examples');

const say = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const summary = (history: History): object => {
  const { seed, workload, faults, violations, digest, invocations, deadLetters, repeats, virtualHours } = history;
  const { struck } = history;
  const counts = { invocations, deadLetters, repeats, virtualHours, faults: faults.length, struck };
  return { seed, workload, digest, ...counts, violations };
};

async function seeds({ from, to, step, untilFound, only }: Extract<Task, { kind: 'seeds' }>): Promise<void> {
  for (let seed = from; seed <= to; seed += step) {
    const settings = { seed: String(seed), materials, ...(only ? { only } : {}) };
    const history = await simulate(settings);
    if (history.violations.length === 0) {
      say(summary(history));
      continue;
    }
    const least = untilFound ? history : await shrink(settings, history);
    say({ ...summary(history), least: least.faults, leastText: least.faults.map(describeFault) });
    if (untilFound) return;
  }
}

/** Every story's cases in the same order everywhere, so that the parts together are all of them. */
async function crashTable({ only, part, parts }: Extract<Task, { kind: 'crash-table' }>): Promise<void> {
  let nth = 0;
  for (const story of stories(materials)) {
    const { name } = story.workload;
    if (only !== undefined && only !== name) continue;
    const cases = await crashCases(materials, story);
    for (const faults of cases) {
      nth += 1;
      if (nth % parts !== part) continue;
      const history = await runCase(materials, story, faults);
      const { deathsAgain } = history;
      const seed = `${name}: ${faults.map(describeFault).join(', ')}`;
      say({ ...summary(history), seed, story: name, cases: cases.length, deathsAgain });
    }
  }
}

async function main(task: Task): Promise<void> {
  switch (task.kind) {
    case 'seeds':
      return seeds(task);
    case 'crash-table':
      return crashTable(task);
    case 'history': {
      const given = { ...(task.faults ? { faults: task.faults } : {}), ...(task.only ? { only: task.only } : {}) };
      const hear = (line: string): boolean => process.stderr.write(`${line}\n`);
      say(summary(await simulate({ seed: task.seed, materials, ...given, hear })));
    }
  }
}

void main(JSON.parse(process.argv[2] ?? '') as Task);
