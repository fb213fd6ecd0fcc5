/**
 * Whether EventBridge is open in the functions' region: each step's queue reaches its function through a stream. What
 * stands there is not looked at: Function Compute keeps the streams of its triggers (check-functions.ts).
 */
import * as z from 'zod';
import { type Cloud, CloudError } from '../../shared/engine/cloud';
import { failedCheck, type IdentityType, onceMore } from './failed-check';
import { type Check, ok } from './finding';

/** It also says no with status 200. `Code` is `Success` or `200` where all is well. */
const answerSchema = z.object({ Success: z.boolean(), Code: z.string().default(''), Message: z.string().default('') });

export const eventBridgeCheck = (cloud: Cloud, region: string, identity: IdentityType): Check => {
  const subject = 'EventBridge';
  return {
    subject,
    run: async () => {
      try {
        await onceMore(() => listBuses(cloud, region));
        return [ok('service-open', subject, 'opened')];
      } catch (error) {
        return [failedCheck(error, subject, identity)];
      }
    },
  };
};

async function listBuses(cloud: Cloud, region: string): Promise<void> {
  const request = { service: 'eventbridge', region, action: 'ListEventBuses', parameters: { Limit: 1 } } as const;
  const { Success, Code, Message } = answerSchema.parse(await cloud.call(request));
  if (Success) return;
  const { service, action } = request;
  throw new CloudError(
    { service, action, code: Code, class: 'fatal', status: 200, requestId: null },
    `${action}: ${Message}`,
  );
}
