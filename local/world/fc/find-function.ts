import type { Context } from '../world';
import { FcError, functionNotFound } from './fc-error';
import { FUNCTIONS, type FunctionRecord } from './records';

export function findFunction({ state }: Context, name: string): FunctionRecord {
  const found = state.get<FunctionRecord>(FUNCTIONS, name);
  if (!found) throw functionNotFound(name);
  return found;
}

/** Functions have no versions here, and so no aliases of them. */
export function findQualified(context: Context, name: string, qualifier = ''): FunctionRecord {
  const found = findFunction(context, name);
  if (qualifier === '' || qualifier === 'LATEST') return found;
  const kind = /^\d+$/.test(qualifier) ? 'Version' : 'Alias';
  throw new FcError(
    404,
    `${kind}NotFound`,
    `${kind.toLowerCase()} '${qualifier}' of function '${name}' does not exist`,
  );
}
