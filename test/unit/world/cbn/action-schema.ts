/**
 * Alibaba Cloud's public API metadata for a hundred actions, where a folder beside the project has it
 * (`<folder>/facts/action-schema.json`). It is no part of the project: without it the tests that want it are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Parameter, Parameters } from '../../../../local/world/rpc/action';

interface PublishedParameter {
  name: string;
  type: string;
  required: boolean;
  /** Of a list's items, or of an object. */
  sub_parameters?: PublishedParameter[] | undefined;
}
const parameter: z.ZodType<PublishedParameter> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.string(),
    required: z.boolean(),
    sub_parameters: z.array(parameter).optional(),
  }),
);

/** `string`, `int` …, a list of one kind of item, or an object by field. */
export type ResponseShape = string | ResponseShape[] | { [field: string]: ResponseShape };
const response: z.ZodType<ResponseShape> = z.lazy(() =>
  z.union([z.string(), z.array(response), z.record(z.string(), response)]),
);

const schema = z.record(z.string(), z.object({ params: z.array(parameter), response }));
type ActionSchema = z.infer<typeof schema>[string];

export function readActionSchema(): Map<string, ActionSchema> | null {
  const beside = resolve(process.cwd(), '..');
  const file = readdirSync(beside)
    .map((folder) => join(beside, folder, 'facts', 'action-schema.json'))
    .find((path) => existsSync(path));
  if (file !== undefined) return new Map(Object.entries(schema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  if (/all|conformance/.test(process.env['TRUNKLINE_REQUIRE'] ?? ''))
    throw new Error('no action-schema.json in a folder beside the project, and TRUNKLINE_REQUIRE wants it');
  return null;
}

const TYPES: Record<string, Parameter['type']> = {
  String: 'string',
  Json: 'string',
  Integer: 'integer',
  Long: 'integer',
  Boolean: 'boolean',
  RepeatList: 'list',
  Array: 'list',
  Struct: 'object',
};

/**
 * In what an action's parameters differ from the published ones, at any depth and in either direction: one that is
 * unknown or missing, of another type, or required on one side alone. `Tag.key unknown here`, sorted by place.
 */
export const unlikePublished = (own: Parameters, published: readonly PublishedParameter[], place = ''): string[] =>
  [...new Set([...Object.keys(own), ...published.map(({ name }) => name)])].sort().flatMap((name) => {
    const [mine, theirs] = [own[name], published.find((each) => each.name === name)];
    if (!mine) return [`${place}${name} missing here`];
    if (!theirs) return [`${place}${name} unknown there`];
    return unlikeOne(mine, theirs, place + name);
  });

function unlikeOne(mine: Parameter, theirs: PublishedParameter, place: string): string[] {
  if (mine.type !== TYPES[theirs.type]) return [`${place} is ${mine.type}, not ${theirs.type}`];
  const required = mine.required === true;
  const differs = required === theirs.required ? [] : [`${place} required ${required ? 'here' : 'there'} alone`];
  const inner = mine.type === 'list' ? mine.items : mine;
  // Of texts in JSON the metadata tells what is in them, and of some lists nothing.
  if (mine.type === 'string' || !theirs.sub_parameters) return differs;
  if (inner.type !== 'object') return [...differs, `${place} has no fields here`];
  return [...differs, ...unlikePublished(inner.fields, theirs.sub_parameters, `${place}.`)];
}

/** Places in an answer that the metadata does not know, or knows as another type. */
export function unpublished(value: unknown, shape: ResponseShape, place: string): string[] {
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [`${place}: ${JSON.stringify(value)} is no ${shape}`];
  if (Array.isArray(shape))
    return Array.isArray(value)
      ? value.flatMap((item, index) => unpublished(item, shape[0]!, `${place}.${index}`))
      : [`${place} is no list`];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [`${place} is no object`];
  return Object.entries(value).flatMap(([field, inner]) => {
    const known = shape[field];
    return known === undefined ? [`${place}.${field} is unknown`] : unpublished(inner, known, `${place}.${field}`);
  });
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'bool') return typeof value === 'boolean';
  return type === 'string' ? typeof value === 'string' : Number.isSafeInteger(value);
}

/** Published places that some answer leaves out, and those among them that none gives. All items of a list are one place. */
export function leftOut(answers: readonly unknown[], shape: ResponseShape, place: string) {
  const seen = { given: new Set<string>(), missing: new Set<string>() };
  for (const answer of answers) look(answer, shape, place, seen);
  const some = [...seen.missing].sort();
  return { some, always: some.filter((each) => !seen.given.has(each)) };
}

function look(
  value: unknown,
  shape: ResponseShape,
  place: string,
  seen: { given: Set<string>; missing: Set<string> },
): void {
  if (Array.isArray(shape)) {
    for (const item of Array.isArray(value) ? value : []) look(item, shape[0]!, `${place}[]`, seen);
    return;
  }
  if (typeof shape === 'string' || value === null || typeof value !== 'object') return;
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [field, inner] of Object.entries(shape)) {
    const here = `${place}.${field}`;
    (fields.has(field) ? seen.given : seen.missing).add(here);
    look(fields.get(field), inner, here, seen);
  }
}
