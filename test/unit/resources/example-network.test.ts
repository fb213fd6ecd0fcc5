/**
 * The scenario, built by the kinds on the local cloud, read back from its tables and proven: every wire format, flag
 * and "done" of this room in one piece.
 */
import {
  ROUTE_TABLES,
  type RouteTableRecord,
  VPN_GATEWAYS,
  type VpnGatewayRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../local/world/vpc/records';
import { compareAccount } from '../../../shared/alicloud/compare-account';
import { readNetwork } from '../../../shared/alicloud/read-network';
import { listCens } from '../../../shared/alicloud/reads/cens';
import { listCustomerGateways } from '../../../shared/alicloud/reads/customer-gateways';
import { currentVersionOf } from '../../../shared/alicloud/reads/secrets';
import type { CloudParameter } from '../../../shared/engine/cloud';
import type { Proof } from '../../../shared/network/proof';
import { prove } from '../../../shared/network/prove';
import type { Topology } from '../../../shared/topology/topology';
import { example } from '../plan/topologies';
import { type ExampleCloud, exampleCloud, inOrder } from './example-cloud';

async function build(there: ExampleCloud, topology: Topology): Promise<ExampleCloud> {
  for (const resource of inOrder(topology)) await there.builder.build(resource);
  return there;
}

const proven = async ({ builder, cloud }: ExampleCloud, topology: Topology): Promise<Proof> =>
  prove(topology, await readNetwork({ topology, recorded: [...builder.records.values()], cloud }));

const idOf = ({ builder }: ExampleCloud, id: string): string =>
  [...builder.records.values()].find((record) => record.id === id)?.cloudId ?? `no ${id}`;

function basic(): Topology {
  const topology = example();
  const { links } = topology.backbone;
  topology.backbone = { edition: 'basic', cen: 'cen-acme-basic', bandwidthPackage: 'cenbwp-acme', links };
  return topology;
}

test.each([
  ['transit routers', example(), 33],
  ['the basic edition', basic(), 29],
])('the example with %s is proven on what was read back', async (_what, topology, reads) => {
  const there = await build(exampleCloud(), topology);
  there.cloud.asked.length = 0;
  const proof = await proven(there, topology);
  expect(proof.summary.sitePairs).toMatchObject({ total: 30, reachable: 30 });
  expect(proof.ok).toBe(true);
  expect(there.cloud.asked).toHaveLength(reads);
  expect(there.cloud.asked.filter(({ action }) => !/^(Describe|List)/.test(action))).toEqual([]);
});

test('each thing is made by one call', async () => {
  const { cloud } = await build(exampleCloud(), example());
  const counts: Record<string, number> = {};
  for (const { action } of cloud.asked.filter((each) => !/^(Describe|List|Get)/.test(each.action)))
    counts[action] = (counts[action] ?? 0) + 1;
  expect(counts).toEqual({
    AssociateTransitRouterAttachmentWithRouteTable: 4,
    AuthorizeSecurityGroup: 2,
    CreateCen: 1,
    CreateCustomerGateway: 4,
    // Office 4 brings its own.
    CreateSecret: 3,
    CreateTransitRouter: 2,
    CreateTransitRouterPeerAttachment: 1,
    CreateTransitRouterVpcAttachment: 2,
    CreateVpnConnection: 4,
    CreateVpnGateway: 2,
    CreateVpnRouteEntry: 4,
    EnableTransitRouterRouteTablePropagation: 4,
    PublishRouteEntries: 4,
    TagResources: 2,
  });
});

test('a key stands in the request that makes its secret and in the one that makes its connection, nowhere else', async () => {
  const { cloud, builder } = await build(exampleCloud(), example());
  const keys = cloud.asked.flatMap(({ parameters }) =>
    typeof parameters.SecretData === 'string' ? [parameters.SecretData] : [],
  );
  expect(keys).toHaveLength(3);
  for (const key of keys) {
    const carriers = cloud.asked.filter(({ parameters }) => JSON.stringify(parameters).includes(key));
    expect(carriers.map(({ action }) => action)).toEqual(['CreateSecret', 'CreateVpnConnection']);
    expect(JSON.stringify([[...builder.records], [...builder.parameters]])).not.toContain(key);
  }
});

/** The SDK's own model of each request is the oracle for what our calls are called. */
test('every VPC and ECS parameter is one that the official SDK knows', async () => {
  const topology = example();
  const there = await build(exampleCloud(), topology);
  await proven(there, topology);
  await compareAccount({ topology, cloud: there.cloud });
  await removeAll(there, topology);
  const checked = new Set<string>();
  for (const { service, action, parameters } of there.cloud.asked) {
    if (service !== 'vpc' && service !== 'ecs') continue;
    checked.add(`${service}.${action}`);
    expect(unknownTo(await requestModel(service, action), parameters, action)).toEqual([]);
  }
  expect(checked.size).toBe(26);
});

/** Each model is a file: the package as a whole takes half a second to load. */
async function requestModel(service: 'vpc' | 'ecs', action: string): Promise<Model> {
  const packageName = service === 'vpc' ? '@alicloud/vpc20160428' : '@alicloud/ecs20140526';
  // One file is spelt otherwise than its action and its class.
  const file = action.replace('DescribeVSwitches', 'DescribeVswitches');
  return (await import(`${packageName}/dist/models/${file}Request`))[`${action}Request`];
}

interface Model {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

function unknownTo(model: Model, value: CloudParameter, place: string): string[] {
  if (value === null || typeof value !== 'object') return [];
  const byWireName = new Map(Object.entries(model.names()).map(([property, wire]) => [wire, property]));
  return Object.entries(value).flatMap(([wire, item]) => {
    const property = byWireName.get(wire);
    if (property === undefined) return [`${place}.${wire}`];
    const type = model.types()[property];
    const items = Array.isArray(item) ? item : [item];
    const inner = (type as { itemType?: unknown }).itemType ?? type;
    return typeof inner === 'function'
      ? items.flatMap((each) => unknownTo(inner as unknown as Model, each, `${place}.${wire}`))
      : [];
  });
}

test('an application behind a custom table is reached by an entry of its own', async () => {
  const there = exampleCloud();
  const { state } = there.world;
  const table = state.values<RouteTableRecord>(ROUTE_TABLES).find(({ vpcId }) => vpcId === 'vpc-virginia')!;
  state.put(ROUTE_TABLES, 'vtb-orders', { ...table, id: 'vtb-orders', type: 'Custom' });
  const vSwitch = state.get<VSwitchRecord>(VSWITCHES, 'vsw-va-a')!;
  state.put(VSWITCHES, 'vsw-va-a', { ...vSwitch, routeTableId: 'vtb-orders' });
  const topology = example();
  topology.vpcs[0]!.vSwitches[0]!.routeTable = 'vtb-orders';
  await build(there, topology);
  const proof = await proven(there, topology);
  expect(proof.summary.sitePairs).toMatchObject({ total: 30, reachable: 30 });
  expect(there.cloud.asked.filter(({ action }) => action === 'CreateRouteEntry')).toHaveLength(2);
});

test("an office's customer gateway that another network made is used as it is", async () => {
  const there = exampleCloud();
  await there.cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'CreateCustomerGateway',
    parameters: { IpAddress: '203.0.113.11', Name: 'theirs' },
  });
  there.cloud.asked.length = 0;
  await build(there, example());
  expect(there.builder.records.get('customer-gateway/us-east-1/203.0.113.11' as never)).toMatchObject({
    ownership: 'borrowed',
  });
  expect(there.cloud.asked.filter(({ action }) => action === 'CreateCustomerGateway')).toHaveLength(3);
});

test('a gateway with one address gets connections with one tunnel, and carries all the same', async () => {
  const there = exampleCloud();
  const topology = example();
  for (const resource of inOrder(topology)) {
    await there.builder.build(resource);
    if (resource.id !== 'vpn-gateway/virginia') continue;
    const { state } = there.world;
    const gateway = state.get<VpnGatewayRecord>(VPN_GATEWAYS, idOf(there, resource.id))!;
    state.put(VPN_GATEWAYS, gateway.id, {
      ...gateway,
      vSwitchIds: [gateway.vSwitchIds[0], null],
      disasterRecoveryInternetIp: null,
    } satisfies VpnGatewayRecord);
    const held = { cloudId: gateway.id, parameters: {}, ownership: 'ours' } as const;
    const { observation } = await there.builder.settle(resource.id, resource.desired, held);
    const record = there.builder.records.get(resource.id)!;
    there.builder.records.set(resource.id, { ...record, attributes: observation.attributes });
  }
  expect((await proven(there, topology)).summary.sitePairs).toMatchObject({ total: 30, reachable: 30 });
  const made = there.cloud.asked.filter(({ action }) => action === 'CreateVpnConnection');
  expect(made.map(({ parameters }) => 'IkeConfig' in parameters)).toEqual(
    made.map(({ region }) => region === 'us-east-1'),
  );
});

async function removeAll({ builder }: ExampleCloud, topology: Topology): Promise<void> {
  const resources = inOrder(topology).reverse();
  for (const resource of resources)
    if (builder.records.get(resource.id)?.ownership === 'ours') await builder.remove(resource);
}

test('everything is removed in the opposite order, and nothing of ours is left', async () => {
  const topology = example();
  const there = await build(exampleCloud(), topology);
  await removeAll(there, topology);
  const { cloud } = there;
  const { gateways, vpcs } = await readNetwork({ topology, recorded: [], cloud });
  expect(gateways).toEqual([]);
  expect(vpcs.flatMap(({ tables }) => tables.flatMap(({ routes }) => routes))).toEqual([]);
  expect(vpcs.flatMap(({ securityGroups }) => securityGroups.flatMap(({ rules }) => rules))).toEqual([]);
  expect((await listCens(cloud)).map(({ CenId }) => CenId)).toEqual(['cen-acme-basic', 'cen-acme-existing']);
  for (const region of ['us-east-1', 'cn-shanghai']) expect(await listCustomerGateways(cloud, region)).toEqual([]);
  expect(await currentVersionOf(cloud, 'us-east-1', 'test/psk/acme-global/office-1')).toBeNull();
  // It was there before, and is not ours to remove.
  expect(await currentVersionOf(cloud, 'cn-shanghai', 'acme/office-4')).toBe('v1');
});
