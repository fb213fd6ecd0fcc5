/** The blocks that a gateway's routes may have. */
import { cidr, overlaps, parseCidr } from '../../../shared/cidr';
import type { VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { isDual } from './tunnel-options';

/** 100.64.0.0/10: the cloud's own services. */
const SERVICES = { first: 0x64400000, last: 0x647fffff, prefixLength: 10 };

/** Canonical. Of a destination route, or of a policy route on a gateway with one tunnel, it is never everything. */
export function routeDestination(gateway: VpnGatewayRecord, text: string, kind: 'dbr' | 'pbr'): string {
  const range = parseCidr(text);
  if (!range) throw refusal('IllegalParam.RouteDest');
  const single = !isDual(gateway);
  if (range.prefixLength === 0 && (kind === 'dbr' || single)) throw refusal('IllegalParam.RouteDest');
  if (single && overlaps(range, SERVICES)) throw refusal('IllegalParam.RouteDest');
  return cidr(text);
}

export function routeSource(text: string): string {
  if (!parseCidr(text)) throw refusal('IllegalParam.RouteSource');
  return cidr(text);
}
