/** The two ways in which the VPC service pages. An answer always says how long its pages are. */
import { refusal } from './refusals';

const DEFAULT_PAGE_SIZE = 10;

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
  /** Empty on the last page. */
  NextToken: string;
}

export function byToken<T>(all: readonly T[], size: number, token: string | undefined): TokenPage<T> {
  const start = token ? offsetOf(token) : 0;
  const end = start + size;
  return { items: all.slice(start, end), NextToken: end < all.length ? tokenOf(end) : '' };
}

/** Opaque to callers, so that none counts on what is in it. */
const tokenOf = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url');

function offsetOf(token: string): number {
  const offset = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined) throw refusal('InvalidNextToken');
  return Number(offset);
}
