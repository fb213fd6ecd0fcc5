/** What a deployment needs, made and taken away over loopback with the official SDKs. */

import { bootstrap, itemsOf } from '../../cli/bootstrap/bootstrap';
import { teardown } from '../../cli/bootstrap/teardown';
import { connectTo, type Target } from '../../cli/connection';
import { functionCompute } from '../../cli/deployment/function-compute';
import { ROLES } from '../../functions/permissions';
import { setClosed } from '../../local/world/account/closed-services';
import { fc } from '../../local/world/fc/service';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import type { Change } from '../../local/world/state';
import { openApiCloud } from '../../shared/alicloud/openapi-cloud';
import { DEPLOYMENT_MARK } from '../../shared/alicloud/oss-bucket';
import { ossClient } from '../../shared/alicloud/oss-objects';
import { seconds, systemClock } from '../../shared/clock';
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
    logs: { project: 'trunkline-logs', store: 'functions' },
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
/** What a first bootstrap leaves: made over the wire once, then put where a test begins with it. */
let made: Change[] | null = null;
async function bootstrapped(): Promise<void> {
  if (made) return wire.world.state.restore(made);
  expect(await outcomes()).toEqual(['created']);
  made = [...wire.world.state.snapshot()];
}

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
  await bootstrapped();
  expect(wire.world.state.get('oss.buckets', 'trunkline-topologies')).toMatchObject({
    acl: 'private',
    versioning: 'Enabled',
    publicAccessBlocked: true,
  });
});

test.each(['bucket', 'queue', 'table', 'role', 'secret'])(
  'a missing %s is made again, and nothing else',
  async (kind) => {
    await bootstrapped();
    const item = itemsOf(target, clock).find((one) => one.kind === kind);
    await item?.remove?.();
    expect(await item?.look()).toBe('absent');
    const made = (await bootstrap(target, clock)).filter(({ outcome }) => outcome !== 'there');
    expect(made).toEqual([{ kind, name: item?.name, outcome: 'created' }]);
  },
);

test('what a table of permissions no longer says is changed in the role', async () => {
  await bootstrapped();
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
    const taken = { ...role, description: 'of another team', trustPolicy: '{"Version":"1","Statement":[]}' };
    wire.world.state.put(roles, key, taken as never);
  }
  const standing = () => [...wire.world.state.snapshot()].filter(({ collection }) => collection === roles);
  const before = standing();
  await expect(bootstrap(other, clock)).rejects.toMatchObject({
    code: 'BootstrapFailed',
    message: expect.stringContaining("the role other-intake exists and is not Trunkline's"),
  });
  expect(standing()).toEqual(before);
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
  await withFunctionCompute();
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

describe('what is there already and is not ours', () => {
  const bucket = () => wire.world.state.get('oss.buckets', 'trunkline-topologies');
  const left = async (of: Target): Promise<string[]> => {
    const looked = itemsOf(of, clock).map(async (item) => ((await item.look()) === 'absent' ? [] : [item.name]));
    return (await Promise.all(looked)).flat();
  };

  test('a public bucket that holds somebody’s website stays as it is, and is refused by name', async () => {
    const admin = ossClient({ ...target, timeout: seconds(5) });
    await admin.putBucket(target.bucket, { acl: 'public-read' } as never);
    await admin.put('index.html', Buffer.from('a website'));
    const before = bucket();
    await expect(bootstrap(target, clock)).rejects.toMatchObject({
      code: 'BootstrapFailed',
      message: expect.stringContaining('the bucket trunkline-topologies holds index.html'),
    });
    expect(bucket()).toEqual(before);
  });

  test('a bucket with topologies alone is taken, closed and marked', async () => {
    const admin = ossClient({ ...target, timeout: seconds(5) });
    await admin.putBucket(target.bucket, { acl: 'public-read' } as never);
    await admin.put('topologies/acme.yaml', Buffer.from('version: 1'));
    const [made] = await bootstrap(target, clock);
    expect(made).toMatchObject({ kind: 'bucket', outcome: 'changed' });
    expect(bucket()).toMatchObject({ acl: 'private', versioning: 'Enabled', publicAccessBlocked: true });
  });

  test('a bucket of which only the mark is missing, as after a crash, is marked', async () => {
    await bootstrapped();
    await ossClient({ ...target, timeout: seconds(5) }).delete(DEPLOYMENT_MARK);
    expect((await bootstrap(target, clock))[0]).toMatchObject({ kind: 'bucket', outcome: 'changed' });
    expect(await outcomes()).toEqual(['there']);
  });

  test('another deployment’s bucket is neither used nor taken away, and nothing else is either', async () => {
    await withFunctionCompute();
    await bootstrapped();
    const staging = { ...target, deployment: 'staging' };
    const message = expect.stringContaining('the bucket trunkline-topologies is that of the deployment trunkline');
    await expect(bootstrap(staging, clock)).rejects.toMatchObject({ message });
    const before = standing();
    await expect(teardown(staging, clock, { dryRun: false })).rejects.toMatchObject({ message });
    expect(standing()).toBe(before);
  });

  test('a table of our name with another key is refused', async () => {
    const key = [['id', 'string']] as const;
    await connectTo(target, clock).tables.client.ensureTable({ name: 'trunkline_tasks', key, timeToLive: -1 });
    await expect(bootstrap(target, clock)).rejects.toThrow('the table trunkline_tasks exists with another key');
  });

  test('with a key of another account than is stated nothing is made', async () => {
    const before = standing();
    await expect(bootstrap({ ...target, accountId: '1000000000000002' }, clock)).rejects.toThrow(
      `set TRUNKLINE_ACCOUNT_ID=${ACCOUNT_ID}`,
    );
    expect(standing()).toBe(before);
  });

  test('a policy whose role somebody removed goes with teardown', async () => {
    await withFunctionCompute();
    await bootstrapped();
    const cloud = openApiCloud({
      credentials: async () => target.credentials,
      endpoint: wire.endpoint,
      timeout: seconds(5),
      clock,
    });
    const name = 'trunkline-cen';
    const ram = (action: string, parameters: Record<string, string>) =>
      cloud.call({ service: 'ram', region: null, action, parameters });
    await ram('DetachPolicyFromRole', { PolicyName: name, PolicyType: 'Custom', RoleName: name });
    await ram('DeleteRole', { RoleName: name });
    await teardown(target, clock, { dryRun: false });
    expect(wire.world.state.keysBetween('ram.policies').filter((key) => key.includes(name))).toEqual([]);
    expect(await left(target)).toEqual([
      'AliyunServiceRoleForEventBridgeSendToFC',
      'AliyunServiceRoleForEventBridgeSendToMNS',
    ]);
  });
});

test('teardown does not wait for the functions of a deployment whose name begins alike', async () => {
  await withFunctionCompute();
  await bootstrapped();
  const body = {
    ...{ functionName: 'trunkline-staging-sweep', runtime: 'nodejs20', handler: 'index.handler' },
    ...{ cpu: 0.35, memorySize: 512, diskSize: 512, timeout: 60, code: { zipFile: EMPTY_ZIP } },
  };
  const api = functionCompute(target);
  await api.call({ action: 'CreateFunction', method: 'POST', path: '/functions', body });
  expect((await teardown(target, clock, { dryRun: true })).length).toBeGreaterThan(0);
  await api.call({
    ...{ action: 'CreateFunction', method: 'POST', path: '/functions' },
    body: { ...body, functionName: 'trunkline-sweep' },
  });
  await expect(teardown(target, clock, { dryRun: true })).rejects.toThrow('functions are deployed: trunkline-sweep.');
});

const EMPTY_ZIP = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1').toString('base64');

async function withFunctionCompute(): Promise<void> {
  await wire.close();
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects), fc } });
  target = { ...target, endpoint: wire.endpoint };
}

test('teardown that cannot look says why, and takes nothing away', async () => {
  await withFunctionCompute();
  await bootstrapped();
  const before = standing();
  setClosed(wire.world.state, 'tablestore', true);
  await expect(teardown(target, clock, { dryRun: false })).rejects.toMatchObject({
    code: 'BootstrapFailed',
    message: expect.stringContaining('the account has not opened Tablestore'),
  });
  setClosed(wire.world.state, 'tablestore', false);
  expect(standing()).toBe(before);
});

test('teardown refuses while something needs what it would take', async () => {
  await withFunctionCompute();
  await bootstrapped();
  const { tables, objects } = connectTo(target, clock);
  const key = [
    ['hash', 'h'],
    ['network', 'acme'],
    ['incarnation', '1'],
    ['resource', 'vpn-gateway/a'],
  ] as const;
  await tables.client.put(tables.name('records'), key, { version: 1 }, { row: 'ignore' });
  await expect(teardown(target, clock, { dryRun: false })).rejects.toThrow('resources are recorded of acme');
  await expect(teardown(target, clock, { dryRun: true, forget: ['acne'] })).rejects.toThrow('--forget acme');
  expect((await teardown(target, clock, { dryRun: true, forget: ['acme'] })).length).toBeGreaterThan(0);
  await tables.client.delete(tables.name('records'), key, { row: 'ignore' });
  await objects.put('somebody-elses.txt' as never, 'x', 'text/plain');
  const before = standing();
  await expect(teardown(target, clock, { dryRun: true })).rejects.toThrow('holds somebody-elses.txt');
  await expect(teardown(target, clock, { dryRun: false })).rejects.toThrow('holds somebody-elses.txt');
  expect(standing()).toBe(before);
});
