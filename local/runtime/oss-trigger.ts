/**
 * OSS event notifications: an object that changed where a trigger watches starts the trigger's function, asynchronously
 * and at least once. The notification is a record of the world; in one change it becomes the events that it starts, and
 * goes. What no trigger watches goes unseen.
 */
import type { EpochMs } from '../../shared/clock';
import { TRIGGERS, type TriggerRecord } from '../world/fc/records';
import { NOTIFICATIONS } from '../world/oss/notifications';
import type { Notification } from '../world/oss/operations';
import type { Change } from '../world/state';
import { acceptedEvent } from './async-invocations';
import { askInvoke, callerFor } from './request-as';
import type { WorldShell } from './world-shell';

export interface OssTriggerOptions {
  shell: WorldShell;
  accountId: string;
  region: string;
  /** The runtime is gone: its next life goes on. */
  stopped(): boolean;
  log(line: string): void;
}

type OssTrigger = Extract<TriggerRecord, { type: 'oss' }>;

export function startOssTriggers(options: OssTriggerOptions): () => void {
  const { shell } = options;
  const { state } = shell.world;

  const look = (): void => {
    if (options.stopped()) return;
    for (const key of state.keysBetween(NOTIFICATIONS)) {
      const notification = state.get<Notification>(NOTIFICATIONS, key);
      if (!notification) continue;
      const watching = state
        .values<TriggerRecord>(TRIGGERS)
        .filter((trigger): trigger is OssTrigger => trigger.type === 'oss' && watches(trigger, notification));
      const started = watching.flatMap((trigger) => startedBy(options, trigger, notification));
      shell.write([...started, { collection: NOTIFICATIONS, key, value: undefined }]);
    }
  };

  const unsubscribe = shell.subscribe((collections) => {
    if (collections.has(NOTIFICATIONS)) queueMicrotask(look);
  });
  look();
  return unsubscribe;
}

/** Prefix and suffix are literal. `oss:ObjectCreated:*` is every way to create. */
function watches({ bucket, prefix, suffix, events }: OssTrigger, notification: Notification): boolean {
  const event = `oss:${notification.eventName}`;
  return (
    bucket === notification.bucket &&
    notification.key.startsWith(prefix) &&
    notification.key.endsWith(suffix) &&
    events.some((wanted) => wanted === event || (wanted.endsWith('*') && event.startsWith(wanted.slice(0, -1))))
  );
}

/** None where OSS may not invoke the function: the service tells nobody either. */
function startedBy(options: OssTriggerOptions, trigger: OssTrigger, notification: Notification): Change[] {
  const { shell, accountId, log } = options;
  const { functionName, invocationRole } = trigger;
  const event = Buffer.from(JSON.stringify({ events: [eventOf(options, trigger, notification)] }));
  try {
    const caller = callerFor(shell, accountId, invocationRole, 'oss.aliyuncs.com');
    const refusal = askInvoke(shell, caller, functionName, { event, asynchronous: false });
    if (refusal !== null) throw new Error(refusal);
    return [acceptedEvent(shell, functionName, event, notification.requestId)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log(`trigger ${trigger.name} of ${functionName}: the event of ${notification.key} is lost: ${why}`);
    return [];
  }
}

/** Facts: function-compute, section 2.4. */
function eventOf({ accountId, region }: OssTriggerOptions, { id }: OssTrigger, notification: Notification) {
  const { eventName, bucket, key, size, eTag, deltaSize, at, requestId, sourceIp } = notification;
  return {
    eventName,
    eventSource: 'acs:oss',
    eventTime: new Date(at satisfies EpochMs).toISOString(),
    eventVersion: '1.0',
    oss: {
      bucket: {
        arn: `acs:oss:${region}:${accountId}:${bucket}`,
        name: bucket,
        ownerIdentity: accountId,
        virtualBucket: '',
      },
      object: { deltaSize, eTag, key, size },
      ossSchemaVersion: '1.0',
      ruleId: id,
    },
    region,
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { requestId },
    userIdentity: { principalId: accountId },
  };
}
