import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topologyJsonSchema } from '../../../shared/topology/json-schema';

const root = join(__dirname, '..', '..', '..');
// biome-ignore lint/suspicious/noExplicitAny: JSON as it comes.
const schema = topologyJsonSchema() as any;

test('schema/topology.v1.json is fresh: if not, `npm run schemas` writes it', () => {
  expect(JSON.parse(readFileSync(join(root, 'schema/topology.v1.json'), 'utf8'))).toEqual(schema);
});

test('it is JSON Schema 2020-12, and knows its keys and nothing else', () => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(Object.keys(schema.properties)).toEqual([
    'version',
    'name',
    'defaults',
    'backbone',
    'vpcs',
    'offices',
    'access',
    'tests',
    'onRemoval',
    'approval',
    'protect',
    'onDrift',
    'adopt',
  ]);
  expect(schema.required).toEqual(['version', 'name', 'vpcs']);
  expect(schema.additionalProperties).toBe(false);
});

test('it takes the short forms beside the full ones', () => {
  const [short, full] = schema.properties.offices.additionalProperties.anyOf;
  expect(short).toEqual({
    type: 'string',
    description: '<address> <CIDR>[,<CIDR>…] via <vpc> [in <country>]',
    pattern: '\\svia\\s',
  });
  expect(full.required).toEqual(['vpc', 'address', 'cidrs']);
  expect(full.properties.cidrs.anyOf).toEqual([
    { $ref: '#/$defs/cidr' },
    { type: 'array', items: { $ref: '#/$defs/cidr' }, minItems: 1, maxItems: 100 },
  ]);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(10);
  for (const name of references) expect(schema.$defs).toHaveProperty(String(name));
});
