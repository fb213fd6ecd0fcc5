/**
 * The official SDKs' models as a schema: each class knows its fields' wire names and types. Only the one file of a
 * model is loaded: a whole package costs half a second.
 */
import type { Product } from '../../local/world/rpc/action';

/** `string`, `number`, `boolean`, `any`, a list, a map, or a model. */
export type ModelType = string | ModelClass | { type: 'array'; itemType: ModelType } | { type: 'map' };
interface ModelClass {
  /** The wire's name by the property's. */
  names(): Record<string, string>;
  types(): Record<string, ModelType>;
}

const PACKAGES: Partial<Record<Product, string>> = {
  vpc: '@alicloud/vpc20160428',
  ecs: '@alicloud/ecs20140526',
  ram: '@alicloud/ram20150501',
  sts: '@alicloud/sts20150401',
};
const KMS = '@alicloud/kms20160120';

/** Null where the SDK has no such model: an action without parameters has no request. */
export async function sdkModel(
  product: Product,
  action: string,
  kind: 'Request' | 'Response',
): Promise<ModelClass | null> {
  const spelt = action.replace('VSwitch', 'Vswitch');
  try {
    // An older generation: one file, and the answer's fields stand in the response itself.
    if (product === 'kms') return ((await import(KMS)) as Record<string, ModelClass>)[`${action}${kind}`] ?? null;
    const name = kind === 'Request' ? `${spelt}Request` : `${spelt}ResponseBody`;
    const file = (await import(`${PACKAGES[product]}/dist/models/${name}`)) as Record<string, ModelClass>;
    // The file's name writes `Vswitch` where its class writes `VSwitch`.
    return file[name.replace('Vswitch', 'VSwitch')] ?? null;
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Wire name and type of each field. */
export const fieldsOf = (model: ModelClass): Map<string, ModelType> => {
  const types = model.types();
  return new Map(Object.entries(model.names()).map(([property, name]) => [name, types[property] ?? 'any']));
};

/** Places in an answer that the model does not know, or knows as another type: what typed clients drop or choke on. */
export function strangersTo(type: ModelType, value: unknown, place: string): string[] {
  if (typeof type === 'string')
    return type === 'any' || typeof value === type ? [] : [`${place}: ${JSON.stringify(value)} is no ${type}`];
  if ('itemType' in type)
    return Array.isArray(value)
      ? value.flatMap((item, index) => strangersTo(type.itemType, item, `${place}.${index}`))
      : [`${place} is no list`];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [`${place} is no object`];
  if (!('names' in type)) return [];
  const fields = fieldsOf(type);
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = fields.get(name);
    return known === undefined ? [`${place}.${name} is unknown`] : strangersTo(known, inner, `${place}.${name}`);
  });
}
