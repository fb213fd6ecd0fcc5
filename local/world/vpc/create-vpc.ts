import { action } from '../rpc/action';
import { userBlocks, vpcBlock } from './address-blocks';
import { unlessDry } from './dry-run';
import { isVpcDescription, isVpcName } from './names';
import { FLAG, REGION, TAGS, TEXT } from './parameters';
import { quota } from './quotas';
import { ROUTE_TABLES, type RouteTableRecord, VPCS, type VpcRecord } from './records';
import { refusal } from './refusals';
import { groupNamed } from './resource-group';
import { settleAfter } from './settle';
import { tagsOf } from './tags';
import { routerId } from './vpc-view';

/** The service's own choice where nobody states one. */
const DEFAULT_BLOCK = '172.16.0.0/12';
const INTEGER = { type: 'integer' } as const;

/** Pending for a moment, with its system table from the start. IPv6 and address pools are not modelled. */
export const createVpc = action({
  product: 'vpc',
  name: 'CreateVpc',
  parameters: {
    ...REGION,
    CidrBlock: TEXT,
    VpcName: TEXT,
    Description: TEXT,
    UserCidr: TEXT,
    EnableDnsHostname: FLAG,
    EnableIpv6: FLAG,
    Ipv6CidrBlock: TEXT,
    Ipv6Isp: TEXT,
    Ipv6CidrMask: INTEGER,
    Ipv6IpamPoolId: TEXT,
    Ipv4CidrMask: INTEGER,
    Ipv4IpamPoolId: TEXT,
    ResourceGroupId: TEXT,
    Tag: TAGS,
    ClientToken: TEXT,
    DryRun: FLAG,
  },
  handle: (context, input) =>
    unlessDry(input, () => {
      const { state, region } = context;
      if (!isVpcName(input.VpcName)) throw refusal('InvalidVpcName.Malformed');
      if (!isVpcDescription(input.Description)) throw refusal('InvalidVpcDiscription.Malformed');
      if (input.EnableIpv6 || input.Ipv6CidrBlock || input.Ipv6Isp || input.Ipv6CidrMask)
        throw refusal('OperationUnsupported.Ipv6');
      if (input.Ipv4IpamPoolId || input.Ipv4CidrMask || input.Ipv6IpamPoolId)
        throw refusal('OperationUnsupported.Ipam');
      const cidr = vpcBlock(input.CidrBlock ?? DEFAULT_BLOCK);
      const userCidrs = userBlocks(input.UserCidr);
      const present = state.values<VpcRecord>(VPCS).filter((vpc) => vpc.region === region);
      if (present.length >= quota(context, 'vpcsPerRegion')) throw refusal('QuotaExceeded.Vpc');
      const vpc: VpcRecord = {
        id: context.newId('vpc-'),
        region,
        name: input.VpcName ?? '',
        description: input.Description ?? '',
        cidr,
        secondaryCidrs: [],
        userCidrs,
        dnsHostname: input.EnableDnsHostname ?? false,
        status: 'Pending',
        ...groupNamed(input.ResourceGroupId),
        createdAt: context.now,
        tags: tagsOf(input.Tag),
      };
      state.put(VPCS, vpc.id, vpc);
      const table: RouteTableRecord = {
        id: context.newId('vtb-'),
        vpcId: vpc.id,
        type: 'System',
        name: '',
        routePropagationEnable: true,
        createdAt: context.now,
      };
      state.put(ROUTE_TABLES, table.id, table);
      settleAfter(context, 'vpcCreate', { collection: VPCS, key: vpc.id, from: 'Pending', to: 'Available' });
      return {
        VpcId: vpc.id,
        VRouterId: routerId(vpc),
        RouteTableId: table.id,
        ResourceGroupId: vpc.resourceGroupId ?? '',
      };
    }),
});
