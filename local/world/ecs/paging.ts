/** Token pages: the token is the position, which is all that a listing in a fixed order needs. */
import { ApiError } from '../rpc/action';

export interface Page<T> {
  items: T[];
  /** Empty on the last page. */
  nextToken: string;
}

export function tokenPage<T>(all: readonly T[], maxResults: number, token: string | undefined): Page<T> {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > all.length)
    throw new ApiError(400, 'InvalidParameter.NextToken', 'The specified parameter NextToken is not valid.');
  const end = start + maxResults;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : '' };
}
