/**
 * OSS event notifications: an object that changed under the prefix starts the function, asynchronously and at least
 * once. The notification is a record of the world and is deleted when it was delivered, so a runtime that died
 * delivers again when it is back. What matches no trigger is deleted unseen.
 */
import { type EpochMs, seconds } from '../../shared/clock';
import { NOTIFICATIONS } from '../world/oss/notifications';
import type { Notification } from '../world/oss/operations';
import type { FunctionRuntime } from './function-runtime';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface OssTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  /** Of one bucket; no two begin alike. */
  triggers: readonly { function: string; prefix: string }[];
  bucket: string;
  accountId: string;
  region: string;
  timing: RetryTiming;
  log(line: string): void;
}

/** An asynchronous invocation is tried once and three times more, after 1, 2 and 4 seconds of the cloud's time. */
const TRIES = 4;

export function startOssTriggers(options: OssTriggerOptions): { stop(): void } {
  const { shell, bucket, triggers } = options;
  const underWay = new Set<string>();
  let stopped = false;

  const look = (): void => {
    if (stopped) return;
    for (const key of shell.world.state.keysBetween(NOTIFICATIONS)) {
      const notification = shell.world.state.get<Notification>(NOTIFICATIONS, key);
      if (!notification || underWay.has(key)) continue;
      const trigger = triggers.find(({ prefix }) => notification.key.startsWith(prefix));
      if (!trigger || notification.bucket !== bucket) {
        forget(key);
        continue;
      }
      underWay.add(key);
      void deliver(options, trigger.function, notification, () => stopped).then(() => {
        underWay.delete(key);
        // Not where the runtime was stopped meanwhile: its next life delivers again.
        if (!stopped) forget(key);
      });
    }
  };
  const forget = (key: string): void => shell.write([{ collection: NOTIFICATIONS, key, value: undefined }]);

  shell.subscribe((collections) => {
    if (collections.has(NOTIFICATIONS)) queueMicrotask(look);
  });
  look();
  return {
    stop: () => {
      stopped = true;
    },
  };
}

async function deliver(
  options: OssTriggerOptions,
  name: string,
  notification: Notification,
  stopped: () => boolean,
): Promise<void> {
  const { runtime, timing, log } = options;
  const event = Buffer.from(JSON.stringify({ events: [eventOf(options, name, notification)] }));
  const { requestId } = notification;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const result = await runtime.invoke(name, event, { retryCount: attempt, requestId });
    if (result.ok || stopped()) return;
    log(`${name}: try ${attempt + 1} of ${TRIES} failed: ${result.errorType}: ${result.errorMessage}`);
    if (attempt + 1 < TRIES) await timing.wait(seconds(2 ** attempt));
    if (stopped()) return;
  }
  log(`${name}: the event of ${notification.key} is given up`);
}

/** Facts: function-compute, section 2.4. */
function eventOf({ accountId, region }: OssTriggerOptions, name: string, notification: Notification) {
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
      ruleId: `trunkline-${name}`,
    },
    region,
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { requestId },
    userIdentity: { principalId: accountId },
  };
}
