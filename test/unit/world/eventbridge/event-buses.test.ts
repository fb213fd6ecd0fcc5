import { setClosed } from '../../../../local/world/account/closed-services';
import { localAccount } from '../rpc/local-account';

const DEFAULT = {
  EventBusARN: 'acs:eventbridge:us-east-1:1234567890123456:eventbus/default',
  EventBusName: 'default',
  Description: '',
  CreateTimestamp: 1_704_067_200_000,
};

test.each([
  ['all', {}, [DEFAULT]],
  ['those of a prefix', { NamePrefix: 'def' }, [DEFAULT]],
  ['none of another prefix', { NamePrefix: 'own' }, []],
])('an account has the default bus: %s', (_, parameters, EventBuses) => {
  expect(localAccount('eventbridge').call('ListEventBuses', parameters)).toEqual({
    Code: 'Success',
    Success: true,
    Message: '',
    Data: { EventBuses, Total: EventBuses.length },
  });
});

test('a bus is of the region that is asked', () => {
  const { Data } = localAccount('eventbridge').call('ListEventBuses', { RegionId: 'cn-shanghai' });
  expect(JSON.stringify(Data)).toContain('acs:eventbridge:cn-shanghai:');
});

test('a service that was never opened serves nothing', () => {
  const { world, refused } = localAccount('eventbridge');
  setClosed(world.state, 'eventBridge', true);
  expect(refused('ListEventBuses')).toBe('403 ServiceNotEnable');
});
