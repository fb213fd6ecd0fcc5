import { openApiCloud } from '../shared/alicloud/openapi-cloud';
import { withBudget } from '../shared/alicloud/with-budget';
import type { CallRecord } from '../shared/engine/event';
import type { Instance } from './instance';
import type { CloudConnection } from './surroundings';

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
