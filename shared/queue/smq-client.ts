/**
 * QueueClient over the official SDK, and what the SDK makes necessary: its errors carry the service's code in their
 * name only, an answer that is no XML resolves as if all were well, and nothing is sent again.
 */

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import MNS from '@alicloud/mns';
import type { Credentials } from '../alicloud/credentials';
import { type DurationMs, durationMs } from '../clock';
import { TrunklineError } from '../errors';
import { revealed } from '../secret';
import type { QueueClient } from './queue-client';

export interface SmqOptions {
  accountId: string;
  region: string;
  /** `http://127.0.0.1:4560` for the local cloud; null for the region's. */
  endpoint: string | null;
  credentials: Credentials;
  timeout: DurationMs;
  /** Between the tries of one send. */
  pause(delay: DurationMs): Promise<void>;
}

const TRIES = 3;

/** The official client, set up; for this file and for queue-admin.ts. */
export function newMns({ accountId, region, endpoint, credentials, timeout }: SmqOptions): MNS {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const mns = new MNS(accountId, {
    accessKeyId,
    accessKeySecret: revealed(accessKeySecret),
    ...(securityToken ? { securityToken: revealed(securityToken) } : {}),
    // Left to itself the SDK sends tokens and messages in plain HTTP.
    ...(endpoint ? { endpoint } : { secure: true }),
    region,
    readTimeout: timeout,
    connectTimeout: timeout,
  });
  const request = mns.request.bind(mns);
  mns.request = (method, resource, type, body, attentions, options) =>
    request(method, resource, type, body, attentions, {
      ...options,
      agent: endpoint?.startsWith('http:') ? PLAIN : SECURE,
    });
  return mns;
}

/**
 * Connections of its own. Over the shared ones of its HTTP library (httpx) the OpenAPI SDK leaves a timer on the socket
 * that fires after the answer was read, and takes away that of whoever has the socket by then: to this SDK a time-out.
 * On an account each service has a host of its own; on the local cloud they share one.
 */
const PLAIN = new HttpAgent({ keepAlive: true });
const SECURE = new HttpsAgent({ keepAlive: true });

/** The service's code, which the SDK has in the error's name only: `MNSQueueNotExistError`. */
export const smqCode = (error: unknown): string | null =>
  /^MNS(\w+?)(?:Error)?$/.exec(error instanceof Error ? error.name : '')?.[1] ?? null;

export function smqClient(options: SmqOptions): QueueClient {
  const mns = newMns(options);
  return {
    send: (queue, body, delaySeconds) =>
      // Sent twice is delivered twice, and a doubled message changes nothing (W4).
      again(options, queue, () => mns.sendMessage(queue, { MessageBody: body, DelaySeconds: delaySeconds })),
    ensure: (queue, { visibilityTimeoutSeconds, retentionSeconds }) =>
      again(options, queue, async () => {
        try {
          return await mns.createQueue(queue, {
            VisibilityTimeout: visibilityTimeoutSeconds,
            MessageRetentionPeriod: retentionSeconds,
          });
        } catch (error) {
          if (smqCode(error)?.startsWith('QueueAlreadyExist')) return { code: 204 };
          throw error;
        }
      }),
  };
}

async function again({ pause }: SmqOptions, queue: string, call: () => Promise<{ code: number }>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { code } = await call();
      if (code < 300) return;
      throw new Error(`SMQ answered ${code}`);
    } catch (error) {
      if (attempt >= TRIES)
        throw new TrunklineError(
          'QueueUnavailable',
          `SMQ queue ${queue}: ${error instanceof Error ? error.message : String(error)}`,
          {
            cause: error,
          },
        );
      await pause(durationMs(50 * 2 ** attempt));
    }
  }
}
