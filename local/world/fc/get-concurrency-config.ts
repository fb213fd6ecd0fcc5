import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { concurrencyView, findConcurrency } from './concurrency-config';
import type { Operations } from './operations';

export const getConcurrencyConfig = (context: Context, { name }: Operations['GetConcurrencyConfig']): JsonObject =>
  concurrencyView(context, name, findConcurrency(context, name));
