import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError } from './fc-error';
import { findFunction } from './find-function';
import { functionArn } from './function-view';
import { CONCURRENCY } from './records';

/** The code is from when the configuration was called so. */
export function findConcurrency(context: Context, name: string): number {
  findFunction(context, name);
  const found = context.state.get<number>(CONCURRENCY, name);
  if (found === undefined)
    throw new FcError(404, 'OnDemandConfigNotFound', `on-demand config of function '${name}' does not exist`);
  return found;
}

export const concurrencyView = (context: Context, name: string, reservedConcurrency: number): JsonObject => ({
  functionArn: functionArn(context, name),
  reservedConcurrency,
});
