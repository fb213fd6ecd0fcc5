import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { asyncConfigView } from './async-invoke-config';
import { invalidArgument } from './fc-error';
import { findQualified } from './find-function';
import { checked } from './function-input';
import type { Operations } from './operations';
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

/** Replaces the configuration that was there: what is not sent has its default again. */
export function putAsyncInvokeConfig(
  context: Context,
  { name, qualifier, body }: Operations['PutAsyncInvokeConfig'],
): JsonObject {
  findQualified(context, name, qualifier);
  const input = checked(schema, body);
  const onSuccess = input.destinationConfig?.onSuccess?.destination ?? null;
  const onFailure = input.destinationConfig?.onFailure?.destination ?? null;
  if ([onSuccess, onFailure].some((arn) => arn?.endsWith(`:functions/${name}`)))
    throw invalidArgument('a function cannot be its own destination');
  const before = context.state.get<AsyncConfigRecord>(ASYNC_CONFIGS, name);
  const record: AsyncConfigRecord = {
    functionName: name,
    maximumRetries: input.maxAsyncRetryAttempts ?? DEFAULT_ASYNC.maximumRetries,
    maximumAgeSeconds: input.maxAsyncEventAgeInSeconds ?? DEFAULT_ASYNC.maximumAgeSeconds,
    onSuccess,
    onFailure,
    createdAt: before?.createdAt ?? context.now,
    modifiedAt: context.now,
    echo: body,
  };
  context.state.put(ASYNC_CONFIGS, name, record);
  return asyncConfigView(context, record);
}
