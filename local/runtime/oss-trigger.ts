/**
 * OSS event notifications: an object that changed under the prefix starts the function, asynchronously and at least
 * once. The notification is a record of the world and is deleted when its function succeeded, so a runtime that died
 * delivers again when it is back.
 */
import { type EpochMs, seconds } from '../../shared/clock';
import { NOTIFICATIONS, type Notification } from '../world/oss/notifications';
import type { FunctionRuntime } from './function-runtime';
import type { RetryTiming } from './retry';
import type { WorldShell } from './world-shell';

export interface OssTriggerOptions {
  shell: WorldShell;
  runtime: FunctionRuntime;
  function: string;
  bucket: string;
  prefix: string;
  accountId: string;
  region: string;
  timing: RetryTiming;
  log(line: string): void;
}

/** An asynchronous invocation is tried once and three times more. */
const TRIES = 4;

export function startOssTrigger(options: OssTriggerOptions): { stop(): void } {
  const { shell } = options;
  const underWay = new Set<string>();
  let stopped = false;

  const look = (): void => {
    if (stopped) return;
    for (const key of shell.world.state.keysBetween(NOTIFICATIONS)) {
      const notification = shell.world.state.get<Notification>(NOTIFICATIONS, key);
      if (!notification || underWay.has(key)) continue;
      if (!matches(options, notification)) {
        forget(key);
        continue;
      }
      underWay.add(key);
      void deliver(options, notification).finally(() => {
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

const matches = ({ bucket, prefix }: OssTriggerOptions, notification: Notification): boolean =>
  notification.bucket === bucket && notification.key.startsWith(prefix);

async function deliver(options: OssTriggerOptions, notification: Notification): Promise<void> {
  const { runtime, timing, log } = options;
  const event = Buffer.from(JSON.stringify({ events: [eventOf(options, notification)] }));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const result = await runtime.invoke(options.function, event, {
      retryCount: attempt,
      requestId: notification.requestId,
    });
    if (result.ok) return;
    log(`${options.function}: try ${attempt + 1} of ${TRIES} failed: ${result.errorType}: ${result.errorMessage}`);
    if (attempt + 1 < TRIES) await timing.wait(seconds(2 ** attempt));
  }
}

/** Facts: function-compute, section 2.4. */
function eventOf({ accountId, region }: OssTriggerOptions, notification: Notification) {
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
      ruleId: `trunkline-${accountId}`,
    },
    region,
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { requestId },
    userIdentity: { principalId: accountId },
  };
}
