import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { asyncConfigView, findAsyncConfig } from './async-invoke-config';
import type { Operations } from './operations';

export const getAsyncInvokeConfig = (context: Context, input: Operations['GetAsyncInvokeConfig']): JsonObject =>
  asyncConfigView(context, findAsyncConfig(context, input));
