import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { findQualified } from './find-function';
import { functionView } from './function-view';
import type { Operations } from './operations';

export const getFunction = (context: Context, { name, qualifier }: Operations['GetFunction']): JsonObject =>
  functionView(context, findQualified(context, name, qualifier));
