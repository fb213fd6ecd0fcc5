import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { findTrigger } from './find-trigger';
import type { Operations } from './operations';
import { triggerView } from './trigger-view';

export const getTrigger = (context: Context, { name, trigger }: Operations['GetTrigger']): JsonObject =>
  triggerView(findTrigger(context, name, trigger));
