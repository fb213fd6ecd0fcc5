/**
 * The scenario from an empty account to an empty account, VPCs and vSwitches included, by the official clients over the
 * wire, as a script or Terraform would: VPC's and ECS's own, and the generic call for CEN.
 */
import Ecs, * as ecs from '@alicloud/ecs20140526';
import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import Vpc, * as vpc from '@alicloud/vpc20160428';
import { OPENED_SERVICES } from '../../local/world/cbn/records';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, type LocalWire, startLocalWire } from './local-wire';

let wire: LocalWire;
let network: Vpc;
let compute: Ecs;
beforeAll(async () => {
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects) } });
  for (const name of ['transit-router', 'cross-border'])
    wire.world.state.put(OPENED_SERVICES, name, { name, openedAt: 0 });
  network = new Vpc(config());
  compute = new Ecs(config());
});
afterAll(() => wire.close());

const config = () =>
  new $OpenApiUtil.Config({
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
    endpoint: wire.host,
    protocol: 'http',
  });

async function cbn<Body = Record<string, string>>(action: string, query: Record<string, unknown>): Promise<Body> {
  const params = new $OpenApiUtil.Params({
    action,
    version: '2017-09-12',
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(query) });
  return (await new OpenApi(config()).callApi(params, request, {} as never))['body'];
}

/** What one region has of the scenario. */
interface Side {
  regionId: string;
  zones: [string, string];
  /** The second byte of `10.x.0.0/16`; the office behind it is `10.(x+100).0.0/24`. */
  block: number;
  officeAddress: string;
}
const SIDES: [Side, Side] = [
  { regionId: 'us-east-1', zones: ['us-east-1a', 'us-east-1b'], block: 1, officeAddress: '203.0.113.1' },
  { regionId: 'cn-shanghai', zones: ['cn-shanghai-b', 'cn-shanghai-g'], block: 2, officeAddress: '203.0.113.2' },
];
const officeOf = ({ block }: Side) => `10.${block + 100}.0.0/24`;

async function buildSide(side: Side) {
  const { regionId, block, zones } = side;
  const made = await network.createVpc(
    new vpc.CreateVpcRequest({
      regionId,
      cidrBlock: `10.${block}.0.0/16`,
      vpcName: regionId,
      tag: [new vpc.CreateVpcRequestTag({ key: 'network', value: 'acme' })],
      clientToken: `vpc-${regionId}`,
    }),
  );
  const vpcId = made.body!.vpcId!;
  const vSwitchIds: string[] = [];
  for (const [index, zoneId] of zones.entries()) {
    const cidrBlock = `10.${block}.${index}.0/24`;
    const { body } = await network.createVSwitch(new vpc.CreateVSwitchRequest({ regionId, vpcId, zoneId, cidrBlock }));
    vSwitchIds.push(body!.vSwitchId!);
  }
  const group = await compute.createSecurityGroup(new ecs.CreateSecurityGroupRequest({ regionId, vpcId }));
  const securityGroupId = group.body!.securityGroupId!;
  const ids = { vpcId, routeTableId: made.body!.routeTableId!, vSwitchIds, securityGroupId };
  return { ...side, ...ids, ...(await buildGateway(side, ids)) };
}
type Built = Awaited<ReturnType<typeof buildSide>>;

async function buildGateway(side: Side, { vpcId, vSwitchIds }: { vpcId: string; vSwitchIds: string[] }) {
  const { regionId } = side;
  const gateway = await network.createVpnGateway(
    new vpc.CreateVpnGatewayRequest({
      regionId,
      vpcId,
      vSwitchId: vSwitchIds[0],
      disasterRecoveryVSwitchId: vSwitchIds[1],
      bandwidth: 10,
      instanceChargeType: 'POSTPAY',
    }),
  );
  const vpnGatewayId = gateway.body!.vpnGatewayId!;
  const ipAddress = side.officeAddress;
  const office = await network.createCustomerGateway(new vpc.CreateCustomerGatewayRequest({ regionId, ipAddress }));
  const customerGatewayId = office.body!.customerGatewayId!;
  const connection = await network.createVpnConnection(
    new vpc.CreateVpnConnectionRequest({
      regionId,
      vpnGatewayId,
      localSubnet: '0.0.0.0/0',
      remoteSubnet: '0.0.0.0/0',
      autoConfigRoute: false,
      tunnelOptionsSpecification: ['master', 'slave'].map(
        (role) => new vpc.CreateVpnConnectionRequestTunnelOptionsSpecification({ role, customerGatewayId }),
      ),
    }),
  );
  const vpnConnectionId = connection.body!.vpnConnectionId!;
  const route = { regionId, vpnGatewayId, routeDest: officeOf(side), nextHop: vpnConnectionId, weight: 100 };
  await network.createVpnRouteEntry(new vpc.CreateVpnRouteEntryRequest({ ...route, publishVpc: true }));
  return { vpnGatewayId, customerGatewayId, vpnConnectionId };
}

async function buildBackbone(sides: readonly [Built, Built]) {
  const { CenId } = await cbn('CreateCen', { Name: 'backbone' });
  const routers: { id: string; table: string; attachment: string }[] = [];
  for (const { regionId: RegionId, vpcId: VpcId, vSwitchIds, zones } of sides) {
    const { TransitRouterId: id } = await cbn('CreateTransitRouter', { CenId, RegionId });
    const tables = await cbn<{ TransitRouterRouteTables: { TransitRouterRouteTableId: string }[] }>(
      'ListTransitRouterRouteTables',
      { TransitRouterId: id },
    );
    const table = tables.TransitRouterRouteTables[0]!.TransitRouterRouteTableId;
    const ZoneMappings = zones.map((ZoneId, index) => ({ ZoneId, VSwitchId: vSwitchIds[index] }));
    const wish = { TransitRouterId: id, RegionId, VpcId, ZoneMappings, AutoPublishRouteEnabled: true };
    const { TransitRouterAttachmentId: attachment } = await cbn('CreateTransitRouterVpcAttachment', wish);
    routers.push({ id: id!, table, attachment: attachment! });
  }
  const { TransitRouterAttachmentId: peer } = await cbn('CreateTransitRouterPeerAttachment', {
    CenId,
    RegionId: sides[0].regionId,
    TransitRouterId: routers[0]!.id,
    PeerTransitRouterId: routers[1]!.id,
    PeerTransitRouterRegionId: sides[1].regionId,
    BandwidthType: 'DataTransfer',
    Bandwidth: 10,
    AutoPublishRouteEnabled: true,
  });
  const links = routers.flatMap(({ table, attachment }) =>
    [attachment, peer].map((TransitRouterAttachmentId) => ({
      TransitRouterAttachmentId,
      TransitRouterRouteTableId: table,
    })),
  );
  for (const link of links) {
    await cbn('AssociateTransitRouterAttachmentWithRouteTable', link);
    await cbn('EnableTransitRouterRouteTablePropagation', link);
  }
  for (const side of sides) await cbn('PublishRouteEntries', publication(CenId!, side));
  return { CenId: CenId!, routers, peer: peer!, links };
}

const publication = (CenId: string, side: Built) => ({
  CenId,
  ChildInstanceId: side.vpcId,
  ChildInstanceRegionId: side.regionId,
  ChildInstanceType: 'VPC',
  ChildInstanceRouteTableId: side.routeTableId,
  DestinationCidrBlock: officeOf(side),
});

async function removeSide(side: Built): Promise<void> {
  const { regionId, vpnGatewayId, vpnConnectionId, customerGatewayId, securityGroupId, vpcId } = side;
  const route = { regionId, vpnGatewayId, routeDest: officeOf(side), nextHop: vpnConnectionId, weight: 100 };
  await network.deleteVpnRouteEntry(new vpc.DeleteVpnRouteEntryRequest(route));
  await network.deleteVpnConnection(new vpc.DeleteVpnConnectionRequest({ regionId, vpnConnectionId }));
  await network.deleteCustomerGateway(new vpc.DeleteCustomerGatewayRequest({ regionId, customerGatewayId }));
  await network.deleteVpnGateway(new vpc.DeleteVpnGatewayRequest({ regionId, vpnGatewayId }));
  for (const vSwitchId of side.vSwitchIds)
    await network.deleteVSwitch(new vpc.DeleteVSwitchRequest({ regionId, vSwitchId }));
  await compute.deleteSecurityGroup(new ecs.DeleteSecurityGroupRequest({ regionId, securityGroupId }));
  await network.deleteVpc(new vpc.DeleteVpcRequest({ regionId, vpcId }));
}

async function removeBackbone(sides: readonly Built[], backbone: Awaited<ReturnType<typeof buildBackbone>>) {
  for (const side of sides) await cbn('WithdrawPublishedRouteEntries', publication(backbone.CenId, side));
  for (const link of backbone.links) {
    await cbn('DisableTransitRouterRouteTablePropagation', link);
    await cbn('DissociateTransitRouterAttachmentFromRouteTable', link);
  }
  await cbn('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId: backbone.peer });
  for (const { id, attachment } of backbone.routers) {
    await cbn('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: attachment });
    await cbn('DeleteTransitRouter', { TransitRouterId: id });
  }
  await cbn('DeleteCen', { CenId: backbone.CenId });
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it succeeded',
    ({ code }) => code,
  );

/** Every record of the services; none is left where each was removed by its own call. */
const recordsOf = (world: LocalWire['world']): string[] =>
  [...world.state.snapshot()]
    .filter(({ collection }) => /^(vpc|cbn|ecs)\./.test(collection) && collection !== OPENED_SERVICES)
    .map(({ collection, key }) => `${collection} ${key}`);

test('from nothing to a network of two regions, and back to nothing', async () => {
  const sides = [await buildSide(SIDES[0]), await buildSide(SIDES[1])] as const;
  const backbone = await buildBackbone(sides);
  const [here, there] = sides;

  // The far office's block stands in the near VPC's table: the whole way is there.
  const { regionId, routeTableId } = here;
  const asked = new vpc.DescribeRouteEntryListRequest({
    regionId,
    routeTableId,
    destinationCidrBlock: officeOf(there),
  });
  const { body } = await network.describeRouteEntryList(asked);
  expect(body!.routeEntrys!.routeEntry).toMatchObject([{ status: 'Available', serviceType: 'TR' }]);

  const { vpcId, securityGroupId, vSwitchIds } = here;
  const inUse = network.deleteVSwitch(new vpc.DeleteVSwitchRequest({ regionId, vSwitchId: vSwitchIds[0] }));
  expect(await codeOf(inUse)).toBe('DependencyViolation');
  expect(await codeOf(network.deleteVpc(new vpc.DeleteVpcRequest({ regionId, vpcId })))).toBe(
    'DependencyViolation.VSwitch',
  );
  await network.modifyVpcAttribute(new vpc.ModifyVpcAttributeRequest({ regionId, vpcId, vpcName: 'renamed' }));
  const group = { regionId, securityGroupId, securityGroupName: 'orders' };
  await compute.modifySecurityGroupAttribute(new ecs.ModifySecurityGroupAttributeRequest(group));
  const described = await network.describeVpcAttribute(new vpc.DescribeVpcAttributeRequest({ regionId, vpcId }));
  expect(described.body).toMatchObject({
    vpcName: 'renamed',
    status: 'Available',
    associatedCens: { associatedCen: [{ cenId: backbone.CenId, cenStatus: 'Attached' }] },
    tags: { tag: [{ key: 'network', value: 'acme' }] },
  });

  expect(recordsOf(wire.world).length).toBeGreaterThan(30);
  await removeBackbone(sides, backbone);
  for (const side of sides) await removeSide(side);
  wire.advance(1_000);
  const gone = network.describeVpcAttribute(new vpc.DescribeVpcAttributeRequest({ regionId, vpcId }));
  expect(await codeOf(gone)).toBe('InvalidVpcId.NotFound');
  expect(recordsOf(wire.world)).toEqual([]);
});
