import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { concurrencyView } from './concurrency-config';
import { findFunction } from './find-function';
import { checked } from './function-input';
import type { Operations } from './operations';
import { CONCURRENCY } from './records';

const schema = z.strictObject({ reservedConcurrency: z.int().min(0).max(10_000) });

export function putConcurrencyConfig(context: Context, { name, body }: Operations['PutConcurrencyConfig']): JsonObject {
  findFunction(context, name);
  const { reservedConcurrency } = checked(schema, body);
  context.state.put(CONCURRENCY, name, reservedConcurrency);
  return concurrencyView(context, name, reservedConcurrency);
}
