/** The two ways in which CEN pages. An answer always says how long its pages are: some clients loop for ever on 0. */
import { refusal } from './refusals';

const DEFAULT_PAGE_SIZE = 10;
const DEFAULT_MAX_RESULTS = 20;

interface Page<T> {
  items: T[];
  paging: { PageNumber: number; PageSize: number; TotalCount: number };
}

export function byNumber<T>(all: readonly T[], asked: { PageNumber?: number; PageSize?: number }): Page<T> {
  const PageNumber = asked.PageNumber ?? 1;
  const PageSize = asked.PageSize ?? DEFAULT_PAGE_SIZE;
  const start = (PageNumber - 1) * PageSize;
  return { items: all.slice(start, start + PageSize), paging: { PageNumber, PageSize, TotalCount: all.length } };
}

interface TokenPage<T> {
  items: T[];
  /** NextToken is empty on the last page. */
  paging: { MaxResults: number; NextToken: string; TotalCount: number };
}

export function byToken<T>(all: readonly T[], asked: { MaxResults?: number; NextToken?: string }): TokenPage<T> {
  const MaxResults = asked.MaxResults ?? DEFAULT_MAX_RESULTS;
  const start = asked.NextToken ? offsetOf(asked.NextToken) : 0;
  const end = start + MaxResults;
  const NextToken = end < all.length ? tokenOf(end) : '';
  return { items: all.slice(start, end), paging: { MaxResults, NextToken, TotalCount: all.length } };
}

/** Opaque to callers, so that none counts on what is in it. */
const tokenOf = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url');

function offsetOf(token: string): number {
  const offset = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined) throw refusal('IllegalParam.NextToken');
  return Number(offset);
}
