/** The two ways in which listings page. An answer always says how long its pages are: some clients loop for ever on 0. */
const DEFAULT_PAGE_SIZE = 10;

interface NumberedPage<T> {
  items: T[];
  paging: { PageNumber: number; PageSize: number; TotalCount: number };
}

export function byNumber<T>(all: readonly T[], asked: { PageNumber?: number; PageSize?: number }): NumberedPage<T> {
  const PageNumber = asked.PageNumber ?? 1;
  const PageSize = asked.PageSize ?? DEFAULT_PAGE_SIZE;
  const start = (PageNumber - 1) * PageSize;
  return { items: all.slice(start, start + PageSize), paging: { PageNumber, PageSize, TotalCount: all.length } };
}

interface TokenPage<T> {
  items: T[];
  /** Empty on the last page. */
  nextToken: string;
}

export interface TokenPaging {
  size: number;
  /** Absent on the first page. */
  token: string | undefined;
  /** What the service says to a token that it never gave. */
  refusal(): Error;
}

/** The token is the position, which is all that a listing in a fixed order needs. */
export function byToken<T>(all: readonly T[], { size, token, refusal }: TokenPaging): TokenPage<T> {
  const start = token ? offsetOf(token) : 0;
  if (start === null || start > all.length) throw refusal();
  const end = start + size;
  return { items: all.slice(start, end), nextToken: end < all.length ? tokenOf(end) : '' };
}

/** Opaque to callers, so that none counts on what is in it. */
const tokenOf = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url');

function offsetOf(token: string): number | null {
  const offset = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  return offset === undefined ? null : Number(offset);
}
