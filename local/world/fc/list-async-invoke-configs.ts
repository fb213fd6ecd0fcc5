import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { asyncConfigView } from './async-invoke-config';
import type { Operations } from './operations';
import { page } from './page';
import { ASYNC_CONFIGS, type AsyncConfigRecord } from './records';

export function listAsyncInvokeConfigs(
  context: Context,
  { name, ...asked }: Operations['ListAsyncInvokeConfigs'],
): JsonObject {
  const all = context.state
    .values<AsyncConfigRecord>(ASYNC_CONFIGS)
    .filter(({ functionName }) => name === '' || functionName === name);
  const { items, nextToken } = page(all, asked);
  return { configs: items.map((record) => asyncConfigView(context, record)), ...nextToken };
}
