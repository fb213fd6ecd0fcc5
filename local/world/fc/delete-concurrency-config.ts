import type { Context } from '../world';
import { findConcurrency } from './concurrency-config';
import type { Operations } from './operations';
import { CONCURRENCY } from './records';

export function deleteConcurrencyConfig(context: Context, { name }: Operations['DeleteConcurrencyConfig']): null {
  findConcurrency(context, name);
  context.state.delete(CONCURRENCY, name);
  return null;
}
