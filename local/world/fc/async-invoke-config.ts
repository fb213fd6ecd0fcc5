import { isoSeconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { FcError } from './fc-error';
import { findQualified } from './find-function';
import { functionArn } from './function-view';
import type { Operations } from './operations';
import { ASYNC_CONFIGS, type AsyncConfigRecord } from './records';

export function findAsyncConfig(
  context: Context,
  { name, qualifier }: Operations['GetAsyncInvokeConfig'],
): AsyncConfigRecord {
  findQualified(context, name, qualifier);
  const found = context.state.get<AsyncConfigRecord>(ASYNC_CONFIGS, name);
  if (!found) throw new FcError(404, 'AsyncConfigNotExists', `AsyncConfig for ${name}:LATEST does not exist.`);
  return found;
}

export const asyncConfigView = (
  context: Context,
  { functionName, echo, createdAt, modifiedAt }: AsyncConfigRecord,
): JsonObject => ({
  ...echo,
  functionArn: functionArn(context, functionName),
  createdTime: isoSeconds(createdAt),
  lastModifiedTime: isoSeconds(modifiedAt),
});
