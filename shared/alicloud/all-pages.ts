/** Lists over all their pages, bounded: a service that never ends its list is an error, not a loop. */
import type * as z from 'zod';
import type { Cloud, CloudParameter, CloudRequest } from '../engine/cloud';
import { TrunklineError } from '../errors';
import { callFor } from './parse-response';

/** 5,000 entries at the smallest page size: ten times what any quota allows. */
const MOST_PAGES = 100;

interface Listing<R, T> {
  schema: z.ZodType<R>;
  items(response: R): readonly T[];
  pageSize: number;
}

/** `PageNumber` and `PageSize`. Ends by the count, or at a page that is not full: some services leave the count out. */
export async function numberedPages<R extends { TotalCount?: number | undefined }, T>(
  cloud: Cloud,
  request: CloudRequest,
  { schema, items, pageSize }: Listing<R, T>,
): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response = await callFor(cloud, withParameters(request, { PageNumber: page, PageSize: pageSize }), schema);
    const batch = items(response);
    found.push(...batch);
    const { TotalCount } = response;
    const last = TotalCount === undefined ? batch.length < pageSize : found.length >= TotalCount;
    if (last || batch.length === 0) return found;
  }
  throw endless(request);
}

/** `NextToken`; the size is called `MaxResults` nearly everywhere, `MaxResult` by the route entries, `PageSize` by CEN's tags. */
export async function tokenPages<R extends { NextToken?: string | null | undefined }, T>(
  cloud: Cloud,
  request: CloudRequest,
  {
    schema,
    items,
    pageSize,
    sizeName = 'MaxResults',
  }: Listing<R, T> & { sizeName?: 'MaxResults' | 'MaxResult' | 'PageSize' },
): Promise<T[]> {
  const found: T[] = [];
  let token: string | null = null;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response: R = await callFor(
      cloud,
      withParameters(request, { [sizeName]: pageSize, NextToken: token }),
      schema,
    );
    found.push(...items(response));
    token = response.NextToken || null;
    if (token === null) return found;
  }
  throw endless(request);
}

const withParameters = (request: CloudRequest, more: { [name: string]: CloudParameter }): CloudRequest => ({
  ...request,
  parameters: { ...request.parameters, ...more },
});

const endless = ({ action }: CloudRequest): TrunklineError =>
  new TrunklineError('ResponseMalformed', `${action} has more than ${MOST_PAGES} pages`);
