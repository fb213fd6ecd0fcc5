/**
 * Alibaba Cloud's public API metadata for a hundred actions, where a folder beside the project has it
 * (`<folder>/facts/action-schema.json`). It is no part of the project: without it the tests that want it are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const parameter = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
});

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
