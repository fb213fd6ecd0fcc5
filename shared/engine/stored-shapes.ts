/** The pieces that rows are made of, checked on the way back: text that was written as JSON is not believed unread. */
import * as z from 'zod';
import type { EpochMs } from '../clock';
import type { JsonObject } from '../json';
import type { Desired, Kind, ResourceId, Step } from '../plan/desired';
import type { TaskId } from '../plan/plan';

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const resourceId = z.custom<ResourceId>(isText);
export const taskId = z.custom<TaskId>(isText);
export const kind = z.custom<Kind>(isText);
export const step = z.custom<Step>(isText);
export const epoch = z.custom<EpochMs>((value) => typeof value === 'number' && Number.isFinite(value));
export const jsonObject = z.custom<JsonObject>(isObject);
/** Its attributes are its kind's affair; the planner made them and their hash. */
export const desired = z.custom<Desired>((value) => isObject(value) && 'kind' in value && isText(value.kind));
