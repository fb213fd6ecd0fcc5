import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { findQualified } from './find-function';
import { findTrigger } from './find-trigger';
import type { Operations } from './operations';
import { putTrigger } from './put-trigger';
import { triggerKind, updateTriggerInput } from './trigger-input';

/** Its name, type and source stay, and what is not sent; a role that is sent empty is taken away. */
export function updateTrigger(context: Context, { name, trigger, body }: Operations['UpdateTrigger']): JsonObject {
  const before = findTrigger(context, name, trigger);
  const input = updateTriggerInput(body);
  findQualified(context, name, input.qualifier);
  const triggerConfig = input.triggerConfig ?? before.triggerConfig;
  const { functionName, id, sourceArn, createdAt } = before;
  return putTrigger(context, {
    functionName,
    name: before.name,
    id,
    qualifier: input.qualifier ?? before.qualifier,
    description: input.description ?? before.description,
    sourceArn,
    invocationRole: input.invocationRole === undefined ? before.invocationRole : input.invocationRole || null,
    triggerConfig,
    createdAt,
    modifiedAt: context.now,
    ...triggerKind(before.type, sourceArn, triggerConfig),
  });
}
