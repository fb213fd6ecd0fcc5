/** The VPN actions' parameters and answers, held to the official SDK's models. */
import type { Action } from '../../../../local/world/rpc/action';
import { vpcActions } from '../../../../local/world/vpc/actions';
import type { JsonObject } from '../../../../shared/json';
import { activeGateway, connectionOf, type LocalVpn, localVpn, office, putSingleGateway } from './local-vpn';

interface Model {
  /** The names on the wire, by the SDK's. */
  names(): Record<string, string>;
  /** `string`, `number`, `boolean`, a model, or an array of either. */
  types(): Record<string, ModelType>;
}
type ModelType = string | Model | { type: 'array'; itemType: ModelType };

/** Each model is a file: the package as a whole takes half a second to load. */
async function modelOf(name: string): Promise<Model> {
  const file = await import(`@alicloud/vpc20160428/dist/models/${name}`);
  return file[name] as Model;
}

const held = vpcActions.filter(({ name }) => /Vpn|CustomerGateway|Tunnel/.test(name));
const KINDS: Record<string, string> = { integer: 'number', boolean: 'boolean', string: 'string' };

test('the VPN actions are these', () => {
  expect(held.map(({ name }) => name).sort()).toEqual([
    'CreateCustomerGateway',
    'CreateVpnConnection',
    'CreateVpnGateway',
    'CreateVpnPbrRouteEntry',
    'CreateVpnRouteEntry',
    'DeleteCustomerGateway',
    'DeleteVpnConnection',
    'DeleteVpnGateway',
    'DeleteVpnPbrRouteEntry',
    'DeleteVpnRouteEntry',
    'DescribeCustomerGateway',
    'DescribeCustomerGateways',
    'DescribeVpnConnection',
    'DescribeVpnConnections',
    'DescribeVpnGateway',
    'DescribeVpnGatewayAvailableZones',
    'DescribeVpnGateways',
    'DescribeVpnPbrRouteEntries',
    'DescribeVpnRouteEntries',
    'DiagnoseVpnConnections',
    'DownloadVpnConnectionConfig',
    'ModifyCustomerGatewayAttribute',
    'ModifyTunnelAttribute',
    'ModifyVpnConnectionAttribute',
    'ModifyVpnGatewayAttribute',
    'ModifyVpnPbrRouteEntryWeight',
    'ModifyVpnRouteEntryWeight',
    'MoveVpnResourceGroup',
    'PublishVpnRouteEntry',
  ]);
});

test.each(held)('$name takes parameters of the published types, a token where the service does', async (action) => {
  const model = await modelOf(`${action.name}Request`);
  const types = byWireName(model);
  for (const [name, { type }] of Object.entries(action.parameters as Action['parameters'])) {
    const published = types.get(name);
    const kind = type === 'list' ? 'array' : type === 'object' ? 'model' : KINDS[type];
    expect([name, published && kindOf(published)]).toEqual([name, kind]);
  }
  expect(Object.hasOwn(action.parameters, 'ClientToken')).toBe(types.has('ClientToken'));
  expect(Object.hasOwn(action.parameters, 'DryRun')).toBe(types.has('DryRun'));
});

test.each(held)('$name answers nothing but published fields of the published types', async ({ name }) => {
  const model = await modelOf(`${name}ResponseBody`);
  const answers = answersOf(name);
  expect(answers.length).toBeGreaterThan(0);
  for (const body of answers) expect(strangers(body, model, name)).toEqual([]);
});

const byWireName = (model: Model): Map<string, ModelType> =>
  new Map(Object.entries(model.types()).map(([own, type]) => [model.names()[own] ?? own, type]));

const kindOf = (type: ModelType): string =>
  typeof type === 'string' ? type : typeof type === 'function' ? 'model' : 'array';

/** What an answer says beyond the model, or with another type. */
function strangers(value: unknown, type: ModelType, place: string): string[] {
  if (typeof type === 'string') return typeof value === type ? [] : [`${place}: ${typeof value}, not ${type}`];
  if ('itemType' in type)
    return Array.isArray(value)
      ? value.flatMap((item, index) => strangers(item, type.itemType, `${place}.${index + 1}`))
      : [`${place} is no list`];
  const fields = byWireName(type);
  return Object.entries(value as JsonObject).flatMap(([name, field]) => {
    const published = fields.get(name);
    return published === undefined ? [`${place}.${name}`] : strangers(field, published, `${place}.${name}`);
  });
}

let collected: Map<string, JsonObject[]> | undefined;
const answersOf = (action: string): JsonObject[] => {
  collected ??= collect();
  return collected.get(action) ?? [];
};

/** Every action once, on a gateway of either kind where the answers differ. */
function collect(): Map<string, JsonObject[]> {
  const answers = new Map<string, JsonObject[]>();
  const plain = localVpn();
  const noted =
    (method: 'call' | 'settled') =>
    (action: string, input: JsonObject = {}): JsonObject => {
      const body = plain[method](action, input);
      answers.set(action, [...(answers.get(action) ?? []), body]);
      return body;
    };
  const vpn: LocalVpn = { ...plain, call: noted('call'), settled: noted('settled') };
  const VpnGatewayId = activeGateway(vpn);
  const single = putSingleGateway(vpn);
  const CustomerGatewayId = office(vpn);
  const withAsn = vpn.call('CreateCustomerGateway', { IpAddress: '203.0.113.99', Asn: '65001' });
  const subnets = { LocalSubnet: '192.168.0.0/16', RemoteSubnet: '10.10.10.0/24' };
  const wish = { ...connectionOf(VpnGatewayId, CustomerGatewayId), ...subnets, Tags: [{ Key: 'k', Value: 'v' }] };
  const VpnConnectionId = vpn.settled('CreateVpnConnection', wish)['VpnConnectionId'] as string;
  const older = { VpnGatewayId: single, CustomerGatewayId, ...subnets, Name: 'older' };
  const olderId = vpn.settled('CreateVpnConnection', older)['VpnConnectionId'] as string;
  const route = { VpnGatewayId, RouteDest: '10.10.20.0/24', NextHop: VpnConnectionId };
  const policy = { ...route, RouteSource: '192.168.0.0/16', Weight: 100 };
  vpn.settled('CreateVpnRouteEntry', { ...route, Weight: 100, PublishVpc: true });
  vpn.settled('CreateVpnPbrRouteEntry', { ...policy, PublishVpc: false });
  vpn.settled('PublishVpnRouteEntry', { ...route, RouteType: 'dbr', PublishVpc: false });
  for (const action of ['DescribeVpnRouteEntries', 'DescribeVpnPbrRouteEntries']) vpn.call(action, { VpnGatewayId });
  for (const id of [VpnConnectionId, olderId]) {
    vpn.call('DescribeVpnConnection', { VpnConnectionId: id });
    vpn.call('DownloadVpnConnectionConfig', { VpnConnectionId: id });
    vpn.settled('ModifyVpnConnectionAttribute', { VpnConnectionId: id, Name: 'renamed' });
  }
  const [tunnel] = (vpn.call('DescribeVpnConnection', { VpnConnectionId })['TunnelOptionsSpecification'] as JsonObject)[
    'TunnelOptions'
  ] as JsonObject[];
  const down = { TunnelIds: [tunnel!['TunnelId']!], VpnConnectionIds: [olderId] };
  expect(vpn.call('DiagnoseVpnConnections', down)['TotalCount']).toBe(2);
  vpn.settled('ModifyTunnelAttribute', { VpnConnectionId, TunnelId: tunnel!['TunnelId']! });
  for (const id of [VpnGatewayId, single]) vpn.call('DescribeVpnGateway', { VpnGatewayId: id });
  for (const id of [CustomerGatewayId, withAsn['CustomerGatewayId'] as string])
    vpn.call('DescribeCustomerGateway', { CustomerGatewayId: id });
  for (const action of ['DescribeVpnGateways', 'DescribeVpnConnections', 'DescribeCustomerGateways']) vpn.call(action);
  vpn.call('DescribeVpnGatewayAvailableZones', { Spec: '10M' });
  vpn.settled('ModifyVpnGatewayAttribute', { VpnGatewayId, Name: 'renamed' });
  vpn.settled('ModifyVpnRouteEntryWeight', { ...route, Weight: 100, NewWeight: 0 });
  vpn.settled('DeleteVpnRouteEntry', { ...route, Weight: 0 });
  vpn.settled('ModifyVpnPbrRouteEntryWeight', { ...policy, NewWeight: 0 });
  vpn.settled('DeleteVpnPbrRouteEntry', { ...policy, Weight: 0 });
  for (const id of [VpnConnectionId, olderId]) vpn.settled('DeleteVpnConnection', { VpnConnectionId: id });
  vpn.call('ModifyCustomerGatewayAttribute', { CustomerGatewayId, Name: 'renamed' });
  const NewResourceGroupId = 'rg-network';
  vpn.call('MoveVpnResourceGroup', { ResourceType: 'VpnGateway', InstanceId: VpnGatewayId, NewResourceGroupId });
  vpn.call('DeleteCustomerGateway', { CustomerGatewayId });
  vpn.call('DeleteVpnGateway', { VpnGatewayId });
  return answers;
}
