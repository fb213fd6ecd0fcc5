import * as z from 'zod';
import { numberedPages, tokenPages } from '../../../shared/alicloud/all-pages';
import type { Cloud, CloudRequest } from '../../../shared/engine/cloud';

const request: CloudRequest = {
  service: 'vpc',
  region: 'us-east-1',
  action: 'DescribeThings',
  parameters: { VpcId: 'v' },
};

/** Answers from a list of bodies, and keeps what it was asked. */
function listing(bodies: (asked: CloudRequest, turn: number) => unknown): Cloud & { asked: CloudRequest[] } {
  const asked: CloudRequest[] = [];
  return {
    asked,
    call: async (each) => {
      asked.push(each);
      return bodies(each, asked.length);
    },
  };
}

const numberedSchema = z.object({ TotalCount: z.number().optional(), Things: z.array(z.string()) });
const tokenSchema = z.object({ NextToken: z.string().nullish(), Things: z.array(z.string()) });
const numbered = {
  schema: numberedSchema,
  items: ({ Things }: z.infer<typeof numberedSchema>) => Things,
  pageSize: 2,
};
const token = { schema: tokenSchema, items: ({ Things }: z.infer<typeof tokenSchema>) => Things, pageSize: 2 };

test('numbered pages are read until all are there, with the filter on each', async () => {
  const pages = [['a', 'b'], ['c', 'd'], ['e']];
  const cloud = listing((_asked, turn) => ({ TotalCount: 5, Things: pages[turn - 1] }));
  expect(await numberedPages(cloud, request, numbered)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(cloud.asked.map(({ parameters }) => parameters)).toEqual([
    { VpcId: 'v', PageNumber: 1, PageSize: 2 },
    { VpcId: 'v', PageNumber: 2, PageSize: 2 },
    { VpcId: 'v', PageNumber: 3, PageSize: 2 },
  ]);
});

test('a list that shrinks while it is read ends at its empty page', async () => {
  const cloud = listing((_asked, turn) => ({ TotalCount: 5, Things: turn === 1 ? ['a', 'b'] : [] }));
  expect(await numberedPages(cloud, request, numbered)).toEqual(['a', 'b']);
  expect(cloud.asked).toHaveLength(2);
});

test('without a count, a page that is not full is the last', async () => {
  const cloud = listing((_asked, turn) => ({ Things: turn === 1 ? ['a', 'b'] : ['c'] }));
  expect(await numberedPages(cloud, request, numbered)).toEqual(['a', 'b', 'c']);
  expect(cloud.asked).toHaveLength(2);
});

test('tokens are followed until there is none, empty text included', async () => {
  const cloud = listing((_asked, turn) => ({ NextToken: turn < 3 ? `t${turn}` : '', Things: [`${turn}`] }));
  expect(await tokenPages(cloud, request, { ...token, sizeName: 'MaxResult' })).toEqual(['1', '2', '3']);
  expect(cloud.asked.map(({ parameters }) => parameters)).toEqual([
    { VpcId: 'v', MaxResult: 2, NextToken: null },
    { VpcId: 'v', MaxResult: 2, NextToken: 't1' },
    { VpcId: 'v', MaxResult: 2, NextToken: 't2' },
  ]);
});

test.each([
  ['numbered', (cloud: Cloud) => numberedPages(cloud, request, numbered)],
  ['token', (cloud: Cloud) => tokenPages(cloud, request, token)],
])('a %s list without an end is an error after 100 pages', async (_what, read) => {
  const cloud = listing(() => ({ TotalCount: 1_000_000, NextToken: 'again', Things: ['x', 'y'] }));
  await expect(read(cloud)).rejects.toMatchObject({ code: 'ResponseMalformed' });
  expect(cloud.asked).toHaveLength(100);
});

test('an answer of another shape says where, and shows no value', async () => {
  const cloud = listing(() => ({ TotalCount: 1, Things: [{ Psk: 'a-secret' }] }));
  await expect(numberedPages(cloud, request, numbered)).rejects.toMatchObject({
    code: 'ResponseMalformed',
    message: 'DescribeThings answered otherwise than documented: Things.0: invalid_type',
  });
});
