/** What a topology file can say, one path a field: `offices.*.cidrs`, `access[].from`. From the published schema. */
import { topologyJsonSchema } from '../../shared/topology/json-schema';

interface Node {
  $ref?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node | boolean;
  anyOf?: Node[];
}

export function schemaLeaves(): string[] {
  const schema = topologyJsonSchema() as Node & { $defs?: Record<string, Node> };
  const leaves = new Set<string>();
  const walk = (node: Node, path: string): void => {
    const variants = (node.anyOf ?? []).filter(isDeep);
    if (node.$ref) walk(schema.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {}, path);
    else if (variants.length > 0) for (const variant of variants) walk(variant, path);
    else if (node.properties)
      for (const [key, value] of Object.entries(node.properties)) walk(value, path === '' ? key : `${path}.${key}`);
    else if (typeof node.additionalProperties === 'object') walk(node.additionalProperties, `${path}.*`);
    else if (typeof node.items === 'object' && isDeep(node.items)) walk(node.items, `${path}[]`);
    else leaves.add(path);
  };
  walk(schema, '');
  return [...leaves].sort();
}

const isDeep = (node: Node): boolean =>
  node.properties !== undefined ||
  typeof node.additionalProperties === 'object' ||
  (typeof node.items === 'object' && isDeep(node.items)) ||
  (node.anyOf ?? []).some(isDeep);
