/** What the answers say of a VPC. */
import type { JsonObject } from '../../../shared/json';
import { vSwitchesOf } from '../routing/vpc-routes';
import type { RpcContext } from '../rpc/action';
import { attachedCens } from './attached-cens';
import { ROUTE_TABLES, type RouteTableRecord, type VpcRecord } from './records';
import { tagList } from './tags';
import { vpcTime } from './times';

/** Both DescribeVpcs and DescribeVpcAttribute. */
export function commonVpcView({ state, settings }: RpcContext, vpc: VpcRecord): JsonObject {
  return {
    VpcId: vpc.id,
    VpcName: vpc.name,
    RegionId: vpc.region,
    Status: vpc.status ?? 'Available',
    CidrBlock: vpc.cidr,
    SecondaryCidrBlocks: { SecondaryCidrBlock: vpc.secondaryCidrs },
    UserCidrs: { UserCidr: vpc.userCidrs ?? [] },
    VSwitchIds: { VSwitchId: vSwitchesOf(state, vpc.id).map(({ id }) => id) },
    VRouterId: routerId(vpc),
    CreationTime: vpcTime(vpc.createdAt),
    Description: vpc.description ?? '',
    IsDefault: false,
    OwnerId: Number(settings.accountId),
    ResourceGroupId: vpc.resourceGroupId ?? '',
    DhcpOptionsSetId: '',
    DhcpOptionsSetStatus: '',
    Ipv6CidrBlock: '',
    Ipv6CidrBlocks: { Ipv6CidrBlock: [] },
    EnabledIpv6: false,
    DnsHostnameStatus: vpc.dnsHostname ? 'ENABLED' : 'DISABLED',
    Tags: { Tag: tagList(vpc.tags) },
  };
}

/** A VPC has one router, made with it. */
export const routerId = ({ id }: Pick<VpcRecord, 'id'>): string => id.replace(/^vpc-/, 'vrt-');

const tablesOf = ({ state }: RpcContext, vpcId: string): RouteTableRecord[] =>
  state.values<RouteTableRecord>(ROUTE_TABLES).filter((table) => table.vpcId === vpcId);

export const vpcListView = (context: RpcContext, vpc: VpcRecord): JsonObject => ({
  ...commonVpcView(context, vpc),
  CenStatus: attachedCens(context.state, vpc.id).length > 0 ? 'Attached' : '',
  NatGatewayIds: { NatGatewayIds: [] },
  RouterTableIds: { RouterTableIds: tablesOf(context, vpc.id).map(({ id }) => id) },
});
