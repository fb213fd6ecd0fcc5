/**
 * VPC, ECS, KMS, RAM and STS of the local cloud, held to the run-time models of the official SDKs and, where a folder beside
 * the project has it, to Alibaba Cloud's public API metadata. CEN's are held in test/unit/world/cbn.
 */
import type { Action, Parameter } from '../../local/world/rpc/action';
import { rpcActions } from '../../local/world/rpc/registry';
import { type ResponseShape, readActionSchema } from '../unit/world/cbn/action-schema';
import { fieldsOf, type ModelType, sdkModel, strangersTo } from './sdk-models';
import { worldAnswers } from './world-answers';

const HELD = new Set(['vpc', 'ecs', 'kms', 'ram', 'sts']);
const actions = rpcActions
  .filter(({ product }) => HELD.has(product))
  .map((action) => ({ title: `${action.product} ${action.name}`, action }));
const answers = worldAnswers();
const answersOf = ({ product, name }: Action) =>
  answers.filter((answer) => answer.product === product && answer.action === name).map(({ body }) => body);

/** Of newer releases than the SDK on npm, or than the metadata. */
const NEWER_THAN_THE_SDK = new Set([
  'kms.CreateSecret SecretType',
  'kms.CreateSecret DKMSInstanceId',
  'kms.GetSecretValue FetchExtendedConfig',
]);

/** What the SDK has and the metadata has not yet. */
const NEWER_THAN_THE_METADATA = new Set([
  'vpc.CreateVSwitch CidrMask integer',
  'vpc.CreateVSwitch Ipv6CidrMask integer',
  'vpc.ModifyVSwitchAttribute Ipv6CidrMask integer',
]);

/** Of these that SDK has no model at all; their answers are the API reference's. */
const ACTIONS_NEWER_THAN_THE_SDK = new Set(['kms DescribeAccountKmsStatus']);

/** Numbers that these models have as texts, as no other of their kind does. The wire cannot tell. */
const TEXT_IN_THE_SDK = new Set([
  'ecs.RevokeSecurityGroupEgress Permissions.N.DestGroupOwnerId',
  'kms.DeleteSecret RecoveryWindowInDays',
]);
/** The wire adds the first; the second is for who asks with IncludeReservationData, and there are no reservations. */
const ON_REQUEST = new Set(['RequestId', 'ReservationData']);

test('the job calls every action', () => {
  expect(actions.filter(({ action }) => answersOf(action).length === 0).map(({ title }) => title)).toEqual([]);
});

describe.each(actions)('$title and the SDK', ({ title, action }) => {
  test('its parameters are the SDK’s, of the SDK’s types', async () => {
    const model = await sdkModel(action.product, action.name, 'Request');
    const known = model ? fieldsOf(model) : new Map<string, ModelType>();
    expect(unlike(action.parameters, known, `${action.product}.${action.name} `)).toEqual([]);
  });

  test('its answers are what the SDK reads', async () => {
    const model = await sdkModel(action.product, action.name, 'Response');
    expect(model === null).toBe(ACTIONS_NEWER_THAN_THE_SDK.has(title));
    for (const body of model === null ? [] : answersOf(action))
      expect(strangersTo(model!, body, action.name)).toEqual([]);
  });
});

/** Places of parameters that the model does not have, or has as another type. */
function unlike(parameters: Action['parameters'], known: Map<string, ModelType>, place: string): string[] {
  return Object.entries(parameters)
    .filter(([name]) => !NEWER_THAN_THE_SDK.has(`${place}${name}`))
    .flatMap(([name, parameter]) => {
      const type = known.get(name);
      return type === undefined ? [`${place}${name} is unknown`] : unlikeType(parameter, type, `${place}${name}`);
    });
}

function unlikeType(parameter: Parameter, type: ModelType, place: string): string[] {
  const wrong = [`${place} is no ${parameter.type}`];
  switch (parameter.type) {
    case 'list':
      return typeof type === 'object' && 'itemType' in type
        ? unlikeType(parameter.items, type.itemType, `${place}.N`)
        : wrong;
    case 'object':
      return typeof type === 'function' ? unlike(parameter.fields, fieldsOf(type), `${place}.`) : wrong;
    case 'integer':
      return type === 'number' || (type === 'string' && TEXT_IN_THE_SDK.has(place)) ? [] : wrong;
    default:
      return type === parameter.type ? [] : wrong;
  }
}

const schema = readActionSchema();
const published = actions.flatMap(({ title, action }) => {
  const found = schema?.get(`${action.product}.${action.name}`);
  return found ? [{ title, action, found }] : [];
});
const TYPES: Record<string, Parameter['type']> = {
  String: 'string',
  Integer: 'integer',
  Long: 'integer',
  Boolean: 'boolean',
  RepeatList: 'list',
  Array: 'list',
};

if (schema === null)
  test.skip('SKIPPED: there is no action-schema.json in a folder beside the project', () => undefined);
else holdToMetadata();

function holdToMetadata(): void {
  test('every action of the metadata is served, and CEN’s are the 45 that are held elsewhere', () => {
    const served = new Set(rpcActions.map(({ product, name }) => `${product}.${name}`));
    expect([...(schema?.keys() ?? [])].filter((name) => !served.has(name))).toEqual([]);
    expect([schema?.size, published.length]).toEqual([100, 55]);
  });

  describe.each(published)('$title and the metadata', ({ action, found }) => {
    test('it takes exactly the published parameters', () => {
      const own = Object.entries(action.parameters)
        .map(([name, { type }]) => `${name} ${type}`)
        .filter((parameter) => !NEWER_THAN_THE_METADATA.has(`${action.product}.${action.name} ${parameter}`));
      expect(own.sort()).toEqual(found.params.map(({ name, type }) => `${name} ${TYPES[type] ?? type}`).sort());
    });

    test('it insists on what is published as required', () => {
      const required = found.params.filter((each) => each.required).map(({ name }) => name);
      expect(required.filter((name) => action.parameters[name]?.required !== true)).toEqual([]);
    });

    test('it answers nothing but published fields', () => {
      for (const body of answersOf(action)) expect(unpublished(body, found.response, action.name)).toEqual([]);
    });

    test('it leaves out no field at the top that both the metadata and the SDK have', async () => {
      const model = await sdkModel(action.product, action.name, 'Response');
      const top = new Set(Object.keys(found.response));
      const wanted = [...fieldsOf(model!).keys()].filter((name) => top.has(name) && !ON_REQUEST.has(name));
      for (const body of answersOf(action)) expect(wanted.filter((name) => !(name in body))).toEqual([]);
    });
  });
}

/** Places in an answer that the metadata does not know, or knows as another type. */
function unpublished(value: unknown, shape: ResponseShape, place: string): string[] {
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
