/**
 * VPC, ECS, KMS, RAM and STS of the local cloud, held to the run-time models of the official SDKs and, where a folder beside
 * the project has it, to Alibaba Cloud's public API metadata. CEN's are held in test/unit/world/cbn.
 */
import type { Action, Parameter } from '../../local/world/rpc/action';
import { rpcActions } from '../../local/world/rpc/registry';
import {
  leftOut,
  type ResponseShape,
  readActionSchema,
  unlikePublished,
  unpublished,
} from '../unit/world/cbn/action-schema';
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

const KNOWN_DIFFERENCES = new Set([
  // What the SDK has and the metadata has not yet.
  'vpc.CreateVSwitch CidrMask unknown there',
  'vpc.CreateVSwitch Ipv6CidrMask unknown there',
  'vpc.ModifyVSwitchAttribute Ipv6CidrMask unknown there',
  // Older spellings of Key and Value, which no SDK sends any more.
  'ecs.CreateSecurityGroup Tag.key missing here',
  'ecs.CreateSecurityGroup Tag.value missing here',
  'ecs.DescribeSecurityGroups Tag.key missing here',
  'ecs.DescribeSecurityGroups Tag.value missing here',
  // Nothing is left to do without them; the API reference has them as required.
  'ecs.JoinResourceGroup ResourceGroupId required here alone',
  'ecs.JoinResourceGroup ResourceId required here alone',
  'ecs.JoinResourceGroup ResourceType required here alone',
]);

/** Of these that SDK has no model at all; their answers are the API reference's. */
const ACTIONS_NEWER_THAN_THE_SDK = new Set(['kms DescribeAccountKmsStatus']);

/** Numbers that these models have as texts, as no other of their kind does. The wire cannot tell. */
const TEXT_IN_THE_SDK = new Set([
  'ecs.RevokeSecurityGroupEgress Permissions.N.DestGroupOwnerId',
  'kms.DeleteSecret RecoveryWindowInDays',
]);
/** The wire adds it. */
const OF_THE_WIRE = /\.RequestId$/;

const under = (place: string, fields: readonly string[]): string[] => fields.map((field) => `${place}.${field}`);
/** Of a tunnel's, where there is no border gateway protocol; of a connection's, whose settings stand in its two tunnels. */
const BGP = ['LocalAsn', 'LocalBgpIp', 'PeerAsn', 'PeerBgpIp', 'TunnelCidr'];
const inConnection = (place: string): string[] => [
  ...under(`${place}.VpnBgpConfig`, BGP),
  ...under(`${place}.TunnelOptionsSpecification.TunnelOptions[].TunnelBgpConfig`, BGP),
];
const ofOneTunnel = (place: string): string[] => [
  ...under(`${place}.IkeConfig`, ['IkeAuthAlg', 'IkeEncAlg', 'IkeLifetime', 'IkeMode', 'IkePfs', 'IkeVersion']),
  ...under(`${place}.IkeConfig`, ['LocalId', 'Psk', 'RemoteId']),
  ...under(`${place}.IpsecConfig`, ['IpsecAuthAlg', 'IpsecEncAlg', 'IpsecLifetime', 'IpsecPfs']),
  ...under(`${place}.VcoHealthCheck`, ['Dip', 'Enable', 'Interval', 'Retry', 'Sip']),
  `${place}.VpnBgpConfig.Status`,
];
const CONNECTION = 'DescribeVpnConnections.VpnConnections.VpnConnection[]';
/** Border gateway protocol and health checks are not modelled, nor are reservations, nor a group's instances counted. */
const NOT_MODELLED = [
  ...['DescribeVpnConnection', CONNECTION, 'ModifyVpnConnectionAttribute'].flatMap(inConnection),
  ...under('DescribeVpnConnection.VpnBgpConfig', ['AuthKey', 'EnableBgp']),
  ...under(`${CONNECTION}.VpnBgpConfig`, ['AuthKey']),
  'ModifyVpnConnectionAttribute.VpnBgpConfig.EnableBgp',
  ...under('DescribeVpnConnection.VcoHealthCheck', ['Policy', 'Status']),
  ...under(`${CONNECTION}.VcoHealthCheck`, ['Policy', 'Status']),
  'DescribeVpnGateway.ReservationData',
  'DescribeVpnGateways.VpnGateways.VpnGateway[].ReservationData',
  ...under('DescribeSecurityGroups.SecurityGroups.SecurityGroup[]', [
    'AvailableInstanceAmount',
    'EcsCount',
    'GroupToGroupRuleCount',
    'ServiceID',
  ]),
];
const OF_SOME = ['DescribeVpnConnection', CONNECTION, 'ModifyVpnConnectionAttribute'].flatMap(ofOneTunnel);
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
    test('it takes exactly the published parameters, and insists on what is published as required', () => {
      const place = `${action.product}.${action.name} `;
      const differences = unlikePublished(action.parameters, found.params).map((difference) => place + difference);
      expect(differences.filter((difference) => !KNOWN_DIFFERENCES.has(difference))).toEqual([]);
    });

    test('it answers nothing but published fields', () => {
      for (const body of answersOf(action)) expect(unpublished(body, found.response, action.name)).toEqual([]);
    });

    test('it leaves out no field, at any depth, that both the metadata and the SDK have', async () => {
      const model = await sdkModel(action.product, action.name, 'Response');
      const { some, always } = leftOut(answersOf(action), inBoth(found.response, model!), action.name);
      const own = (places: readonly string[]): string[] =>
        places.filter((place) => place.startsWith(`${action.name}.`)).sort();
      expect(always.filter((place) => !OF_THE_WIRE.test(place))).toEqual(own(NOT_MODELLED));
      expect(some.filter((place) => !OF_THE_WIRE.test(place))).toEqual(own([...NOT_MODELLED, ...OF_SOME]));
    });
  });
}

/** What the model has of the metadata's shape: either one has fields that the other has not, of other releases. */
function inBoth(shape: ResponseShape, type: ModelType): ResponseShape {
  if (Array.isArray(shape))
    return typeof type === 'object' && 'itemType' in type ? [inBoth(shape[0]!, type.itemType)] : 'string';
  if (typeof shape === 'string' || typeof type !== 'function') return 'string';
  const known = fieldsOf(type);
  return Object.fromEntries(
    Object.entries(shape).flatMap(([field, inner]) => {
      const of = known.get(field);
      return of === undefined ? [] : [[field, inBoth(inner, of)]];
    }),
  );
}
