import type { Kind } from '../desired';
import type { Change } from './change';

/**
 * Users before what they use, as the cloud's dependency violations demand. The kinds that something new may have to
 * take the place of (place.ts) come first: a removal behind them may wait for a replacement that waits for the new one.
 */
const ORDER: readonly Kind[] = [
  'cen-route',
  'vpn-route',
  'vpn-connection',
  'security-group-rules',
  'inter-region-bandwidth',
  'bandwidth-package',
  'route-table-propagation',
  'route-table-association',
  'peer-attachment',
  'vpc-attachment',
  'transit-router',
  'cen-child-instance',
  'cen',
  'vpc-route',
  'customer-gateway',
  'vpn-gateway',
  'pre-shared-key',
];

/**
 * Where a record does not tell what it was made for, nobody knows what it uses: then all removals go one after
 * another, kind by kind. Slow and safe; empty where every record tells.
 */
export function orderRemovals(changes: readonly Change[]): Change[] {
  const removals = changes.filter((change) => change.action === 'remove');
  if (removals.every((change) => change.previous !== null)) return [];
  return removals.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
}
