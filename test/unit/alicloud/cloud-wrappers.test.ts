import { withBudget } from '../../../shared/alicloud/with-budget';
import { withParallelism } from '../../../shared/alicloud/with-parallelism';
import { withPatience } from '../../../shared/alicloud/with-patience';
import { durationMs } from '../../../shared/clock';
import { type Cloud, CloudError, type CloudErrorClass, type CloudRequest } from '../../../shared/engine/cloud';

const request = (action: string): CloudRequest => ({
  service: 'vpc',
  region: 'us-east-1',
  action,
  parameters: { Psk: 'a-secret' },
});

test('no call begins once the budget is spent', async () => {
  let now = durationMs(0);
  const asked: string[] = [];
  const inner: Cloud = { call: async ({ action }) => asked.push(action) };
  const cloud = withBudget(inner, { monotonic: () => now }, durationMs(100));
  now = durationMs(99);
  await cloud.call(request('InTime'));
  now = durationMs(100);
  await expect(cloud.call(request('Late'))).rejects.toMatchObject({ code: 'BudgetSpent' });
  expect(asked).toEqual(['InTime']);
});

test('at most so many calls run at once, and a failed one frees its place', async () => {
  let running = 0;
  let most = 0;
  const cloud = withParallelism(
    {
      call: async ({ action }) => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        await Promise.resolve();
        running -= 1;
        if (action === 'Fails') throw new Error('failed');
        return action;
      },
    },
    3,
  );
  const actions = ['1', '2', 'Fails', '4', '5', 'Fails', '7', '8', '9'];
  const ends = await Promise.allSettled(actions.map((action) => cloud.call(request(action))));
  expect(most).toBe(3);
  expect(ends.map(({ status }) => status === 'fulfilled')).toEqual(actions.map((action) => action !== 'Fails'));
});

describe('a question of a person', () => {
  const failing = (errorClass: CloudErrorClass, times: number) => {
    let calls = 0;
    const cloud: Cloud = {
      call: async ({ service, action }) => {
        calls += 1;
        if (calls > times) return 'answered';
        const detail = { service, action, code: 'X', class: errorClass, status: 400, requestId: null };
        throw new CloudError(detail, 'no');
      },
    };
    const pauses: number[] = [];
    const patient = withPatience(cloud, async (delay) => {
      pauses.push(delay);
    });
    return { patient, pauses };
  };

  test.each(['throttled', 'transport'] as const)('is asked again where it was %s, five times at most', async (why) => {
    const passing = failing(why, 4);
    expect(await passing.patient.call(request('Describe'))).toBe('answered');
    expect(passing.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    await expect(failing(why, 5).patient.call(request('Describe'))).rejects.toThrow('no');
  });

  test.each(['fatal', 'gone', 'unknown'] as const)('is not asked again where the answer is %s', async (why) => {
    const { patient, pauses } = failing(why, 1);
    await expect(patient.call(request('Describe'))).rejects.toThrow('no');
    expect(pauses).toEqual([]);
  });
});
