/** Takes away what bootstrap made, once nothing needs it any more. */
import type { Clock } from '../../shared/clock';
import { TrunklineError } from '../../shared/errors';
import { mayStand } from '../../shared/plan/recorded';
import { recordOf } from '../../shared/store/resource-records';
import type { Columns } from '../../shared/store/table-client';
import { type Connection, connectTo, type Target } from '../connection';
import { deployedFunctions } from '../deployment/deployed-functions';
import { each, itemsOf, refuseOtherAccount } from './bootstrap';
import type { Item } from './item';

export interface Removal {
  kind: string;
  name: string;
  outcome: 'absent' | 'removed' | 'would-remove';
}

export interface TeardownOptions {
  dryRun: boolean;
  /** Networks that were taken down by hand: nothing takes what is recorded of them out of the tables. */
  forget?: readonly string[];
}

/**
 * What others of the account may use stays, and is not told of. Refuses, also for a dry run, and before anything is taken away:
 *
 * 1. While a resource is recorded: it would stand and cost without anybody knowing whose it is.
 * 2. While functions are deployed: they would work on with nothing to work with.
 * 3. While the bucket is another deployment's or holds what is not Trunkline's.
 */
export async function teardown(target: Target, clock: Clock, options: TeardownOptions): Promise<Removal[]> {
  await refuseOtherAccount(target, clock);
  const items = itemsOf(target, clock);
  await refuseWhileNeeded(target, clock, { items, forget: options.forget ?? [] });
  const ours = items.filter(({ remove }) => remove !== null);
  return each(ours, async (item) => {
    const found = await item.look();
    if (found !== 'absent' && !options.dryRun) await item.remove?.();
    const outcome = found === 'absent' ? 'absent' : options.dryRun ? 'would-remove' : 'removed';
    return { kind: item.kind, name: item.name, outcome };
  });
}

async function refuseWhileNeeded(
  target: Target,
  clock: Clock,
  { items, forget }: { items: readonly Item[]; forget: readonly string[] },
): Promise<void> {
  const [functions, recorded, stay] = await Promise.all([
    deployedFunctions(target),
    recordedNetworks(connectTo(target, clock), items),
    each(items, async ({ reasonToStay }) => (await reasonToStay?.()) ?? null),
  ]);
  const networks = recorded.filter((network) => !forget.includes(network));
  const reasons = [
    ...(networks.length === 0
      ? []
      : [
          `resources are recorded of ${networks.join(', ')}. Nobody would know whose they are. If you have removed all of them by hand, add --forget ${networks.join(',')}`,
        ]),
    ...stay.filter((reason) => reason !== null),
    ...(functions.length === 0
      ? []
      : [`functions are deployed: ${functions.join(', ')}. Run npm run deploy -- remove -y first`]),
  ];
  if (reasons.length > 0) throw new TrunklineError('StillNeeded', reasons.join('\n'));
}

/** Those of which something may stand by its record. None where the table is gone already: a teardown that was cut off is repeated. */
async function recordedNetworks({ tables }: Connection, items: readonly Item[]): Promise<string[]> {
  const name = tables.name('records');
  const table = items.filter((item) => item.kind === 'table' && item.name === name);
  const [found] = await each(table, (item) => item.look());
  if (found !== 'there') return [];
  const rows = await tables.client.range(name, []);
  const standing = rows.filter(({ columns }) => countsAsStanding(columns));
  return [...new Set(standing.map(({ key }) => String(new Map(key).get('network'))))];
}

/** What cannot be read may well stand. */
function countsAsStanding(columns: Columns): boolean {
  try {
    return mayStand(recordOf(columns));
  } catch (error) {
    if (error instanceof TrunklineError && error.code === 'StoredMalformed') return true;
    throw error;
  }
}
