import type { RawResponse } from '../raw';

export type FcRefusal = readonly [status: number, code: string, message: string];

export const errorAnswer = ([status, code, message]: FcRefusal, requestId: string): RawResponse => ({
  status,
  headers: { 'x-fc-request-id': requestId, 'content-type': 'application/json' },
  body: JSON.stringify({ Code: code, Message: message, RequestId: requestId }),
});
