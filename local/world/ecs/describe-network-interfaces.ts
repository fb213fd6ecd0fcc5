import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { tokenPage } from './paging';
import { REGION, TAGS, TEXT } from './parameters';
import { NETWORK_INTERFACES, type NetworkInterfaceRecord } from './records';

const DEFAULT_RESULTS = 10;
const MOST_RESULTS = 500;

export const describeNetworkInterfaces = action({
  product: 'ecs',
  name: 'DescribeNetworkInterfaces',
  parameters: {
    ...REGION,
    VpcId: TEXT,
    VSwitchId: TEXT,
    SecurityGroupId: TEXT,
    InstanceId: TEXT,
    PrimaryIpAddress: TEXT,
    PrivateIpAddress: { type: 'list', items: TEXT, maximum: 100 },
    NetworkInterfaceId: { type: 'list', items: TEXT, maximum: 100 },
    NetworkInterfaceName: TEXT,
    ResourceGroupId: TEXT,
    ServiceManaged: { type: 'boolean' },
    Status: TEXT,
    Type: TEXT,
    Ipv6Address: { type: 'list', items: TEXT, maximum: 100 },
    Tag: TAGS,
    MaxResults: { type: 'integer', minimum: 1, maximum: MOST_RESULTS },
    NextToken: TEXT,
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: MOST_RESULTS },
  },
  handle: ({ state, region }, input) => {
    const wanted = (given: string | undefined, value: string): boolean => given === undefined || given === value;
    const among = (given: readonly string[] | undefined, value: string): boolean =>
      given === undefined || given.includes(value);
    const found = state
      .values<NetworkInterfaceRecord>(NETWORK_INTERFACES)
      .filter(
        (one) =>
          one.region === region &&
          wanted(input.VpcId, one.vpcId) &&
          wanted(input.VSwitchId, one.vSwitchId) &&
          wanted(input.InstanceId, one.instanceId) &&
          wanted(input.PrimaryIpAddress, one.address) &&
          among(input.PrivateIpAddress, one.address) &&
          among(input.NetworkInterfaceId, one.id) &&
          (input.SecurityGroupId === undefined || one.securityGroupIds.includes(input.SecurityGroupId)) &&
          wanted(input.Status, 'InUse') &&
          wanted(input.Type, 'Primary') &&
          wanted(input.NetworkInterfaceName, '') &&
          wanted(input.ResourceGroupId, '') &&
          input.ServiceManaged !== true &&
          input.Ipv6Address === undefined &&
          input.Tag === undefined,
      );
    const size = input.MaxResults ?? input.PageSize ?? DEFAULT_RESULTS;
    const number = input.PageNumber ?? 1;
    const start = input.MaxResults === undefined ? String(Math.min((number - 1) * size, found.length)) : undefined;
    const { items, nextToken } = tokenPage(found, size, input.NextToken ?? start);
    return {
      PageNumber: number,
      PageSize: size,
      TotalCount: found.length,
      NextToken: nextToken,
      NetworkInterfaceSets: { NetworkInterfaceSet: items.map(view) },
    };
  },
});

const view = (one: NetworkInterfaceRecord) => ({
  NetworkInterfaceId: one.id,
  NetworkInterfaceName: '',
  Description: '',
  Type: 'Primary',
  Status: 'InUse',
  VpcId: one.vpcId,
  VSwitchId: one.vSwitchId,
  ZoneId: one.zone,
  InstanceId: one.instanceId,
  PrivateIpAddress: one.address,
  PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: one.address, Primary: true }] },
  SecurityGroupIds: { SecurityGroupId: [...one.securityGroupIds] },
  CreationTime: isoSeconds(epochMs(one.createdAt)),
  Tags: { Tag: [] },
});
