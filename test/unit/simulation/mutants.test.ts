/** The bugs that `npm run simulate -- --mutants` plants: each has a piece of the engine to take the place of. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
  within: number;
}

// A module of the scripts' kind, which jest does not load.
const PRINT = "import('./test/simulation/mutants.mjs').then(({ MUTANTS }) => console.log(JSON.stringify(MUTANTS)))";
const mutants = JSON.parse(execFileSync(process.execPath, ['-e', PRINT], { encoding: 'utf8' })) as Mutant[];

test('there are ten at least', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(10);
});

test.each(mutants)('$name: its piece stands in its file, once', ({ file, from, to }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});
