import { cidr, parseCidr } from '../cidr';
import type { SecurityRule } from '../network/model';
import type { PortRange } from '../topology/topology';
import type { PermissionReading } from './reads/security-groups';

/** A permission as the proof sees it: none where it is about nothing that a topology's packets could be. */
export function readRule(permission: PermissionReading): SecurityRule[] {
  const port = readPort(permission.IpProtocol, permission.PortRange);
  if (!port) return [];
  const direction = permission.Direction.toLowerCase() === 'egress' ? 'egress' : 'ingress';
  const policy = permission.Policy.toLowerCase() === 'accept' ? 'accept' : 'drop';
  // Admits only who sends from certain ports, which nobody promises; a drop of that sort does stop some.
  if (policy === 'accept' && !ANY_PORT.has(permission.SourcePortRange)) return [];
  const block = direction === 'ingress' ? permission.SourceCidrIp : permission.DestCidrIp;
  return [{ direction, peer: readPeer(block), port, policy, priority: permission.Priority }];
}

const ANY_PORT: ReadonlySet<string> = new Set(['', '-1/-1', '1/65535', '0/65535']);

/** Null where the rule names a group, a prefix list or an IPv6 block instead. */
function readPeer(block: string): SecurityRule['peer'] {
  const written = block === '' || block.includes('/') ? block : `${block}/32`;
  return parseCidr(written) ? cidr(written) : null;
}

/** Null for protocols beside these four, GRE among them. */
function readPort(protocol: string, range: string): PortRange | null {
  const name = protocol.toLowerCase();
  if (name === 'icmp' || name === 'all') return { protocol: name, first: 0, last: 65_535 };
  if (name !== 'tcp' && name !== 'udp') return null;
  const [first, last] = range.split('/').map(Number);
  if (first === undefined || last === undefined || Number.isNaN(first + last)) return null;
  return first < 0 ? { protocol: name, first: 0, last: 65_535 } : { protocol: name, first, last };
}
