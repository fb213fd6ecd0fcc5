import * as z from 'zod';
import { listOf } from '../../shared/list-of';

const schema = z.object({ a: listOf(z.object({ b: z.string(), c: z.int() })) });

test('a list is what its entries are', () => {
  expect(schema.parse({ a: [] })).toEqual({ a: [] });
  expect(schema.parse({ a: [{ b: 'x', c: 1, d: 2 }] })).toEqual({ a: [{ b: 'x', c: 1 }] });
});

test('of all bad entries the first one is told, with its place', () => {
  const issues = schema.safeParse({ a: [{ b: 'x', c: 1 }, {}, {}, {}] }).error?.issues;
  expect(issues).toEqual([expect.objectContaining({ path: ['a', 1, 'b'] })]);
});

test.each([null, {}, 'text', 7])('%p is no list', (given) => {
  expect(schema.safeParse({ a: given }).error?.issues).toEqual([expect.objectContaining({ path: ['a'] })]);
});
