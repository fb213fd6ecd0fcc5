import { inspect } from 'node:util';
import { jsonLog } from '../../shared/log';
import { revealed, type Secret, secretOf } from '../../shared/secret';

const secret = secretOf('s3cret-value');

test.each<[string, (value: Secret) => string]>([
  ['a template', (value) => `key ${value}`],
  ['a concatenation', (value) => `key ${String(value)}`],
  ['JSON', (value) => JSON.stringify({ key: value, keys: [value] })],
  [
    'an inspector, at any depth',
    (value) => inspect({ a: { b: { c: { d: value } } } }, { depth: null, showHidden: true }),
  ],
  ['an error', (value) => new Error(`with ${value}`, { cause: value }).stack ?? ''],
  ['its own properties', (value) => JSON.stringify([Object.entries(value), Object.getOwnPropertyNames(value)])],
  ['a copy', (value) => JSON.stringify({ ...value }) + JSON.stringify(structuredClone({ ...value }))],
])('%s shows nothing of it', (_what, print) => {
  expect(print(secret)).not.toContain('s3cret');
});

test('the log takes none: a line of it is a compile error, and says nothing where somebody forced it', () => {
  const lines: string[] = [];
  // @ts-expect-error A secret is no field of a log.
  jsonLog((line) => lines.push(line)).info('called', { key: secret });
  expect(lines).toEqual(['{"level":"info","message":"called","key":"[secret]"}']);
});

test('its text is had from one function', () => {
  expect(revealed(secret)).toBe('s3cret-value');
});
