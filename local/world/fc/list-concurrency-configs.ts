import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { concurrencyView, findConcurrency } from './concurrency-config';
import type { Operations } from './operations';
import { page } from './page';
import { CONCURRENCY } from './records';

export function listConcurrencyConfigs(
  context: Context,
  { name, ...asked }: Operations['ListConcurrencyConfigs'],
): JsonObject {
  const names = context.state.keysBetween(CONCURRENCY).filter((one) => name === '' || one === name);
  const { items, nextToken } = page(names, asked);
  return { configs: items.map((one) => concurrencyView(context, one, findConcurrency(context, one))), ...nextToken };
}
