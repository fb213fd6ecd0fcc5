import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { storeCode } from './code';
import { FcError } from './fc-error';
import { createInput, echoOf } from './function-input';
import { DEFAULT_SETTINGS, putFunction, settingsOf } from './function-settings';
import type { Operations } from './operations';
import { FUNCTIONS } from './records';

export function createFunction(context: Context, { body }: Operations['CreateFunction']): JsonObject {
  const input = createInput(body);
  const name = input.functionName;
  if (context.state.get(FUNCTIONS, name) !== undefined)
    throw new FcError(409, 'FunctionAlreadyExists', `function '${name}' already exists`);
  return putFunction(context, {
    name,
    id: context.newId(''),
    runtime: input.runtime,
    handler: input.handler,
    ...settingsOf(input, DEFAULT_SETTINGS),
    ...storeCode(context, input.code),
    echo: echoOf(body),
    createdAt: context.now,
    modifiedAt: context.now,
    revision: 1,
  });
}
