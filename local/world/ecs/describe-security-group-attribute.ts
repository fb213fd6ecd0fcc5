import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { groupOf, rulesOf } from './lookups';
import { tokenPage } from './paging';
import { REGION, REQUIRED, TEXT } from './parameters';
import type { SecurityRuleRecord } from './records';

const FEWEST_RESULTS = 10;
const MOST_RESULTS = 1_000;
const DEFAULT_RESULTS = 500;

export const describeSecurityGroupAttribute = action({
  product: 'ecs',
  name: 'DescribeSecurityGroupAttribute',
  parameters: {
    ...REGION,
    SecurityGroupId: REQUIRED,
    NicType: { type: 'string', values: ['internet', 'intranet'] },
    Direction: { type: 'string', values: ['ingress', 'egress', 'all'] },
    Attribute: TEXT,
    MaxResults: { type: 'integer', minimum: FEWEST_RESULTS, maximum: MOST_RESULTS },
    NextToken: TEXT,
  },
  handle: (context, { SecurityGroupId, Direction = 'all', MaxResults = DEFAULT_RESULTS, NextToken }) => {
    const group = groupOf(context, SecurityGroupId);
    const rules = rulesOf(context, group.id).filter((rule) => Direction === 'all' || rule.direction === Direction);
    const { items, nextToken } = tokenPage(rules, MaxResults, NextToken);
    return {
      RegionId: group.region,
      SecurityGroupId: group.id,
      SecurityGroupName: group.name,
      Description: group.description,
      VpcId: group.vpcId,
      InnerAccessPolicy: group.innerAccess ?? (group.type === 'normal' ? 'Accept' : 'Drop'),
      NextToken: nextToken,
      Permissions: { Permission: items.map(permissionOf) },
    };
  },
});

/** The service writes protocols in capitals and policies capitalised, whatever was sent. */
function permissionOf(rule: SecurityRuleRecord) {
  const ingress = rule.direction === 'ingress';
  return {
    SecurityGroupRuleId: rule.id,
    Direction: rule.direction,
    IpProtocol: rule.protocol,
    PortRange: rule.portRange,
    SourcePortRange: '-1/-1',
    SourceCidrIp: ingress ? rule.cidr : '',
    DestCidrIp: ingress ? '' : rule.cidr,
    Ipv6SourceCidrIp: '',
    Ipv6DestCidrIp: '',
    SourceGroupId: ingress ? rule.peerGroupId : '',
    DestGroupId: ingress ? '' : rule.peerGroupId,
    SourceGroupName: '',
    DestGroupName: '',
    SourceGroupOwnerAccount: '',
    DestGroupOwnerAccount: '',
    SourcePrefixListId: '',
    SourcePrefixListName: '',
    DestPrefixListId: '',
    DestPrefixListName: '',
    Policy: rule.policy,
    Priority: String(rule.priority),
    NicType: 'intranet',
    Description: rule.description,
    CreateTime: isoSeconds(epochMs(rule.createdAt)),
  };
}
