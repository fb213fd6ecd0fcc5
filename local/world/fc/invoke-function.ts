import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError } from './fc-error';
import { findQualified } from './find-function';
import type { Operations } from './operations';
import { ASYNC_INVOCATIONS, type AsyncInvocationRecord } from './records';

/** Facts: function-compute, section 3. */
export const MOST_ASYNC_BYTES = 128 * 1_024;
const MOST_SYNC_BYTES = 32 * 1_024 * 1_024;

/** A synchronous one is only let through: the runtime carries it out. */
export function invokeFunction(
  context: Context,
  { name, qualifier, asynchronous, payload }: Operations['InvokeFunction'],
): JsonObject {
  const { codeChecksum } = findQualified(context, name, qualifier);
  const bytes = Buffer.byteLength(payload, 'base64');
  const most = asynchronous ? MOST_ASYNC_BYTES : MOST_SYNC_BYTES;
  if (bytes > most)
    throw new FcError(400, 'EntityTooLarge', `payload size exceeds maximum allowed size (${most} bytes)`);
  if (asynchronous) acceptInvocation(context, name, payload);
  return { codeChecksum };
}

function acceptInvocation({ state, now, requestId, newId }: Context, functionName: string, payload: string): void {
  const key = `${String(now).padStart(15, '0')}/${newId('')}`;
  state.put(ASYNC_INVOCATIONS, key, {
    functionName,
    requestId,
    payload,
    acceptedAt: now,
  } satisfies AsyncInvocationRecord);
}
