import { eventBridgeCheck } from '../../../cli/doctor/check-event-bridge';
import type { Cloud, CloudRequest } from '../../../shared/engine/cloud';

test('the functions’ region is asked, for one bus', async () => {
  const asked: CloudRequest[] = [];
  const cloud: Cloud = {
    call: async (request) => {
      asked.push(request);
      return { RequestId: '1', Code: '200', Success: true, Message: '', Data: { EventBuses: [], Total: 0 } };
    },
  };
  expect(await eventBridgeCheck(cloud, 'cn-shanghai', 'Account').run()).toEqual([
    { state: 'ok', code: 'service-open', subject: 'EventBridge', message: 'opened', remedy: null },
  ]);
  expect(asked).toEqual([
    { service: 'eventbridge', region: 'cn-shanghai', action: 'ListEventBuses', parameters: { Limit: 1 } },
  ]);
});

test.each([
  ['ServiceNotEnable', 'service-closed', 'the account has not opened EventBridge'],
  ['AccessDenied', 'permission-missing', 'the credentials lack eventbridge:ListEventBuses (EventBridge)'],
  ['EventBusNotExist', 'check-failed', 'ListEventBuses: said so'],
])('a no with status 200 is a no: %s', async (Code, code, message) => {
  const cloud: Cloud = { call: async () => ({ RequestId: '1', Code, Success: false, Message: 'said so' }) };
  expect(await eventBridgeCheck(cloud, 'us-east-1', 'RAMUser').run()).toMatchObject([
    { state: 'error', code, subject: 'EventBridge', message },
  ]);
});
