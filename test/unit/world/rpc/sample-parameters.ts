/** Requests made from an action's own data: one that its validation lets through, and every way to break it once. */
import type { Parameter, Parameters } from '../../../../local/world/rpc/action';

export type Flat = Record<string, string>;

/** One text for each pattern that an action may state; a new pattern that none of them fits wants its line here. */
const TEXTS = ['v1', 'sample-1', 'tcp', '80/80', 'accept', '1', '10.0.0.0/8', 'acs:ram::1234567890123456:role/sample'];

/** All required parameters, and of each the least that is taken. */
export function leastOf(schema: Parameters): Flat {
  const required = Object.entries(schema).filter(([, parameter]) => parameter.required);
  return Object.assign({}, ...required.map(([name, parameter]) => sampleOf(parameter, name)));
}

export function sampleOf(parameter: Parameter, place: string): Flat {
  switch (parameter.type) {
    case 'list':
      return sampleOf(parameter.items, `${place}.1`);
    case 'object': {
      const fields = Object.entries(parameter.fields);
      const wanted = fields.filter(([, field]) => field.required);
      return Object.assign(
        {},
        ...(wanted.length > 0 ? wanted : fields.slice(0, 1)).map(([name, field]) =>
          sampleOf(field, `${place}.${name}`),
        ),
      );
    }
    case 'boolean':
      return { [place]: 'true' };
    case 'integer':
      return { [place]: String(parameter.values?.[0] ?? parameter.minimum ?? Math.min(1, parameter.maximum ?? 1)) };
    case 'string':
      return { [place]: textOf(parameter, place) };
  }
}

function textOf(parameter: Extract<Parameter, { type: 'string' }>, place: string): string {
  if (place === 'RegionId') return 'us-east-1';
  const text = parameter.values?.[0] ?? TEXTS.find((candidate) => parameter.pattern?.test(candidate) ?? true);
  if (text === undefined) throw new Error(`no sample text fits the pattern of ${place}`);
  return text;
}

export interface Breach {
  /** The place that the refusal must name. */
  place: string;
  why: string;
  flat: Flat;
}

/** Each parameter broken alone: of another type, outside its values, too long, too large, too many. */
export const breachesOf = (schema: Parameters): Breach[] =>
  Object.entries(schema).flatMap(([name, parameter]) => breaches(parameter, name));

function breaches(parameter: Parameter, place: string): Breach[] {
  switch (parameter.type) {
    case 'boolean':
      return [
        { place, why: 'no boolean', flat: { [place]: 'maybe' } },
        { place, why: 'a number for a boolean', flat: { [place]: '1' } },
        { place, why: 'a list for a boolean', flat: { [`${place}.1`]: 'true' } },
      ];
    case 'integer':
      return integerBreaches(parameter, place);
    case 'string':
      return stringBreaches(parameter, place);
    case 'list':
      return [
        { place, why: 'a text for a list', flat: { [place]: 'sample' } },
        { place, why: 'a list that counts from 0', flat: withIndex(parameter.items, place, '0') },
        { place, why: 'a name for an index', flat: withIndex(parameter.items, place, 'first') },
        ...(parameter.maximum === undefined
          ? []
          : [{ place, why: 'too many items', flat: manyOf(parameter.items, place, parameter.maximum + 1) }]),
        ...breaches(parameter.items, `${place}.1`),
      ];
    case 'object':
      return [
        { place, why: 'a text for an object', flat: { [place]: 'sample' } },
        ...Object.entries(parameter.fields).flatMap(([name, field]) => breaches(field, `${place}.${name}`)),
      ].map((breach) => ({
        ...breach,
        flat: { ...leastFields(parameter.fields, place, breach.place), ...breach.flat },
      }));
  }
}

/** The object's other required fields, so that the broken one is what the refusal is about. */
const leastFields = (fields: Parameters, place: string, broken: string): Flat =>
  broken === place
    ? {}
    : Object.assign(
        {},
        ...Object.entries(fields)
          .filter(([name, field]) => field.required && !`${broken}.`.startsWith(`${place}.${name}.`))
          .map(([name, field]) => sampleOf(field, `${place}.${name}`)),
      );

const withIndex = (items: Parameter, place: string, index: string): Flat => sampleOf(items, `${place}.${index}`);

const manyOf = (items: Parameter, place: string, count: number): Flat =>
  Object.assign({}, ...Array.from({ length: count }, (_, index) => sampleOf(items, `${place}.${index + 1}`)));

function integerBreaches(parameter: Extract<Parameter, { type: 'integer' }>, place: string): Breach[] {
  const broken: [string, string][] = [
    ['no number', 'many'],
    ['no whole number', '1.5'],
    ['a number in another notation', '1e1'],
  ];
  if (parameter.maximum !== undefined) broken.push(['too large', String(parameter.maximum + 1)]);
  if (parameter.minimum !== undefined) broken.push(['too small', String(parameter.minimum - 1)]);
  if (parameter.values !== undefined) broken.push(['none of its values', '987654']);
  return [
    ...broken.map(([why, text]) => ({ place, why, flat: { [place]: text } })),
    { place, why: 'a list for a number', flat: { [`${place}.1`]: '1' } },
  ];
}

function stringBreaches(parameter: Extract<Parameter, { type: 'string' }>, place: string): Breach[] {
  const broken: Breach[] = [{ place, why: 'an object for a text', flat: { [`${place}.Key`]: 'sample' } }];
  if (parameter.values) broken.push({ place, why: 'none of its values', flat: { [place]: 'none-of-them' } });
  if (parameter.maxLength !== undefined)
    broken.push({ place, why: 'too long', flat: { [place]: 'x'.repeat(parameter.maxLength + 1) } });
  return broken;
}
