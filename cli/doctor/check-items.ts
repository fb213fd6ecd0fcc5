/** What bootstrap makes: there, and as wanted. A service that refuses is told once, not once for each of its items. */
import * as z from 'zod';
import type { Clock } from '../../shared/clock';
import { type Cloud, CloudError } from '../../shared/engine/cloud';
import { itemsOf } from '../bootstrap/bootstrap';
import type { Found, Item } from '../bootstrap/item';
import type { Target } from '../connection';
import { failedCheck, type IdentityType, onceMore } from './failed-check';
import { type Check, type Finding, ok, skipped } from './finding';

/** What `different` means, by kind; a table is there or not. */
const DIFFERENT: Readonly<Record<string, string>> = {
  bucket: 'is not private, versioned, closed to the public and marked as this deployment’s',
  queue: 'has another visibility timeout or retention than the functions count on',
  secret: 'waits for its deletion, so that no delivery can be checked',
  role: 'the role, its policy or whom it trusts is not what functions/permissions.ts says',
};

interface ItemsOptions {
  target: Target;
  clock: Clock;
  identity: IdentityType;
  cloud: Cloud;
}

/** One check a kind: kinds are of different services, and none waits for another. */
export function itemChecks({ target, clock, identity, cloud }: ItemsOptions): Check[] {
  const items = itemsOf(target, clock);
  const remedy = `trunkline bootstrap${target.endpoint === null ? '' : ' --local'}`;
  return [...new Set(items.map(({ kind }) => kind))].map((kind) => ({
    subject: `${kind}s`,
    run: () =>
      checkKind(
        items.filter((item) => item.kind === kind).map((item) => (kind === 'secret' ? inOpenKms(item) : item)),
        { identity, remedy },
      ),
  }));

  function inOpenKms(item: Item): Item {
    return { ...item, look: () => requireKms(cloud, target.region).then(item.look) };
  }
}

async function checkKind(
  items: readonly Item[],
  { identity, remedy }: { identity: IdentityType; remedy: string },
): Promise<Finding[]> {
  const settled = await Promise.allSettled(items.map((item) => onceMore(item.look)));
  return settled.flatMap((one, index) => {
    const { kind, name } = items[index] as Item;
    const subject = `${kind} ${name}`;
    if (one.status === 'fulfilled') return itemFinding(one.value, { kind, subject, remedy });
    const failed = failedCheck(one.reason, subject, identity);
    return failed.subject === subject ? failed : [failed, skipped(subject, `see ${failed.subject}`)];
  });
}

function itemFinding(
  found: Found,
  { kind, subject, remedy }: { kind: string; subject: string; remedy: string },
): Finding {
  if (found === 'there') return ok(`${kind}-there`, subject, 'as wanted');
  const [code, message] =
    found === 'absent' ? [`${kind}-missing`, 'is not there'] : [`${kind}-different`, DIFFERENT[kind] ?? 'differs'];
  return { state: 'error', code, subject, message, remedy };
}

const statusSchema = z.object({ AccountStatus: z.string() });

/** Asked before its secrets are: with which code they are refused where it is closed is documented nowhere. */
async function requireKms(cloud: Cloud, region: string): Promise<void> {
  const action = 'DescribeAccountKmsStatus';
  const { AccountStatus } = statusSchema.parse(await cloud.call({ service: 'kms', region, action, parameters: {} }));
  const code = { NotEnabled: 'Forbidden.NotOpened', InDebt: 'InDebt', Suspended: 'InDebt' }[AccountStatus];
  if (code)
    throw new CloudError(
      { service: 'kms', action, code, class: 'fatal', status: null, requestId: null },
      `${action}: ${AccountStatus}`,
    );
}
