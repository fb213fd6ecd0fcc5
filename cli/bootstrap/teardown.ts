/** Takes away what bootstrap made, once nothing needs it any more. */
import type { Clock } from '../../shared/clock';
import { TrunklineError } from '../../shared/errors';
import { type Connection, connectTo, type Target } from '../connection';
import { deployedFunctions } from '../deployment/deployed-functions';
import { each, itemsOf } from './bootstrap';
import type { Item } from './item';

export interface Removal {
  kind: string;
  name: string;
  outcome: 'absent' | 'removed' | 'would-remove';
}

/**
 * What others of the account may use stays, and is not told of. Refuses while a resource is recorded: it would stand and cost without anybody knowing whose it is. And
 * while functions are deployed: they would work on with nothing to work with.
 */
export async function teardown(target: Target, clock: Clock, options: { dryRun: boolean }): Promise<Removal[]> {
  const items = itemsOf(target, clock);
  await refuseWhileNeeded(target, clock, items);
  const ours = items.filter(({ remove }) => remove !== null);
  return each(ours, async (item) => {
    const found = await item.look();
    if (found !== 'absent' && !options.dryRun) await item.remove?.();
    const outcome = found === 'absent' ? 'absent' : options.dryRun ? 'would-remove' : 'removed';
    return { kind: item.kind, name: item.name, outcome };
  });
}

async function refuseWhileNeeded(target: Target, clock: Clock, items: readonly Item[]): Promise<void> {
  const [functions, networks] = await Promise.all([
    deployedFunctions(target),
    recordedNetworks(connectTo(target, clock), items),
  ]);
  const reasons = [
    ...(networks.length === 0
      ? []
      : [`resources are recorded of ${networks.join(', ')}. Nobody would know whose they are`]),
    ...(functions.length === 0
      ? []
      : [`functions are deployed: ${functions.join(', ')}. Run npm run deploy -- remove -y first`]),
  ];
  if (reasons.length > 0) throw new TrunklineError('StillNeeded', reasons.join('\n'));
}

/** Those with a resource on record. None where the table is gone already: a teardown that was cut off is repeated. */
async function recordedNetworks({ tables }: Connection, items: readonly Item[]): Promise<string[]> {
  const name = tables.name('records');
  const table = items.find((item) => item.kind === 'table' && item.name === name);
  if ((await table?.look()) !== 'there') return [];
  const rows = await tables.client.range(name, []);
  return [...new Set(rows.map(({ key }) => String(new Map(key).get('network'))))];
}
