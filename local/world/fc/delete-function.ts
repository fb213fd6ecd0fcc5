import type { Context } from '../world';
import { dropCode } from './code';
import { FcError } from './fc-error';
import { findFunction } from './find-function';
import { triggersOf } from './find-trigger';
import type { Operations } from './operations';
import { ASYNC_CONFIGS, CONCURRENCY, FUNCTIONS } from './records';

/** Triggers go first, by themselves; the function's other configuration goes with it. */
export function deleteFunction(context: Context, { name }: Operations['DeleteFunction']): null {
  const { codeChecksum } = findFunction(context, name);
  if (triggersOf(context, name).length > 0)
    throw new FcError(409, 'FunctionNotEmpty', `function '${name}' has active triggers`);
  for (const collection of [FUNCTIONS, ASYNC_CONFIGS, CONCURRENCY]) context.state.delete(collection, name);
  dropCode(context, codeChecksum);
  return null;
}
