/**
 * One long job on the example account that calls every action of VPC, ECS, KMS, RAM and STS: a network is built, read,
 * changed and torn down. What was answered is kept, so that its shape can be held to what the service publishes.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccount, seedAccount } from '../../local/world/account';
import { type Product, VERSIONS } from '../../local/world/rpc/action';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { type RpcInput, type RpcOutput, rpcService } from '../../local/world/rpc/service';
import { VPN_GATEWAYS, type VpnGatewayRecord } from '../../local/world/vpc/records';
import { World } from '../../local/world/world';
import { epochMs } from '../../shared/clock';
import type { JsonObject } from '../../shared/json';
import { flatParameters } from '../in-process/flat-parameters';

export interface Answer {
  product: Product;
  action: string;
  body: JsonObject;
}

type Call = (action: string, input?: JsonObject) => JsonObject;
interface Job {
  vpc: Call;
  ecs: Call;
  kms: Call;
  ram: Call;
  sts: Call;
  world: World;
}

const START = Date.UTC(2026, 10, 22);
const ACCOUNT = join(__dirname, '..', '..', 'examples', 'account.yaml');

export function worldAnswers(): Answer[] {
  const { account } = parseAccount(readFileSync(ACCOUNT, 'utf8'), 'account.yaml');
  const settings = {
    seed: 'answers',
    accountId: account!.accountId,
    region: 'us-east-1',
    quotas: {},
    durationFactor: 1,
  };
  const world = new World(settings, { rpc: rpcService(rpcActions, rpcEffects) });
  seedAccount(world.state, account!, epochMs(START));
  const caller = { accountId: account!.accountId, accessKeyId: 'key', roleArn: null };
  const answers: Answer[] = [];
  let now = START;
  const by =
    (product: Product): Call =>
    (action, input = {}) => {
      const parameters = flatParameters({ RegionId: 'us-east-1', ...input });
      const request: RpcInput = { product, version: VERSIONS[product], action, parameters };
      const { output } = world.handle(epochMs(now), { service: 'rpc', caller, input: request }).response;
      const { status, body } = output as RpcOutput;
      if (status !== 200) throw new Error(`${action}: ${JSON.stringify(body)}`);
      answers.push({ product, action, body });
      // Long enough for whatever began.
      now += 300_000;
      world.tick(epochMs(now));
      return body;
    };
  const job: Job = { vpc: by('vpc'), ecs: by('ecs'), kms: by('kms'), ram: by('ram'), sts: by('sts'), world };
  readVpcs(job);
  madeVpc(job);
  dualTunnelGateway(job);
  singleTunnelGateway(job);
  customTable(job);
  securityGroups(job);
  secrets(job);
  rolesAndPolicies(job);
  return answers;
}

const first = (body: JsonObject, ...path: string[]): JsonObject =>
  (path.reduce<unknown>((value, key) => (value as JsonObject)[key], body) as JsonObject[])[0]!;

function readVpcs({ vpc }: Job): void {
  vpc('DescribeRegions');
  vpc('DescribeZones');
  vpc('DescribeVpcs');
  vpc('DescribeVpcAttribute', { VpcId: 'vpc-virginia' });
  vpc('DescribeVSwitches', { VpcId: 'vpc-virginia' });
  vpc('DescribeVSwitchAttributes', { VSwitchId: 'vsw-va-a' });
  vpc('DescribeVpnGatewayAvailableZones', { Spec: '10M' });
}

/** From nothing to nothing. */
function madeVpc({ vpc }: Job): void {
  const { VpcId, VRouterId } = vpc('CreateVpc', { CidrBlock: '10.8.0.0/16', Tag: [{ Key: 'k', Value: 'v' }] });
  const own = { VpcId: VpcId! };
  vpc('ModifyVpcAttribute', { ...own, VpcName: 'renamed' });
  vpc('MoveResourceGroup', { ResourceType: 'Vpc', ResourceId: VpcId!, NewResourceGroupId: 'rg-network' });
  const place = { ZoneId: 'us-east-1a', CidrBlock: '10.8.1.0/24', Tag: [{ Key: 'k', Value: 'v' }] };
  const { VSwitchId } = vpc('CreateVSwitch', { ...own, ...place });
  vpc('ModifyVSwitchAttribute', { VSwitchId: VSwitchId!, VSwitchName: 'renamed' });
  vpc('DescribeVpcAttribute', own);
  vpc('DescribeVSwitchAttributes', { VSwitchId: VSwitchId! });
  vpc('DescribeRouteTables', { VRouterId: VRouterId! });
  const { RouteTableId } = vpc('CreateRouteTable', { ...own, RouteTableName: 'apps' });
  const bound = { RouteTableId: RouteTableId!, VSwitchId: VSwitchId! };
  vpc('AssociateRouteTable', bound);
  vpc('UnassociateRouteTable', bound);
  vpc('DeleteRouteTable', { RouteTableId: RouteTableId! });
  vpc('DeleteVSwitch', { VSwitchId: VSwitchId! });
  vpc('DeleteVpc', own);
}

function dualTunnelGateway({ vpc }: Job): void {
  const { VpnGatewayId } = vpc('CreateVpnGateway', {
    VpcId: 'vpc-virginia',
    VSwitchId: 'vsw-va-a',
    DisasterRecoveryVSwitchId: 'vsw-va-b',
    Bandwidth: 100,
    InstanceChargeType: 'POSTPAY',
  });
  const gateway = { VpnGatewayId: VpnGatewayId! };
  const tags = { ResourceType: 'VPNGATEWAY', ResourceId: [VpnGatewayId!] };
  vpc('TagResources', { ...tags, Tag: [{ Key: 'k', Value: 'v' }] });
  vpc('ListTagResources', tags);
  vpc('DescribeVpnGateway', gateway);
  vpc('DescribeVpnGateways');
  vpc('ModifyVpnGatewayAttribute', { ...gateway, Name: 'renamed' });
  const { CustomerGatewayId } = vpc('CreateCustomerGateway', {
    IpAddress: '203.0.113.11',
    Asn: '65001',
    Tags: [{ Key: 'k', Value: 'v' }],
  });
  vpc('DescribeCustomerGateway', { CustomerGatewayId: CustomerGatewayId! });
  vpc('DescribeCustomerGateways');
  vpc('ModifyCustomerGatewayAttribute', { CustomerGatewayId: CustomerGatewayId!, Name: 'renamed' });
  const NewResourceGroupId = 'rg-network';
  vpc('MoveVpnResourceGroup', { ResourceType: 'VpnGateway', InstanceId: VpnGatewayId!, NewResourceGroupId });
  const { VpnConnectionId } = vpc('CreateVpnConnection', {
    ...gateway,
    LocalSubnet: '192.168.0.0/16',
    RemoteSubnet: '10.10.10.0/24',
    Tags: [{ Key: 'k', Value: 'v' }],
    TunnelOptionsSpecification: ['master', 'slave'].map((Role) => ({ Role, CustomerGatewayId: CustomerGatewayId! })),
  });
  const connection = { VpnConnectionId: VpnConnectionId! };
  const described = vpc('DescribeVpnConnection', connection);
  vpc('DescribeVpnConnections');
  vpc('DownloadVpnConnectionConfig', connection);
  const { TunnelId } = first(described, 'TunnelOptionsSpecification', 'TunnelOptions');
  vpc('DiagnoseVpnConnections', { ...gateway, TunnelIds: [TunnelId!] });
  vpc('ModifyTunnelAttribute', {
    ...connection,
    TunnelId: TunnelId!,
    TunnelOptionsSpecification: { TunnelIkeConfig: { IkeVersion: 'ikev2' } },
  });
  vpc('DescribeVpnPbrRouteEntries', gateway);
  vpc('ModifyVpnConnectionAttribute', { ...connection, AutoConfigRoute: false });
  const named = { ...gateway, RouteDest: '10.10.10.0/24', NextHop: VpnConnectionId! };
  const route = { ...named, Weight: 100 };
  vpc('CreateVpnRouteEntry', { ...route, PublishVpc: false });
  vpc('PublishVpnRouteEntry', { ...named, RouteType: 'dbr', PublishVpc: true });
  vpc('DescribeVpnRouteEntries', gateway);
  const { RouteTableId } = first(
    vpc('DescribeRouteTableList', { VpcId: 'vpc-virginia' }),
    'RouterTableList',
    'RouterTableListType',
  );
  vpc('DescribeRouteEntryList', { RouteTableId: RouteTableId! });
  vpc('ModifyVpnRouteEntryWeight', { ...route, NewWeight: 0 });
  vpc('DeleteVpnRouteEntry', { ...route, Weight: 0 });
  const policy = { ...route, RouteSource: '192.168.0.0/16' };
  vpc('CreateVpnPbrRouteEntry', { ...policy, PublishVpc: false });
  vpc('DescribeVpnPbrRouteEntries', gateway);
  vpc('ModifyVpnPbrRouteEntryWeight', { ...policy, NewWeight: 0 });
  vpc('DeleteVpnPbrRouteEntry', { ...policy, Weight: 0 });
  vpc('DeleteVpnConnection', connection);
  vpc('DeleteCustomerGateway', { CustomerGatewayId: CustomerGatewayId! });
  vpc('UnTagResources', { ...tags, All: true });
  vpc('DeleteVpnGateway', gateway);
}

/** No action makes such a gateway any more; accounts still have them. */
function singleTunnelGateway({ vpc, world }: Job): void {
  const gateway: VpnGatewayRecord = {
    id: 'vpn-older',
    region: 'us-east-1',
    vpcId: 'vpc-virginia',
    name: 'older',
    description: '',
    vSwitchIds: ['vsw-va-a', null],
    interfaces: [],
    internetIp: '8.208.0.1',
    disasterRecoveryInternetIp: null,
    bandwidthMbps: 10,
    networkType: 'public',
    status: 'active',
    businessStatus: 'Normal',
    autoPropagate: false,
    chargeType: 'POSTPAY',
    expiresAt: null,
    createdAt: START,
    tags: [],
  };
  world.state.put(VPN_GATEWAYS, gateway.id, gateway);
  const { CustomerGatewayId } = vpc('CreateCustomerGateway', { IpAddress: '203.0.113.12' });
  const { VpnConnectionId } = vpc('CreateVpnConnection', {
    VpnGatewayId: gateway.id,
    CustomerGatewayId: CustomerGatewayId!,
    LocalSubnet: '0.0.0.0/0',
    RemoteSubnet: '0.0.0.0/0',
    IkeConfig: JSON.stringify({ IkeVersion: 'ikev2', IkeLifetime: 3_600 }),
  });
  vpc('DescribeVpnConnection', { VpnConnectionId: VpnConnectionId! });
  vpc('DownloadVpnConnectionConfig', { VpnConnectionId: VpnConnectionId! });
  vpc('DescribeVpnConnections');
  vpc('ModifyVpnConnectionAttribute', { VpnConnectionId: VpnConnectionId!, IpsecConfig: '{"IpsecPfs":"group14"}' });
  vpc('DescribeVpnGateways');
}

function customTable({ vpc }: Job): void {
  const region = { RegionId: 'us-west-1' };
  const { RouteTableId } = first(
    vpc('DescribeRouteTableList', { ...region, VpcId: 'vpc-california', RouteTableType: 'Custom' }),
    'RouterTableList',
    'RouterTableListType',
  );
  const table = { ...region, RouteTableId: RouteTableId! };
  vpc('ModifyRouteTableAttributes', { ...table, RoutePropagationEnable: false });
  const { RouteEntryId } = vpc('CreateRouteEntry', {
    ...table,
    DestinationCidrBlock: '10.20.0.0/16',
    NextHopType: 'NetworkInterface',
    NextHopId: 'eni-1',
  });
  vpc('DescribeRouteEntryList', table);
  vpc('DeleteRouteEntry', { ...region, RouteEntryId: RouteEntryId! });
}

function securityGroups({ ecs }: Job): void {
  const { SecurityGroupId } = ecs('CreateSecurityGroup', { VpcId: 'vpc-virginia', SecurityGroupName: 'extra' });
  const group = { SecurityGroupId: SecurityGroupId! };
  const rule = { IpProtocol: 'TCP', PortRange: '443/443', Policy: 'accept', Priority: '1', Description: 'd' };
  const ingress = { ...group, Permissions: [{ ...rule, SourceCidrIp: '10.10.10.0/24' }] };
  const egress = { ...group, Permissions: [{ ...rule, DestCidrIp: '10.10.10.0/24' }] };
  ecs('AuthorizeSecurityGroup', ingress);
  ecs('AuthorizeSecurityGroupEgress', egress);
  ecs('DescribeSecurityGroups', { VpcId: 'vpc-virginia' });
  ecs('DescribeSecurityGroupAttribute', { ...group, Direction: 'all' });
  ecs('ModifySecurityGroupAttribute', { ...group, Description: 'changed' });
  ecs('ModifySecurityGroupPolicy', { ...group, InnerAccessPolicy: 'Drop' });
  ecs('ModifySecurityGroupRule', { ...group, ...rule, SourceCidrIp: '10.10.10.0/24', Description: 'e' });
  ecs('ModifySecurityGroupEgressRule', { ...group, ...rule, DestCidrIp: '10.10.10.0/24', Description: 'e' });
  const joined = { ResourceType: 'securitygroup', ResourceId: SecurityGroupId!, ResourceGroupId: 'rg-network' };
  ecs('JoinResourceGroup', joined);
  ecs('DescribeRegions');
  ecs('DescribeZones');
  const tagged = { ResourceType: 'securitygroup', ResourceId: [SecurityGroupId!] };
  ecs('TagResources', { ...tagged, Tag: [{ Key: 'k', Value: 'v' }] });
  ecs('ListTagResources', tagged);
  ecs('UntagResources', { ...tagged, All: true });
  ecs('DescribeNetworkInterfaces', { VpcId: 'vpc-virginia' });
  ecs('RevokeSecurityGroup', ingress);
  ecs('RevokeSecurityGroupEgress', egress);
  ecs('DeleteSecurityGroup', group);
}

function secrets({ kms }: Job): void {
  const secret = { SecretName: 'office' };
  const tags = JSON.stringify([{ TagKey: 'k', TagValue: 'v' }]);
  kms('DescribeAccountKmsStatus');
  kms('CreateSecret', { ...secret, VersionId: 'v1', SecretData: 'one', Tags: tags });
  kms('PutSecretValue', { ...secret, VersionId: 'v2', SecretData: 'two' });
  kms('GetSecretValue', secret);
  kms('DescribeSecret', { ...secret, FetchTags: 'true' });
  kms('ListSecretVersionIds', secret);
  kms('ListSecrets', { FetchTags: 'true' });
  kms('DeleteSecret', { ...secret, ForceDeleteWithoutRecovery: 'true' });
}

const TRUST = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::1234567890123456:root'] } }],
});
const MAY_LIST = JSON.stringify({
  Version: '1',
  Statement: [{ Action: 'oss:ListObjects', Effect: 'Allow', Resource: '*' }],
});

function rolesAndPolicies({ ram, sts }: Job): void {
  const role = { RoleName: 'trunkline-worker' };
  const policy = { PolicyName: 'trunkline-worker' };
  const custom = { ...policy, PolicyType: 'Custom' };
  const Tag = [{ Key: 'k', Value: 'v' }];
  ram('CreateRole', { ...role, AssumeRolePolicyDocument: TRUST, Description: 'd', MaxSessionDuration: 3_600, Tag });
  ram('GetRole', role);
  ram('UpdateRole', { ...role, NewDescription: 'e' });
  ram('ListRoles', { MaxItems: 1 });
  ram('CreatePolicy', { ...policy, PolicyDocument: MAY_LIST, Description: 'd', Tag });
  ram('GetPolicy', custom);
  ram('CreatePolicyVersion', { ...policy, PolicyDocument: MAY_LIST, SetAsDefault: false });
  ram('GetPolicyVersion', { ...custom, VersionId: 'v2' });
  ram('ListPolicyVersions', custom);
  ram('SetDefaultPolicyVersion', { ...policy, VersionId: 'v2' });
  ram('DeletePolicyVersion', { ...policy, VersionId: 'v1' });
  ram('ListPolicies', { MaxItems: 1 });
  ram('ListPolicies', { PolicyType: 'Custom' });
  ram('AttachPolicyToRole', { ...role, ...custom });
  ram('ListPoliciesForRole', role);
  ram('ListEntitiesForPolicy', custom);
  sts('GetCallerIdentity');
  sts('AssumeRole', { RoleArn: 'acs:ram::1234567890123456:role/trunkline-worker', RoleSessionName: 'session' });
  ram('DetachPolicyFromRole', { ...role, ...custom });
  ram('DeletePolicy', policy);
  ram('DeleteRole', role);
}
