/** docs/security.md names the test that holds each of its claims: here they are looked for. */
import { readFileSync } from 'node:fs';

const ROW = /^\| (?<claim>[^|]+) \| `(?<title>[^`]+)` \| (?<file>test\/[^ |]+\.test\.ts) \|$/;

const text = readFileSync('docs/security.md', 'utf8');
const section = text.slice(text.indexOf('## Claims'), text.indexOf('## What is not guarded'));
const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| claim '));
const claims = rows.flatMap((line) => {
  const { claim, title, file } = ROW.exec(line)?.groups ?? {};
  return claim && title && file ? [{ claim, title, file }] : [];
});

test('every claim names a test and its file', () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(claims).toHaveLength(rows.length);
});

test.each(claims)('$claim', ({ title, file }) => {
  const tests = readFileSync(file, 'utf8');
  // A title of its own, or a row's of a table.
  const quoted = [`'${title}'`, `"${title}"`, `\`${title}\``];
  expect(quoted.some((one) => tests.includes(one))).toBe(true);
});
