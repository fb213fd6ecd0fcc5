import type { Context } from '../world';
import { findAsyncConfig } from './async-invoke-config';
import type { Operations } from './operations';
import { ASYNC_CONFIGS } from './records';

export function deleteAsyncInvokeConfig(context: Context, input: Operations['DeleteAsyncInvokeConfig']): null {
  const { functionName } = findAsyncConfig(context, input);
  context.state.delete(ASYNC_CONFIGS, functionName);
  return null;
}
