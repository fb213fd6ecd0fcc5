/** Parameters that the security-group actions share. */
export const REQUIRED = { type: 'string', required: true } as const;
export const TEXT = { type: 'string' } as const;
export const CLIENT_TOKEN = { type: 'string', maxLength: 64 } as const;

/** `TCP`, `udp`, `ALL` …; the service does not mind the case. */
const PROTOCOL = { type: 'string', pattern: /^(tcp|udp|icmp|icmpv6|gre|all)$/i } as const;
const PORT_RANGE = { type: 'string', pattern: /^-?\d{1,5}\/-?\d{1,5}$/ } as const;

const RULE_FIELDS = {
  IpProtocol: PROTOCOL,
  PortRange: PORT_RANGE,
  SourcePortRange: PORT_RANGE,
  SourceCidrIp: TEXT,
  DestCidrIp: TEXT,
  SourceGroupId: TEXT,
  DestGroupId: TEXT,
  SourcePrefixListId: TEXT,
  DestPrefixListId: TEXT,
  SourceGroupOwnerId: { type: 'integer' },
  DestGroupOwnerId: { type: 'integer' },
  SourceGroupOwnerAccount: TEXT,
  DestGroupOwnerAccount: TEXT,
  Ipv6SourceCidrIp: TEXT,
  Ipv6DestCidrIp: TEXT,
  Policy: { type: 'string', pattern: /^(accept|drop)$/i },
  Priority: { type: 'string', pattern: /^([1-9]\d?|100)$/ },
  NicType: { type: 'string', values: ['internet', 'intranet'] },
  Description: { type: 'string', maxLength: 512 },
} as const;

export const PERMISSIONS = { type: 'list', items: { type: 'object', fields: RULE_FIELDS }, maximum: 100 } as const;

/** The flat form, deprecated and still taken; never beside Permissions. */
export const FLAT_RULE = RULE_FIELDS;

/** Only what the flat form shares with one entry of Permissions. */
export interface RuleInput {
  IpProtocol?: string;
  PortRange?: string;
  SourceCidrIp?: string;
  DestCidrIp?: string;
  SourceGroupId?: string;
  DestGroupId?: string;
  Policy?: string;
  Priority?: string;
  Description?: string;
}
