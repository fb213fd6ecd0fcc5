/** What the deployment tool looks for and this cloud never has: versions, aliases, provisioned instances, VPCs. */
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError } from './fc-error';
import { findFunction } from './find-function';
import type { Operations } from './operations';

export function listNone(context: Context, { name, list }: Operations['ListNone']): JsonObject {
  if (name !== '') findFunction(context, name);
  return { [list]: [] };
}

/** Of provisioned instances and of scaling: what is not configured is an empty configuration, no error. */
export function getEmpty(context: Context, { name }: Operations['GetEmpty']): JsonObject {
  findFunction(context, name);
  return {};
}

export function getAlias(context: Context, { name, alias }: Operations['GetAlias']): JsonObject {
  findFunction(context, name);
  throw new FcError(404, 'AliasNotFound', `alias '${alias}' of function '${name}' does not exist`);
}
