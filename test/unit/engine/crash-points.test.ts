import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRASH_POINTS } from '../../../shared/engine/crash-points';

const textsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => name.endsWith('.ts') && !name.endsWith('crash-points.ts') && !name.endsWith('crash-points.test.ts'),
    )
    .map((name) => readFileSync(join(folder, name), 'utf8'));

const code = textsOf('shared').join('\n');
const tests = textsOf('test').join('\n');

describe.each(Object.keys(CRASH_POINTS))('%s', (point) => {
  test('stands in the code', () => {
    expect(code).toContain(`crash('${point}')`);
  });

  test('is died at by a test', () => {
    // Starts and revisions are died at by their prefix: every one of them.
    const byPrefix = /^(start|revision)\//.test(point) && tests.includes('/^(start|revision)\\//');
    expect(byPrefix || tests.includes(`'${point}'`)).toBe(true);
  });
});
