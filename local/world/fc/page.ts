import { byToken } from '../rpc/paging';
import { invalidArgument } from './fc-error';
import type { Page } from './operations';

const DEFAULT_LIMIT = 20;
const MOST = 100;

/** `nextToken` is left out on the last page. */
export function page<T>(
  all: readonly T[],
  { limit, nextToken: token }: Page,
): { items: T[]; nextToken: { nextToken?: string } } {
  if (limit !== null && !(limit >= 1 && limit <= MOST)) throw invalidArgument(`limit must be between 1 and ${MOST}`);
  const { items, nextToken } = byToken(all, { size: limit ?? DEFAULT_LIMIT, token: token ?? undefined, refusal });
  return { items, nextToken: nextToken === '' ? {} : { nextToken } };
}

const refusal = (): Error => invalidArgument('nextToken is not valid');
