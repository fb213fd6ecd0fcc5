/** A rule of a security group as one line of text, so that sets of rules can be compared: `10.10.10.0/24 TCP 443/443`. */
import type { PermissionReading } from '../alicloud/reads/security-groups';
import { formatCidr, parseCidr } from '../cidr';
import type { SecurityGroupRules } from '../plan/desired';

type Rule = SecurityGroupRules['rules'][number];

/** As the service writes protocols and ranges; `-1/-1` where the protocol has no ports. */
const wireProtocol = ({ port }: Rule): string => port.protocol.toUpperCase();
const wireRange = ({ port }: Rule): string =>
  port.protocol === 'tcp' || port.protocol === 'udp' ? `${portOf(port.first)}/${portOf(port.last)}` : '-1/-1';

/** The service counts ports from 1. */
const portOf = (port: number): number => Math.max(port, 1);

export const ruleText = (rule: Rule): string => `${rule.source} ${wireProtocol(rule)} ${wireRange(rule)}`;

/** The highest priority: on a tie with somebody's drop the drop wins, and that is theirs to decide. */
const PRIORITY = 1;

export const permissionOf = (rule: Rule, mark: string) => ({
  IpProtocol: wireProtocol(rule),
  PortRange: wireRange(rule),
  SourceCidrIp: rule.source,
  Policy: 'accept',
  Priority: String(PRIORITY),
  NicType: 'intranet',
  Description: mark,
});

/** Null for a rule that says something else than ours could: another policy, priority or kind of source. */
export function readRuleText(permission: PermissionReading): string | null {
  const { IpProtocol, PortRange, SourcePortRange, SourceCidrIp, Policy, Priority } = permission;
  const anySourcePort = ['', '-1/-1', '1/65535'].includes(SourcePortRange);
  if (Policy.toLowerCase() !== 'accept' || Priority !== PRIORITY || !anySourcePort) return null;
  const source = parseCidr(SourceCidrIp.includes('/') ? SourceCidrIp : `${SourceCidrIp}/32`);
  return source && `${formatCidr(source)} ${IpProtocol.toUpperCase()} ${PortRange}`;
}
