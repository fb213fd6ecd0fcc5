/** What the schema says of a place in the file: the keys that may stand there, and an example of a value. */
import type * as z from 'zod';
import * as zod from 'zod';
import { fileSchema } from './file-schema';
import type { Path } from './finding';

export function keysAt(path: Path): string[] {
  const schema = schemaAt(path);
  return schema ? Object.keys(shapeOf(schema) ?? {}) : [];
}

export const exampleAt = (path: Path): string | null => {
  const [example] = metasAt(path).flatMap(({ examples }) => (examples as unknown[] | undefined) ?? []);
  return example === undefined ? null : String(example);
};

export const descriptionAt = (path: Path): string | null =>
  metasAt(path).flatMap(({ description }) => description ?? [])[0] ?? null;

/** The words that may stand there; none where it is no choice of words. */
export function valuesAt(path: Path): string[] {
  const schema = schemaAt(path);
  const def = schema && defOf(schema);
  return def?.type === 'enum' ? Object.values(def.entries).map(String) : [];
}

/** What each layer of the schema says, the outermost first. */
function metasAt(path: Path): z.core.GlobalMeta[] {
  const schema = wrappedAt(path);
  const layers = schema ? layersOf(schema) : [];
  return layers.map((layer) => zod.globalRegistry.get(layer)).filter((meta) => meta !== undefined);
}

const schemaAt = (path: Path): z.core.$ZodType | null => {
  const schema = wrappedAt(path);
  return schema && unwrap(schema);
};

function wrappedAt(path: Path): z.core.$ZodType | null {
  let schema: z.core.$ZodType | null = fileSchema;
  for (const part of path) {
    if (!schema) return null;
    schema = below(unwrap(schema), part);
  }
  return schema;
}

type Def = z.core.$ZodTypes['_zod']['def'];
const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as Def;

function below(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | null {
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
    case 'union':
      return shapeOf(schema)?.[part] ?? null;
    case 'record':
      return def.valueType;
    case 'array':
      return def.element;
    case 'tuple':
      return def.items[Number(part)] ?? null;
    default:
      return null;
  }
}

/** Of a union, its form that has keys. */
function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | null {
  const def = defOf(schema);
  if (def.type === 'object') return def.shape;
  if (def.type !== 'union') return null;
  for (const option of def.options) {
    const shape = shapeOf(unwrap(option));
    if (shape) return shape;
  }
  return null;
}

/** From the outside in, past `optional` and past what expands short forms. */
function layersOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.type === 'optional') return [schema, ...layersOf(def.innerType)];
  if (def.type === 'pipe') return [schema, ...layersOf(def.out)];
  return [schema];
}

const unwrap = (schema: z.core.$ZodType): z.core.$ZodType => layersOf(schema).at(-1) ?? schema;
