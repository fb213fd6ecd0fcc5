import * as z from 'zod';
import { isoSeconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError, invalidArgument } from './fc-error';
import { checked } from './function-input';
import { functionArn } from './function-view';
import { findFunction } from './functions';
import type { Operations } from './operations';
import { page } from './page';
import { ASYNC_CONFIGS, type AsyncConfigRecord, DEFAULT_ASYNC } from './records';

const DESTINATION =
  /^acs:(fc:[a-z0-9-]*:\d*:functions\/[A-Za-z_][A-Za-z0-9_-]{0,63}|mns:[a-z0-9-]*:\d*:\/?queues\/[A-Za-z0-9][A-Za-z0-9-]{0,119}\/messages)$/;

const destination = z
  .strictObject({
    destination: z.string().regex(DESTINATION, 'it is the ARN of a function, or of a queue with /messages'),
  })
  .nullable()
  .optional();
const schema = z.strictObject({
  asyncTask: z.boolean().optional(),
  maxAsyncEventAgeInSeconds: z.int().min(1).max(2_592_000).optional(),
  maxAsyncRetryAttempts: z.int().min(0).max(8).optional(),
  destinationConfig: z.strictObject({ onSuccess: destination, onFailure: destination }).nullable().optional(),
});

export function putAsyncConfig(context: Context, { name, body }: Operations['PutAsyncInvokeConfig']): JsonObject {
  findFunction(context, name);
  const input = checked(schema, body);
  const onFailure = input.destinationConfig?.onFailure?.destination ?? null;
  if (onFailure?.endsWith(`functions/${name}`)) throw invalidArgument('a function cannot be its own destination');
  const before = context.state.get<AsyncConfigRecord>(ASYNC_CONFIGS, name);
  const record: AsyncConfigRecord = {
    functionName: name,
    maximumRetries: input.maxAsyncRetryAttempts ?? DEFAULT_ASYNC.maximumRetries,
    maximumAgeSeconds: input.maxAsyncEventAgeInSeconds ?? DEFAULT_ASYNC.maximumAgeSeconds,
    onSuccess: input.destinationConfig?.onSuccess?.destination ?? null,
    onFailure,
    createdAt: before?.createdAt ?? context.now,
    modifiedAt: context.now,
    echo: body,
  };
  context.state.put(ASYNC_CONFIGS, name, record);
  return view(context, record);
}

export function getAsyncConfig(context: Context, { name }: Operations['GetAsyncInvokeConfig']): JsonObject {
  return view(context, find(context, name));
}

export function deleteAsyncConfig(context: Context, { name }: Operations['DeleteAsyncInvokeConfig']): null {
  find(context, name);
  context.state.delete(ASYNC_CONFIGS, name);
  return null;
}

export function listAsyncConfigs(
  context: Context,
  { name, ...asked }: Operations['ListAsyncInvokeConfigs'],
): JsonObject {
  const all = context.state
    .values<AsyncConfigRecord>(ASYNC_CONFIGS)
    .filter(({ functionName }) => name === '' || functionName === name);
  const { items, nextToken } = page(all, asked);
  return { configs: items.map((record) => view(context, record)), ...nextToken };
}

function find(context: Context, name: string): AsyncConfigRecord {
  findFunction(context, name);
  const found = context.state.get<AsyncConfigRecord>(ASYNC_CONFIGS, name);
  if (!found) throw new FcError(404, 'AsyncConfigNotExists', `AsyncConfig for ${name}:LATEST does not exist.`);
  return found;
}

const view = (context: Context, { functionName, echo, createdAt, modifiedAt }: AsyncConfigRecord): JsonObject => ({
  ...echo,
  functionArn: functionArn(context, functionName),
  createdTime: isoSeconds(createdAt),
  lastModifiedTime: isoSeconds(modifiedAt),
});
