import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError, invalidArgument } from './fc-error';
import { findQualified } from './find-function';
import { triggersOf } from './find-trigger';
import type { Operations } from './operations';
import { putTrigger } from './put-trigger';
import { TRIGGERS } from './records';
import { createTriggerInput, triggerKind } from './trigger-input';

/** Of one function (facts: function-compute, section 3). */
const MOST_TRIGGERS = 10;

export function createTrigger(context: Context, { name, body }: Operations['CreateTrigger']): JsonObject {
  const input = createTriggerInput(body);
  findQualified(context, name, input.qualifier);
  if (context.state.get(TRIGGERS, `${name}/${input.triggerName}`) !== undefined)
    throw new FcError(409, 'TriggerAlreadyExists', `trigger '${input.triggerName}' already exists`);
  if (triggersOf(context, name).length >= MOST_TRIGGERS)
    throw new FcError(400, 'LimitExceededError', `a function has at most ${MOST_TRIGGERS} triggers`);
  if (input.triggerType === 'http' && triggersOf(context, name).some(({ type }) => type === 'http'))
    throw invalidArgument('a function has at most one HTTP trigger');
  // What is sent empty is not sent, as of a function's role.
  const sourceArn = input.sourceArn || null;
  return putTrigger(context, {
    functionName: name,
    name: input.triggerName,
    id: context.newId(''),
    qualifier: input.qualifier ?? 'LATEST',
    description: input.description ?? '',
    sourceArn,
    invocationRole: input.invocationRole || null,
    triggerConfig: input.triggerConfig,
    createdAt: context.now,
    modifiedAt: context.now,
    ...triggerKind(input.triggerType, sourceArn, input.triggerConfig),
  });
}
