/**
 * The wire's flat parameters become an action's input, by the action's data.
 *
 * The gateway's own codes, from the common error tables of the API documentation: MissingParameter, InvalidParameter.
 * Two conventions are seen in the field for what is missing: `MissingParameter` (VPC and ECS, 2023 to 2025), and
 * `Missing<Name>` with "<Name> is mandatory for this action." (ESA, DNS, STS). One is enough here, and clients that
 * match by the prefix are served by either.
 * A parameter that the action does not have is UnsupportedParameter: the real gateway ignores most of those, and so
 * lets a misspelt one pass; refusing it is stricter on purpose (docs/local-cloud.md).
 */
import { ApiError, type Parameter, type Parameters } from './action';

/** Accepted by every action: who signs, how, and on whose behalf. */
const COMMON = new Set([
  'Action',
  'Version',
  'Format',
  'Timestamp',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'RegionId',
  'OwnerId',
  'OwnerAccount',
  'ResourceOwnerId',
  'ResourceOwnerAccount',
]);

/** `Tag.1.Key`: a name, then indices and names. Deeper than any API goes is an attack. */
const DEEPEST = 8;

/** A flat parameter's place in the tree, or its text. */
interface Branch {
  text: string | undefined;
  children: Map<string, Branch>;
}

export function parseParameters(
  schema: Parameters,
  flat: Readonly<Record<string, string>>,
  unread: readonly string[] = [],
): Record<string, unknown> {
  const root = treeOf(flat);
  for (const name of root.children.keys())
    if (!Object.hasOwn(schema, name) && !COMMON.has(name) && !unread.includes(name)) throw unsupported(name);
  return fieldsOf(schema, root, '');
}

function treeOf(flat: Readonly<Record<string, string>>): Branch {
  const root: Branch = { text: undefined, children: new Map() };
  for (const [key, text] of Object.entries(flat)) {
    const path = key.split('.');
    if (path.length > DEEPEST) throw unsupported(key);
    let branch = root;
    for (const part of path) {
      const next: Branch = branch.children.get(part) ?? { text: undefined, children: new Map() };
      branch.children.set(part, next);
      branch = next;
    }
    branch.text = text;
  }
  return root;
}

function fieldsOf(schema: Parameters, branch: Branch, prefix: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(schema)) {
    const place = prefix + name;
    const given = branch.children.get(name);
    const value = given === undefined ? undefined : inputOf(parameter, given, place);
    if (value !== undefined) fields[name] = value;
    else if (parameter.required) throw missing(place);
  }
  return fields;
}

/** Undefined where the wire carries nothing but an empty text: the service takes that as not given. */
function inputOf(parameter: Parameter, branch: Branch, place: string): unknown {
  if (parameter.type === 'list') return listOf(parameter, branch, place);
  if (parameter.type === 'object') {
    if (branch.text) throw invalid(place);
    refuseStrangers(parameter.fields, branch, place);
    return fieldsOf(parameter.fields, branch, `${place}.`);
  }
  if (branch.children.size > 0) throw invalid(place);
  const text = branch.text ?? '';
  if (text === '') return undefined;
  return scalarOf(parameter, text, place);
}

function scalarOf(parameter: Exclude<Parameter, { type: 'list' | 'object' }>, text: string, place: string): unknown {
  switch (parameter.type) {
    case 'boolean':
      if (!/^(true|false)$/i.test(text)) throw invalid(place);
      return text.toLowerCase() === 'true';
    case 'integer': {
      const value = Number(text);
      if (!/^[+-]?\d{1,19}$/.test(text) || !withinNumbers(parameter, value)) throw invalid(place);
      return value;
    }
    case 'string':
      if (!withinText(parameter, text)) throw invalid(place);
      return text;
  }
}

function withinNumbers(parameter: Extract<Parameter, { type: 'integer' }>, value: number): boolean {
  const { values, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = parameter;
  return value >= minimum && value <= maximum && (values === undefined || values.includes(value));
}

function withinText(parameter: Extract<Parameter, { type: 'string' }>, text: string): boolean {
  const { values, pattern, maxLength = Number.POSITIVE_INFINITY } = parameter;
  return text.length <= maxLength && (values === undefined || values.includes(text)) && (pattern?.test(text) ?? true);
}

/** Numbered from 1; gaps close. An empty list is a list that was not given. */
function listOf(parameter: Extract<Parameter, { type: 'list' }>, branch: Branch, place: string): unknown[] | undefined {
  if (branch.text) throw invalid(place);
  const entries = [...branch.children].map(([index, child]) => ({ index, child }));
  if (entries.some(({ index }) => !/^[1-9]\d{0,4}$/.test(index))) throw invalid(place);
  const values = entries
    .sort((a, b) => Number(a.index) - Number(b.index))
    .map(({ index, child }) => inputOf(parameter.items, child, `${place}.${index}`))
    .filter((value) => value !== undefined);
  if (parameter.maximum !== undefined && values.length > parameter.maximum) throw invalid(place);
  return values.length === 0 ? undefined : values;
}

function refuseStrangers(schema: Parameters, branch: Branch, place: string): void {
  for (const name of branch.children.keys()) if (!Object.hasOwn(schema, name)) throw unsupported(`${place}.${name}`);
}

const missing = (name: string): ApiError =>
  new ApiError(
    400,
    'MissingParameter',
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );

const invalid = (name: string): ApiError =>
  new ApiError(400, 'InvalidParameter', `The specified value of parameter "${name}" is not valid.`);

const unsupported = (name: string): ApiError =>
  new ApiError(400, 'UnsupportedParameter', `The parameter "${name}" is not supported.`);
