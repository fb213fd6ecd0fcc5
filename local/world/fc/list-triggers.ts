import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { findFunction } from './find-function';
import { triggersOf } from './find-trigger';
import type { Operations } from './operations';
import { page } from './page';
import { triggerView } from './trigger-view';

export function listTriggers(context: Context, { name, ...asked }: Operations['ListTriggers']): JsonObject {
  findFunction(context, name);
  const { items, nextToken } = page(triggersOf(context, name), asked);
  return { triggers: items.map((record) => triggerView(record)), ...nextToken };
}
