import { canonicalJson, type Json } from '../../json';
import type { Desired, Kind } from '../desired';

type Attribute<K extends Kind> = Exclude<keyof Extract<Desired, { kind: K }>, 'kind'>;

/**
 * What each kind can change where it stands; a change of anything else replaces it. ModifyVpnGatewayAttribute changes
 * neither bandwidth nor zones; a connection's gateway never. The customer gateway and the key of each tunnel are fields of
 * ModifyTunnelAttribute. Routes have nothing but their identity.
 */
const IN_PLACE: { [K in Kind]: readonly Attribute<K>[] } = {
  'vpn-gateway': [],
  'customer-gateway': [],
  'pre-shared-key': [],
  'vpn-connection': ['customerGateway', 'presharedKey', 'cloudSide', 'officeSide', 'tunnel'],
  'vpn-route': [],
  'vpc-route': [],
  cen: [],
  'transit-router': [],
  'vpc-attachment': ['zones'],
  'peer-attachment': ['bandwidthMbps', 'bandwidthPackage'],
  'route-table-association': [],
  'route-table-propagation': [],
  'cen-child-instance': [],
  'bandwidth-package': [],
  'inter-region-bandwidth': ['bandwidthMbps'],
  'cen-route': [],
  'security-group-rules': ['rules'],
};

export const changesInPlace = (kind: Kind, attribute: string): boolean =>
  (IN_PLACE[kind] as readonly string[]).includes(attribute);

/**
 * How a resource that stands comes to what is desired. Without the attributes that it was made with, an update: the
 * resource itself compares when its turn comes and refuses what it cannot do, where a replacement would break first.
 */
export function howToChange(previous: Desired | null, desired: Desired): 'update' | 'replace' {
  if (!previous) return 'update';
  const [before, wanted] = [previous, desired].map((value) => value as unknown as Record<string, Json>);
  const attributes = new Set([...Object.keys(before ?? {}), ...Object.keys(wanted ?? {})]);
  const changed = [...attributes].filter(
    (attribute) => canonicalJson(before?.[attribute] ?? null) !== canonicalJson(wanted?.[attribute] ?? null),
  );
  return changed.every((attribute) => changesInPlace(desired.kind, attribute)) ? 'update' : 'replace';
}
