/** What the functions find when they start. Repeating it changes nothing. */
import { randomBytes } from 'node:crypto';
import { openApiCloud } from '../../shared/alicloud/openapi-cloud';
import { type Clock, seconds } from '../../shared/clock';
import type { Cloud } from '../../shared/engine/cloud';
import { TrunklineError } from '../../shared/errors';
import type { Target } from '../connection';
import { checkCredential } from '../doctor/check-credential';
import { failuresWithRemedies } from '../doctor/explain-failure';
import type { Found, Item } from './item';
import { roleItems } from './roles';
import { serviceLinkedRoleItems } from './service-linked-roles';
import { bucketItem, queueItems, tableItems } from './storage';
import { webhookSecretItem } from './webhook-secret';

export interface Outcome {
  kind: string;
  name: string;
  outcome: 'there' | 'created' | 'changed' | 'would-create' | 'would-change';
}

const cloudOf = ({ credentials, endpoint }: Target, clock: Clock): Cloud =>
  openApiCloud({ credentials: async () => credentials, endpoint, timeout: seconds(10), clock });

/** In the order in which they are shown. */
export function itemsOf(target: Target, clock: Clock): Item[] {
  const cloud = cloudOf(target, clock);
  return [
    bucketItem(target),
    ...queueItems(target),
    ...tableItems(target),
    ...roleItems(target, cloud),
    ...serviceLinkedRoleItems(cloud),
    webhookSecretItem(target, cloud, () => randomBytes(24).toString('hex')),
  ];
}

/**
 * A key of another account than is stated would make everything there, with policies that name the stated one. What else
 * is wrong with the key, each item tells with its name.
 */
export async function refuseOtherAccount(target: Target, clock: Clock): Promise<void> {
  const { finding } = await checkCredential(target, cloudOf(target, clock));
  if (finding.code === 'account-different')
    throw new TrunklineError('ConfigurationInvalid', `${finding.message}: ${finding.remedy}`);
}

/** None needs another, so they are made at once; all that failed is told, in one error. */
export async function bootstrap(target: Target, clock: Clock, options = { dryRun: false }): Promise<Outcome[]> {
  await refuseOtherAccount(target, clock);
  return each(itemsOf(target, clock), async (item) => {
    const found = await item.look();
    if (found !== 'there' && !options.dryRun) await item.make();
    return { kind: item.kind, name: item.name, outcome: outcomeOf(found, options.dryRun) };
  });
}

function outcomeOf(found: Found, dryRun: boolean): Outcome['outcome'] {
  if (found === 'there') return 'there';
  if (dryRun) return found === 'absent' ? 'would-create' : 'would-change';
  return found === 'absent' ? 'created' : 'changed';
}

/** Goes on past a failure: what can be done is done, and what cannot is told with its name. */
export async function each<T>(items: readonly Item[], work: (item: Item) => Promise<T>): Promise<T[]> {
  const settled = await Promise.allSettled(items.map(work));
  const failed = settled.flatMap((one, index) =>
    one.status === 'rejected' ? [{ name: nameOf(items[index] as Item), error: one.reason as unknown }] : [],
  );
  const [first] = failed;
  if (!first) return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  throw new TrunklineError('BootstrapFailed', failuresWithRemedies(failed), { cause: first.error });
}

const nameOf = ({ kind, name }: Item): string => `${kind} ${name}`;
