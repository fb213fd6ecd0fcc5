import { ApiError, action } from '../../../../local/world/rpc/action';
import { kernel } from './ask';

const dbr = action({
  product: 'vpc',
  name: 'CreateVpnRouteEntry',
  parameters: { Fail: { type: 'boolean' } },
  handle: (_, { Fail }) => {
    if (Fail) throw new ApiError(400, 'VpnGateway.Configuring', 'busy');
    return {};
  },
});
const unlimited = action({ product: 'vpc', name: 'CreateToy', parameters: {}, handle: () => ({}) });

const call = { action: 'CreateVpnRouteEntry' };

function passing(tell: (asked: object) => string, asked: object, times: number): number {
  let passed = 0;
  for (let index = 0; index < times; index += 1) if (tell(asked).startsWith('200')) passed += 1;
  return passed;
}

test('sixty route writes pass in a minute, the next is throttled, and a minute later all is well', () => {
  const { tell } = kernel([dbr]);
  expect(passing(tell, call, 61)).toBe(60);
  expect(tell({ ...call, at: 59 })).toBe('400 Throttling.User');
  expect(passing(tell, { ...call, at: 60 }, 61)).toBe(60);
});

test('windows are counted by region and by account', () => {
  const { tell } = kernel([dbr]);
  passing(tell, call, 60);
  expect(tell({ ...call, parameters: { RegionId: 'cn-shanghai' } })).toMatch(/^200/);
  expect(tell({ ...call, accountId: '9999999999999999' })).toMatch(/^200/);
  expect(tell(call)).toBe('400 Throttling.User');
});

test('a limit can be raised, or lowered to nothing, as a quota', () => {
  expect(passing(kernel([dbr], { quotas: { 'calls.CreateVpnRouteEntry': 100 } }).tell, call, 101)).toBe(100);
  expect(kernel([dbr], { quotas: { 'calls.CreateVpnRouteEntry': 0 } }).tell(call)).toBe('400 Throttling.User');
});

test('a call that is refused does not count', () => {
  const { tell } = kernel([dbr]);
  for (let index = 0; index < 100; index += 1) tell({ ...call, parameters: { Fail: 'true' } });
  expect(passing(tell, call, 60)).toBe(60);
});

test('what the documentation states no limit for has none', () => {
  expect(passing(kernel([unlimited]).tell, { action: 'CreateToy' }, 1_000)).toBe(1_000);
});
