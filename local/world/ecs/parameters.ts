/** Parameters that the security-group actions share. */
import type { Parameters } from '../rpc/action';

export const REQUIRED = { type: 'string', required: true } as const;
export const TEXT = { type: 'string' } as const;
export const REGION = { RegionId: REQUIRED } as const;
export const LANGUAGE = { type: 'string', values: ['zh-CN', 'zh-TW', 'en-US', 'ja', 'fr', 'de', 'ko'] } as const;
export const CLIENT_TOKEN = { type: 'string', maxLength: 64 } as const;

export const GROUP_NAME = { type: 'string', maxLength: 128, pattern: /^(?!https?:\/\/).{2,}$/ } as const;
export const GROUP_DESCRIPTION = { type: 'string', maxLength: 256, pattern: /^(?!https?:\/\/)/ } as const;

/** `TCP`, `udp`, `ALL` …; the service does not mind the case. */
const PROTOCOL = { type: 'string', pattern: /^(tcp|udp|icmp|icmpv6|gre|all)$/i } as const;
const PORT_RANGE = { type: 'string', pattern: /^-?\d{1,5}\/-?\d{1,5}$/ } as const;

const SHARED = {
  IpProtocol: PROTOCOL,
  PortRange: PORT_RANGE,
  SourcePortRange: PORT_RANGE,
  SourceCidrIp: TEXT,
  DestCidrIp: TEXT,
  Ipv6SourceCidrIp: TEXT,
  Ipv6DestCidrIp: TEXT,
  Policy: { type: 'string', pattern: /^(accept|drop)$/i },
  Priority: { type: 'string', pattern: /^([1-9]\d?|100)$/ },
  NicType: { type: 'string', values: ['internet', 'intranet'] },
  Description: { type: 'string', maxLength: 512 },
} as const;

/** Blocks can be named on both sides, and groups and lists on the far one only. */
const FAR_SIDE = {
  ingress: {
    SourceGroupId: TEXT,
    SourcePrefixListId: TEXT,
    SourceGroupOwnerId: { type: 'integer' },
    SourceGroupOwnerAccount: TEXT,
  },
  egress: {
    DestGroupId: TEXT,
    DestPrefixListId: TEXT,
    DestGroupOwnerId: { type: 'integer' },
    DestGroupOwnerAccount: TEXT,
  },
} as const;

/** A list of rules, or the one rule of the flat form: deprecated, still taken, and never beside the list. */
const rulesOf = <Far extends Parameters>(far: Far) =>
  ({
    Permissions: {
      type: 'list',
      items: { type: 'object', fields: { ...SHARED, ...far, PortRangeListId: TEXT } },
      maximum: 100,
    },
    ...SHARED,
    ...far,
  }) as const;

export const INGRESS_RULES = rulesOf(FAR_SIDE.ingress);
export const EGRESS_RULES = rulesOf(FAR_SIDE.egress);

/** What a change of one rule says: which one, by its id or by what it is, and what it shall be. */
const oneRule = <Far extends Parameters>(far: Far) =>
  ({
    ...REGION,
    SecurityGroupId: REQUIRED,
    SecurityGroupRuleId: TEXT,
    ClientToken: CLIENT_TOKEN,
    ...SHARED,
    ...far,
    PortRangeListId: TEXT,
  }) as const;

export const ONE_INGRESS_RULE = oneRule(FAR_SIDE.ingress);
export const ONE_EGRESS_RULE = oneRule(FAR_SIDE.egress);

export const TAGS = {
  type: 'list',
  items: { type: 'object', fields: { Key: TEXT, Value: TEXT } },
  maximum: 20,
} as const;

/** What one entry of Permissions can say, in either direction, and the flat form too. */
export interface RuleInput {
  IpProtocol?: string;
  PortRange?: string;
  PortRangeListId?: string;
  SourceCidrIp?: string;
  DestCidrIp?: string;
  Ipv6SourceCidrIp?: string;
  Ipv6DestCidrIp?: string;
  SourceGroupId?: string;
  DestGroupId?: string;
  SourcePrefixListId?: string;
  DestPrefixListId?: string;
  Policy?: string;
  Priority?: string;
  Description?: string;
}
