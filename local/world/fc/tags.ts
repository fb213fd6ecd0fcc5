/** Tags stand in the function, as CreateFunction takes them; the three operations on them name functions by ARN. */
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';
import { invalidArgument } from './fc-error';
import { findFunction } from './find-function';
import { FUNCTIONS, type FunctionRecord } from './records';
import { MOST_TAGS, type Tag, tagListSchema } from './tag';

/** Functions that one call may name. */
const MOST_RESOURCES = 50;

/** What was never sent, or not as a list of tags, is none. */
export const tagsOf = ({ echo }: FunctionRecord): Tag[] => tagListSchema.safeParse(echo.tags).data ?? [];

/** Not a change of the function's: no revision, no time. */
export function putTags({ state }: Context, record: FunctionRecord, tags: readonly Tag[]): void {
  if (tags.length > MOST_TAGS) throw invalidArgument(`a function has at most ${MOST_TAGS} tags`);
  const { tags: _, ...echo } = record.echo;
  const kept: JsonObject = tags.length === 0 ? echo : { ...echo, tags: tags.map((tag) => ({ ...tag })) };
  state.put(FUNCTIONS, record.name, { ...record, echo: kept } satisfies FunctionRecord);
}

/** Those named by ARN, each of which exists. */
export function taggedFunctions(context: Context, type: string, arns: readonly string[]): FunctionRecord[] {
  if (type.toLowerCase() !== 'function')
    throw invalidArgument(`ResourceType '${type}' is not served by the local cloud`);
  if (arns.length > MOST_RESOURCES) throw invalidArgument(`at most ${MOST_RESOURCES} resources are named at once`);
  return arns.map((arn) => {
    const name = functionOfArn(arn);
    if (name === null) throw invalidArgument(`ResourceId '${arn}' is not the ARN of a function`);
    return findFunction(context, name);
  });
}

const functionOfArn = (arn: string): string | null =>
  /^acs:fc:[a-z0-9-]*:\d*:functions\/([A-Za-z0-9_-]+)$/i.exec(arn)?.[1] ?? null;
