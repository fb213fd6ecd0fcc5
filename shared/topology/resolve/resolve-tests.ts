/** Tests, groups expanded: one a pair of names. */
import type { CheckedFile } from '../check-shape';
import { error, type Path } from '../finding';
import type { ReachabilityTest } from '../topology';
import type { Context } from './context';
import { type Allowance, expandNames, isOwn } from './expand-names';
import { readPort } from './read-port';

const MOST_TESTS = 50_000;
/** Of the groups that they name, on whichever side: each of them a pair at least, or nothing. */
const MOST_MEMBERS = 10 * MOST_TESTS;

export interface ResolvedTests {
  tests: ReachabilityTest[];
  /** Where each stands in the file. */
  origins: number[];
}

export function resolveTests(context: Context, { file, indexes }: CheckedFile): ResolvedTests {
  const tests: ReachabilityTest[] = [];
  const origins: number[] = [];
  const allowance: Allowance = { members: MOST_MEMBERS };
  for (const [at, entry] of (file.tests ?? []).entries()) {
    const origin = indexes.tests[at] ?? at;
    const path: Path = ['tests', origin];
    const port = entry.port === undefined ? null : readPort(context, entry.port, [...path, 'port']);
    const ends = (side: 'from' | 'to') =>
      expandNames(context, { given: [entry[side]], pathOf: () => [...path, side], meaning: 'sites' }, allowance);
    const [from, to] = [ends('from'), ends('to')];
    if (entry.port !== undefined && port === null) continue;
    if (!from || !to || tests.length + from.length * to.length > MOST_TESTS) {
      const message = `the tests come to more than ${MOST_TESTS} pairs of names`;
      context.tell(error(path, { code: 'too-many-tests', message, remedy: 'Test fewer of them.' }));
      break;
    }
    for (const source of from)
      for (const target of to) {
        // Named, it is told by lint/tests.ts.
        if (isOwn(source, target) && !(source.isNamed && target.isNamed)) continue;
        tests.push({ from: source.name, to: target.name, port, expect: entry.expect });
        origins.push(origin);
      }
  }
  return { tests, origins };
}
