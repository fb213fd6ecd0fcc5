/** Transit routers page by token, and count in every answer. */
import { byToken as tokenPage } from '../rpc/paging';
import { refusal } from './refusals';

const DEFAULT_MAX_RESULTS = 20;

interface TokenPage<T> {
  items: T[];
  paging: { MaxResults: number; NextToken: string; TotalCount: number };
}

export function byToken<T>(all: readonly T[], asked: { MaxResults?: number; NextToken?: string }): TokenPage<T> {
  const MaxResults = asked.MaxResults ?? DEFAULT_MAX_RESULTS;
  const { items, nextToken } = tokenPage(all, {
    size: MaxResults,
    token: asked.NextToken,
    refusal: () => refusal('IllegalParam.NextToken'),
  });
  return { items, paging: { MaxResults, NextToken: nextToken, TotalCount: all.length } };
}
