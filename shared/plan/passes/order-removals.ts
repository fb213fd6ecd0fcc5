import type { Kind } from '../desired';
import type { Change } from './change';
import type { Needs } from './connect-tasks';

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
 *
 * Those that wait for what stays come last: it may wait for something that is made anew, whose removal must not stand
 * behind them.
 */
export function orderRemovals(changes: readonly Change[], needs: Needs): Change[] {
  const removals = changes.filter((change) => change.action === 'remove');
  if (removals.every((change) => change.previous !== null)) return [];
  const ids = new Set(removals.map(({ id }) => id));
  const waits = ({ id }: Change): number => ((needs.get(id) ?? []).every((need) => ids.has(need)) ? 0 : 1);
  return removals.sort(
    (a, b) => waits(a) - waits(b) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
}
