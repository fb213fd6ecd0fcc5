import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError } from './fc-error';
import { checked } from './function-input';
import { functionArn } from './function-view';
import { findFunction } from './functions';
import type { Operations } from './operations';
import { CONCURRENCY } from './records';

const schema = z.strictObject({ reservedConcurrency: z.int().min(0).max(10_000) });

export function putConcurrency(context: Context, { name, body }: Operations['PutConcurrencyConfig']): JsonObject {
  findFunction(context, name);
  const { reservedConcurrency } = checked(schema, body);
  context.state.put(CONCURRENCY, name, reservedConcurrency);
  return { functionArn: functionArn(context, name), reservedConcurrency };
}

export function getConcurrency(context: Context, { name }: Operations['GetConcurrencyConfig']): JsonObject {
  return { functionArn: functionArn(context, name), reservedConcurrency: find(context, name) };
}

export function deleteConcurrency(context: Context, { name }: Operations['DeleteConcurrencyConfig']): null {
  find(context, name);
  context.state.delete(CONCURRENCY, name);
  return null;
}

function find(context: Context, name: string): number {
  findFunction(context, name);
  const found = context.state.get<number>(CONCURRENCY, name);
  if (found === undefined)
    throw new FcError(404, 'OnDemandConfigNotFound', `on-demand config of function '${name}' does not exist`);
  return found;
}
