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
  const [example] = (metaAt(path)?.examples as string[] | undefined) ?? [];
  return example ?? null;
};

export const descriptionAt = (path: Path): string | null => metaAt(path)?.description ?? null;

/** Optional or not, the innermost schema carries it. */
function metaAt(path: Path) {
  const schema = schemaAt(path);
  return schema ? zod.globalRegistry.get(schema) : undefined;
}

function schemaAt(path: Path): z.core.$ZodType | null {
  let schema: z.core.$ZodType | null = fileSchema;
  for (const part of path) {
    if (!schema) return null;
    schema = below(unwrap(schema), part);
  }
  return schema && unwrap(schema);
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

/** Past `optional` and past what expands short forms. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = defOf(schema);
  if (def.type === 'optional') return unwrap(def.innerType);
  if (def.type === 'pipe') return unwrap(def.out);
  return schema;
}
