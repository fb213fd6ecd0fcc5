import { openApiCloud } from '../shared/alicloud/openapi-cloud';
import { withBudget } from '../shared/alicloud/with-budget';
import type { DurationMs } from '../shared/clock';
import type { Cloud } from '../shared/engine/cloud';
import type { CallRecord } from '../shared/engine/event';
import type { Instance } from './instance';

export interface CloudConnection {
  cloud: Cloud;
  /** The same, but no call begins after `budgetEnds` (W2). */
  until(budgetEnds: DurationMs): Cloud;
  /** The calls made since the connection was made: one invocation's, for its event. */
  calls(): CallRecord[];
}

export function connectCloud({ config, credentials, clock, log, socketTimeout }: Instance): CloudConnection {
  const calls: CallRecord[] = [];
  const cloud = openApiCloud({
    credentials: async () => credentials,
    endpoint: config.endpoint,
    timeout: socketTimeout,
    clock,
    onCall: ({ service, region, action, requestId, code }) => {
      calls.push({ service, region, action, requestId, code });
      log.info('call', { service, region, action, requestId, code });
    },
  });
  return {
    cloud,
    until: (budgetEnds) => withBudget(cloud, clock, budgetEnds),
    calls: () => calls,
  };
}
