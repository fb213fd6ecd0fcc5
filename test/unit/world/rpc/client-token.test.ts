import { ApiError, action } from '../../../../local/world/rpc/action';
import { kernel } from './ask';

const TOYS = 'toys';

/** Each one made has an id of its own, so that a second one shows. */
const createToy = action({
  product: 'vpc',
  name: 'CreateToy',
  parameters: {
    Name: { type: 'string' },
    RegionId: { type: 'string' },
    DryRun: { type: 'boolean' },
    ClientToken: { type: 'string', maxLength: 64 },
  },
  handle: ({ state, newId }, { Name, DryRun }) => {
    if (DryRun) throw new ApiError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
    if (Name === 'bad') throw new ApiError(400, 'InvalidName', 'no');
    const id = newId('toy-');
    state.put(TOYS, id, { id });
    return { ToyId: id };
  },
});
const renameToy = action({ ...createToy, name: 'RenameToy' });
const createCbnToy = action({ ...createToy, product: 'cbn' });
const untokened = action({
  product: 'vpc',
  name: 'UntokenedToy',
  parameters: { Name: { type: 'string' } },
  handle: ({ newId }) => ({ ToyId: newId('toy-') }),
});

/** Some of CEN's actions answer a dry run with a plain success. */
const politeToy = action({
  ...createToy,
  name: 'PoliteToy',
  handle: ({ state, newId }, { DryRun }) => {
    if (!DryRun) state.put(TOYS, newId('toy-'), {});
    return {};
  },
});
const toys = () => kernel([createToy, renameToy, politeToy, createCbnToy, untokened]);
const withToken = (more: Record<string, string> = {}) => ({ parameters: { ClientToken: 't-1', Name: 'a', ...more } });

test('the same token and parameters get the first answer, and nothing more is made', () => {
  const { tell, world } = toys();
  const first = tell(withToken());
  expect(first).toMatch(/^200 .*toy-/);
  expect(tell(withToken())).toBe(first);
  expect(world.state.size(TOYS)).toBe(1);
});

test('the same token with other parameters is refused, in the words of the service', () => {
  const { tell, world } = toys();
  tell(withToken());
  tell({ ...withToken(), product: 'cbn' });
  expect(tell(withToken({ Name: 'b' }))).toBe('400 IdempotentParameterMismatch');
  expect(tell({ ...withToken({ Name: 'b' }), product: 'cbn' })).toBe('400 IdempotenceParam.NotMatch');
  expect(tell(withToken({ DryRun: 'false' }))).toBe('400 IdempotentParameterMismatch');
  expect(world.state.size(TOYS)).toBe(2);
});

test('what differs between two sends of one call is not compared', () => {
  const { tell } = toys();
  const first = tell(withToken({ SignatureNonce: '1', Timestamp: 'then', Signature: 'x', SecurityToken: 'old' }));
  expect(tell(withToken({ SignatureNonce: '2', Timestamp: 'now', Signature: 'y', SecurityToken: 'new' }))).toBe(first);
});

test.each([
  ['another action', { ...withToken(), action: 'RenameToy' }],
  ['another region', withToken({ RegionId: 'cn-shanghai' })],
  ['another account', { ...withToken(), accountId: '9999999999999999' }],
])('a token belongs to its action, region and account: %s makes another', (_, other) => {
  const { tell } = toys();
  const first = tell(withToken());
  const second = tell(other);
  expect(second).toMatch(/^200 /);
  expect(second).not.toBe(first);
});

test('without a token each call makes one; an empty token is none', () => {
  const { tell, world } = toys();
  for (const ClientToken of [undefined, '', undefined])
    tell({ parameters: { Name: 'a', ...(ClientToken === undefined ? {} : { ClientToken }) } });
  expect(world.state.size(TOYS)).toBe(3);
});

test('an error spends no token: the corrected call may use it', () => {
  const { tell } = toys();
  expect(tell(withToken({ Name: 'bad' }))).toBe('400 InvalidName');
  expect(tell(withToken())).toMatch(/^200 /);
});

test('a dry run makes nothing and spends no token', () => {
  const { tell, world } = toys();
  expect(tell(withToken({ DryRun: 'true' }))).toBe('400 DryRunOperation');
  expect(world.state.size(TOYS)).toBe(0);
  expect(tell(withToken())).toMatch(/^200 /);
});

test('a dry run that succeeds spends no token either: the real call with it is made', () => {
  const { tell, world } = toys();
  tell({ ...withToken({ DryRun: 'true' }), action: 'PoliteToy' });
  expect(tell({ ...withToken(), action: 'PoliteToy' })).toBe('200 {}');
  expect(world.state.size(TOYS)).toBe(1);
});

test('a token lives for a day', () => {
  const { tell, world } = toys();
  const first = tell(withToken());
  expect(tell({ ...withToken(), at: 86_400 })).toBe(first);
  expect(tell({ ...withToken(), at: 86_401 })).not.toBe(first);
  expect(world.state.size(TOYS)).toBe(2);
});

test('tokens that are past are forgotten, not kept for ever', () => {
  const { tell, world } = toys();
  for (let index = 0; index < 50; index += 1) tell(withToken({ ClientToken: `t-${index}` }));
  expect(world.state.size('rpc.client-tokens')).toBe(50);
  tell({ ...withToken({ ClientToken: 'late' }), at: 86_401 });
  expect(world.state.size('rpc.client-tokens')).toBe(1);
  expect(world.state.size('rpc.client-tokens-by-age')).toBe(1);
});

test.each([
  ['64 characters pass', 'x'.repeat(64), /^200 /],
  ['65 do not', 'x'.repeat(65), /^400 InvalidParameter$/],
  ['nor does what is not ASCII', 'tökén', /^400 InvalidParameter$/],
])('%s', (_, ClientToken, expected) => {
  expect(toys().tell(withToken({ ClientToken }))).toMatch(expected);
});

test('an action without the parameter knows no tokens', () => {
  expect(toys().tell({ action: 'UntokenedToy', parameters: { ClientToken: 't-1' } })).toBe('400 UnsupportedParameter');
});

test('no parameter is kept in clear: a pre-shared key must not be found beside its token', () => {
  const { tell, world } = toys();
  tell(withToken({ Name: 'a-pre-shared-key' }));
  expect(JSON.stringify([...world.state.snapshot()])).not.toContain('a-pre-shared-key');
});
