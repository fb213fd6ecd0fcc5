/** What a deployment needs, made and taken away over loopback with the official SDKs. */

import { bootstrap, itemsOf } from '../../cli/bootstrap/bootstrap';
import { teardown } from '../../cli/bootstrap/teardown';
import { connectTo, type Target } from '../../cli/connection';
import { ROLES } from '../../functions/permissions';
import { setClosed } from '../../local/world/account/closed-services';
import { fc } from '../../local/world/fc/service';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import { systemClock } from '../../shared/clock';
import { canonicalJson } from '../../shared/json';
import { secretOf } from '../../shared/secret';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from './local-wire';

let wire: LocalWire;
let target: Target;
const clock = systemClock();

beforeEach(async () => {
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects) } });
  target = {
    endpoint: wire.endpoint,
    region: REGION,
    accountId: ACCOUNT_ID,
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    deployment: 'trunkline',
    credentials: { accessKeyId: ACCESS_KEY_ID, accessKeySecret: secretOf(ACCESS_KEY_SECRET), securityToken: null },
  };
});
afterEach(() => wire.close());

/** Everything that stands, less what a read counts and what a trigger would hear. */
const standing = (): string =>
  canonicalJson(
    [...wire.world.state.snapshot()].filter(
      ({ collection }) => !/^(world\.|oss\.(counters|notifications))/.test(collection),
    ) as never,
  );
const outcomes = async (options = { dryRun: false }): Promise<string[]> => [
  ...new Set((await bootstrap(target, clock, options)).map(({ outcome }) => outcome)),
];

test('everything is made once, and the second time nothing changes', async () => {
  expect(await outcomes()).toEqual(['created']);
  const before = standing();
  expect(await outcomes()).toEqual(['there']);
  expect(standing()).toBe(before);
});

test('a dry run tells of everything and makes nothing', async () => {
  const before = standing();
  expect(await outcomes({ dryRun: true })).toEqual(['would-create']);
  expect(standing()).toBe(before);
});

test('the bucket is private, versioned and closed to everybody', async () => {
  await outcomes();
  expect(wire.world.state.get('oss.buckets', 'trunkline-topologies')).toMatchObject({
    acl: 'private',
    versioning: 'Enabled',
    publicAccessBlocked: true,
  });
});

test.each(['bucket', 'queue', 'table', 'role', 'secret'])(
  'a missing %s is made again, and nothing else',
  async (kind) => {
    await outcomes();
    const item = itemsOf(target, clock).find((one) => one.kind === kind);
    await item?.remove?.();
    expect(await item?.look()).toBe('absent');
    const made = (await bootstrap(target, clock)).filter(({ outcome }) => outcome !== 'there');
    expect(made).toEqual([{ kind, name: item?.name, outcome: 'created' }]);
  },
);

test('what a table of permissions no longer says is changed in the role', async () => {
  await outcomes();
  const cloud = itemsOf(target, clock);
  const gateway = cloud.find(({ kind, name }) => kind === 'role' && name === 'trunkline-gateway');
  const policies = 'ram.policies';
  const [key] = wire.world.state.keysBetween(policies).filter((one) => one.includes('gateway'));
  const held = wire.world.state.get<{ versions: { document: string }[] }>(policies, key ?? '');
  wire.world.state.put(policies, key ?? '', {
    ...held,
    versions: held?.versions.map((one) => ({ ...one, document: '{"Version":"1","Statement":[]}' })),
  } as never);
  expect(await gateway?.look()).toBe('different');
  const made = (await bootstrap(target, clock)).filter(({ outcome }) => outcome !== 'there');
  expect(made).toEqual([{ kind: 'role', name: 'trunkline-gateway', outcome: 'changed' }]);
});

test('a role of our name that is somebody else’s is refused, and everything else is made', async () => {
  const other = { ...target, deployment: 'other' };
  await bootstrap(other, clock);
  const roles = 'ram.roles';
  for (const key of wire.world.state.keysBetween(roles)) {
    const role = wire.world.state.get<object>(roles, key);
    wire.world.state.put(roles, key, { ...role, description: 'of another team' } as never);
  }
  await expect(bootstrap(other, clock)).rejects.toMatchObject({
    code: 'BootstrapFailed',
    message: expect.stringContaining("the role other-intake exists and is not Trunkline's"),
  });
});

test('what cannot be made is told with its remedy, and everything else is made', async () => {
  setClosed(wire.world.state, 'oss', true);
  await expect(bootstrap(target, clock)).rejects.toMatchObject({
    code: 'BootstrapFailed',
    message: expect.stringMatching(
      /^bucket trunkline-topologies: .*\n {4}the account has not opened OSS.*: open it once/,
    ),
  });
  setClosed(wire.world.state, 'oss', false);
  const made = (await bootstrap(target, clock)).filter(({ outcome }) => outcome !== 'there');
  expect(made).toEqual([{ kind: 'bucket', name: 'trunkline-topologies', outcome: 'created' }]);
});

test('there is a role for every entry of the table, and those by which EventBridge streams', async () => {
  const roles = (await bootstrap(target, clock)).filter(({ kind }) => kind === 'role').map(({ name }) => name);
  const streams = ['AliyunServiceRoleForEventBridgeSendToFC', 'AliyunServiceRoleForEventBridgeSendToMNS'];
  expect(roles).toEqual([...ROLES.map(({ name }) => `trunkline-${name}`), ...streams]);
});

test('teardown leaves nothing of it but what is the account’s, and may be repeated', async () => {
  await wire.close();
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects), fc } });
  target = { ...target, endpoint: wire.endpoint };
  for (const item of itemsOf(target, clock)) if (item.remove === null) await item.make();
  const before = standing();
  expect(before).toContain('AliyunServiceRoleForEventBridgeSendToFC');
  await outcomes();
  const objects = connectTo(target, clock).objects;
  for (let index = 0; index < 120; index += 1)
    await objects.put(`reports/acme/${index}.json`, '{}', 'application/json');
  const told = await teardown(target, clock, { dryRun: true });
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['would-remove']));
  await teardown(target, clock, { dryRun: false });
  expect(standing()).toBe(before);
  const again = await teardown(target, clock, { dryRun: false });
  expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['absent']));
});

test('teardown refuses while something needs what it would take', async () => {
  await wire.close();
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects), fc } });
  target = { ...target, endpoint: wire.endpoint };
  await outcomes();
  const { tables, objects } = connectTo(target, clock);
  const key = [
    ['hash', 'h'],
    ['network', 'acme'],
    ['incarnation', '1'],
    ['resource', 'vpn-gateway/a'],
  ] as const;
  await tables.client.put(tables.name('records'), key, { version: 1 }, { row: 'ignore' });
  await expect(teardown(target, clock, { dryRun: false })).rejects.toThrow('resources are recorded of acme');
  await tables.client.delete(tables.name('records'), key, { row: 'ignore' });
  await objects.put('somebody-elses.txt' as never, 'x', 'text/plain');
  await expect(teardown(target, clock, { dryRun: false })).rejects.toThrow('holds somebody-elses.txt');
  expect(await objects.get('somebody-elses.txt')).not.toBeNull();
});
