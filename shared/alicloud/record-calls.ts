/** Notes each call for the run's timeline: what and with which id, never with which parameters (W7). */
import { type Cloud, cloudErrorOf } from '../engine/cloud';
import type { CallRecord } from '../engine/event';

export interface RecordedCalls {
  cloud: Cloud;
  /** So far, in the order in which they ended. */
  calls(): CallRecord[];
}

export function recordCalls(cloud: Cloud): RecordedCalls {
  const calls: CallRecord[] = [];
  return {
    calls: () => [...calls],
    cloud: {
      call: async (request) => {
        const { service, region, action } = request;
        try {
          const body = await cloud.call(request);
          calls.push({ service, region, action, requestId: requestIdOf(body), code: null });
          return body;
        } catch (error) {
          const detail = cloudErrorOf(error);
          if (detail) calls.push({ service, region, action, requestId: detail.requestId, code: detail.code });
          throw error;
        }
      },
    },
  };
}

function requestIdOf(body: unknown): string | null {
  if (body === null || typeof body !== 'object' || !('RequestId' in body)) return null;
  return typeof body.RequestId === 'string' ? body.RequestId : null;
}
