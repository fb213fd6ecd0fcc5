import type { JsonObject } from '../../../shared/json';
import { BUCKETS } from '../oss/buckets';
import type { Context } from '../world';
import { FcError, invalidArgument, triggerNotFound } from './fc-error';
import { findFunction } from './functions';
import type { Operations } from './operations';
import { page } from './page';
import { TRIGGERS, type TriggerRecord } from './records';
import { createTriggerInput, triggerKind, updateTriggerInput } from './trigger-input';
import { triggerView } from './trigger-view';

/** Of one function (facts: function-compute, section 3). */
const MOST_TRIGGERS = 10;

export function createTrigger(context: Context, { name, body }: Operations['CreateTrigger']): JsonObject {
  findFunction(context, name);
  const input = createTriggerInput(body);
  const key = `${name}/${input.triggerName}`;
  if (context.state.get(TRIGGERS, key) !== undefined)
    throw new FcError(409, 'TriggerAlreadyExists', `trigger '${input.triggerName}' already exists`);
  if (triggersOf(context, name).length >= MOST_TRIGGERS)
    throw new FcError(400, 'LimitExceededError', `a function has at most ${MOST_TRIGGERS} triggers`);
  const sourceArn = input.sourceArn ?? null;
  const record: TriggerRecord = {
    functionName: name,
    name: input.triggerName,
    id: context.newId(''),
    qualifier: input.qualifier ?? 'LATEST',
    description: input.description ?? '',
    sourceArn,
    invocationRole: input.invocationRole ?? null,
    triggerConfig: input.triggerConfig,
    createdAt: context.now,
    modifiedAt: context.now,
    ...triggerKind(input.triggerType, sourceArn, input.triggerConfig),
  };
  return put(context, record);
}

export function updateTrigger(context: Context, { name, trigger, body }: Operations['UpdateTrigger']): JsonObject {
  const before = findTrigger(context, name, trigger);
  const input = updateTriggerInput(body);
  const triggerConfig = input.triggerConfig ?? before.triggerConfig;
  const { functionName, id, sourceArn, createdAt } = before;
  const record: TriggerRecord = {
    functionName,
    name: before.name,
    id,
    qualifier: input.qualifier ?? before.qualifier,
    description: input.description ?? before.description,
    sourceArn,
    invocationRole: input.invocationRole ?? before.invocationRole,
    triggerConfig,
    createdAt,
    modifiedAt: context.now,
    ...triggerKind(before.type, sourceArn, triggerConfig),
  };
  return put(context, record);
}

export const getTrigger = (context: Context, { name, trigger }: Operations['GetTrigger']): JsonObject =>
  triggerView(findTrigger(context, name, trigger));

export function deleteTrigger(context: Context, { name, trigger }: Operations['DeleteTrigger']): null {
  findTrigger(context, name, trigger);
  context.state.delete(TRIGGERS, `${name}/${trigger}`);
  return null;
}

export function listTriggers(context: Context, { name, ...asked }: Operations['ListTriggers']): JsonObject {
  findFunction(context, name);
  const { items, nextToken } = page(triggersOf(context, name), asked);
  return { triggers: items.map((record) => triggerView(record)), ...nextToken };
}

function findTrigger(context: Context, name: string, trigger: string): TriggerRecord {
  findFunction(context, name);
  const found = context.state.get<TriggerRecord>(TRIGGERS, `${name}/${trigger}`);
  if (!found) throw triggerNotFound(trigger);
  return found;
}

/** '0' is the character after '/'. */
const triggersOf = ({ state }: Context, name: string): TriggerRecord[] =>
  state.keysBetween(TRIGGERS, `${name}/`, `${name}0`).flatMap((key) => state.get<TriggerRecord>(TRIGGERS, key) ?? []);

function put(context: Context, record: TriggerRecord): JsonObject {
  if (record.type === 'oss') checkUploads(context, record);
  context.state.put(TRIGGERS, `${record.functionName}/${record.name}`, record);
  return triggerView(record);
}

type OssTrigger = Extract<TriggerRecord, { type: 'oss' }>;

/** OSS notifies one trigger of an event: two that both want it cannot be configured. */
function checkUploads({ state }: Context, record: OssTrigger): void {
  if (state.get(BUCKETS, record.bucket) === undefined)
    throw invalidArgument(`bucket '${record.bucket}' does not exist`);
  const others = state
    .values<TriggerRecord>(TRIGGERS)
    .filter((one): one is OssTrigger => one.type === 'oss' && one.id !== record.id && one.bucket === record.bucket);
  const rival = others.find((one) => overlap(one, record));
  if (rival)
    throw invalidArgument(
      `the prefix and suffix overlap with those of trigger '${rival.name}' of function '${rival.functionName}'`,
    );
}

const overlap = (a: OssTrigger, b: OssTrigger): boolean =>
  a.events.some((event) => b.events.some((other) => matches(event, other) || matches(other, event))) &&
  (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
  (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix));

/** `oss:ObjectCreated:*` matches every event of its group. */
const matches = (pattern: string, event: string): boolean =>
  pattern === event || (pattern.endsWith(':*') && event.startsWith(pattern.slice(0, -1)));
