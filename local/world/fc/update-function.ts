import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { dropCode, storeCode } from './code';
import { findFunction } from './find-function';
import { echoOf, updateInput } from './function-input';
import { putFunction, settingsOf } from './function-settings';
import type { Operations } from './operations';

/** What is not sent stays. */
export function updateFunction(context: Context, { name, body }: Operations['UpdateFunction']): JsonObject {
  const before = findFunction(context, name);
  const input = updateInput(body);
  const view = putFunction(context, {
    ...before,
    runtime: input.runtime ?? before.runtime,
    handler: input.handler ?? before.handler,
    ...settingsOf(input, before),
    ...(input.code ? storeCode(context, input.code) : {}),
    echo: { ...before.echo, ...echoOf(body) },
    modifiedAt: context.now,
    revision: before.revision + 1,
  });
  dropCode(context, before.codeChecksum);
  return view;
}
