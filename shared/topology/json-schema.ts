/** The file's schema as editors read it: JSON Schema 2020-12, short forms beside full ones. */
import * as z from 'zod';
import { fileSchema, SHORT_OFFICE } from './file-schema';

/** Written to `schema/topology.v1.json` by the build; a test holds the two together. */
export function topologyJsonSchema(): object {
  const schema = z.toJSONSchema(fileSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // What is expanded on the way in shows its full form only: the short one is added here.
      if (zodSchema._zod.def.type === 'pipe') withShortForm(jsonSchema);
    },
  });
  return {
    $id: 'https://trunkline.example/schema/topology.v1.json',
    title: 'Trunkline topology, version 1',
    ...schema,
  };
}

function withShortForm(schema: z.core.JSONSchema.BaseSchema): void {
  const full = { ...schema };
  for (const key of Object.keys(schema)) delete schema[key];
  schema.anyOf =
    full.type === 'array' && typeof full.items === 'object' && !Array.isArray(full.items)
      ? [full.items, full]
      : [{ type: 'string', description: SHORT_OFFICE, pattern: '\\svia\\s' }, full];
}
