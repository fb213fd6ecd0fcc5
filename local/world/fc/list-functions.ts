import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { findFunction } from './find-function';
import { functionView } from './function-view';
import type { Operations } from './operations';
import { page } from './page';
import { FUNCTIONS } from './records';

/** By name. */
export function listFunctions(context: Context, { prefix, ...asked }: Operations['ListFunctions']): JsonObject {
  const names = context.state.keysBetween(FUNCTIONS).filter((name) => name.startsWith(prefix));
  const { items, nextToken } = page(names, asked);
  return { functions: items.map((name) => functionView(context, findFunction(context, name))), ...nextToken };
}
