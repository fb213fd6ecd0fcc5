import { ApiError, action } from '../../../../local/world/rpc/action';
import { kernel } from './ask';

const createToy = action({
  product: 'vpc',
  name: 'CreateToy',
  parameters: { Name: { type: 'string' } },
  handle: ({ state, region, schedule, now }, { Name }) => {
    state.put('toys', 'one', Name ?? '');
    if (Name === 'half') {
      schedule(now, 'never', {});
      throw new ApiError(409, 'Toy.Broken', 'It broke half-way.');
    }
    if (Name === 'defect') throw new TypeError('a defect');
    return { Region: region };
  },
});

test("an action is found by product and name, and sees the region that the request names, else the account's", () => {
  const { tell } = kernel([createToy]);
  expect(tell()).toBe('200 {"Region":"us-east-1"}');
  expect(tell({ parameters: { RegionId: 'cn-shanghai' } })).toBe('200 {"Region":"cn-shanghai"}');
});

test.each([
  ['an unknown action', { action: 'MakeToy' }, '404 InvalidAction.NotFound'],
  ['an action of another product', { product: 'ecs' }, '404 InvalidAction.NotFound'],
  ['another version', { version: '2014-05-26' }, '400 NoSuchVersion'],
  ['a region that is none', { parameters: { RegionId: 'mars-1' } }, '404 InvalidRegionId.NotFound'],
] as const)('%s is refused', (_, asked, expected) => {
  expect(kernel([createToy]).tell(asked)).toBe(expected);
});

test('an error has all that clients read, never an empty code', () => {
  const { body } = kernel([createToy]).ask({ parameters: { Name: 'half' } });
  expect(body).toEqual({
    RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
    HostId: 'vpc.aliyuncs.com',
    Code: 'Toy.Broken',
    Message: 'It broke half-way.',
    Recommend: expect.stringMatching(/^https:\/\/api\.aliyun\.com\/troubleshoot\?q=Toy\.Broken&requestId=/),
  });
});

test('what fails half-way leaves neither records nor timers', () => {
  const { ask, world } = kernel([createToy]);
  ask({ parameters: { Name: 'half' } });
  expect(world.state.size('toys')).toBe(0);
  expect(world.nextDue()).toBeNull();
});

test('a defect is no answer of the service: it is thrown', () => {
  expect(() => kernel([createToy]).ask({ parameters: { Name: 'defect' } })).toThrow('a defect');
});
