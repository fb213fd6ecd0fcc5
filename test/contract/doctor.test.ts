/** Each finding provoked once, over loopback with the official SDKs; and doctor makes nothing. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, itemsOf } from '../../cli/bootstrap/bootstrap';
import { doctor as command } from '../../cli/commands/doctor';
import type { Target } from '../../cli/connection';
import { deployFunctions } from '../../cli/deployment/deploy-functions';
import { functionCompute } from '../../cli/deployment/function-compute';
import { readProjectDeployments } from '../../cli/deployment/read-s-yaml';
import { doctor } from '../../cli/doctor/doctor';
import type { Finding } from '../../cli/doctor/finding';
import { DOCUMENTS } from '../../cli/documents';
import { terminal } from '../../cli/terminal';
import { parseAccount, seedAccount } from '../../local/world/account';
import { type ClosableService, setClosed } from '../../local/world/account/closed-services';
import { OPENED_SERVICES } from '../../local/world/cbn/records';
import { fc } from '../../local/world/fc/service';
import { rpcActions, rpcEffects } from '../../local/world/rpc/registry';
import { rpcService } from '../../local/world/rpc/service';
import { openApiCloud } from '../../shared/alicloud/openapi-cloud';
import { epochMs, seconds, systemClock } from '../../shared/clock';
import { canonicalJson } from '../../shared/json';
import { secretOf } from '../../shared/secret';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from './local-wire';

const clock = systemClock();
let wire: LocalWire;
let target: Target;
/** Everything bootstrapped and deployed: each test begins there. */
let saved: ReturnType<typeof standingNow>;

beforeAll(async () => {
  wire = await startLocalWire({ services: { rpc: rpcService(rpcActions, rpcEffects), fc } });
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
  seedAccount(wire.world.state, parseAccount(example('account.yaml'), 'account.yaml').account!, epochMs(0));
  await bootstrap(target, clock);
  await deploy();
  saved = standingNow();
});
afterEach(() => {
  const { state } = wire.world;
  const kept = new Set(saved.map(({ collection, key }) => `${collection}/${key}`));
  for (const { collection, key } of standingNow()) if (!kept.has(`${collection}/${key}`)) state.delete(collection, key);
  for (const { collection, key, value } of saved) state.put(collection, key, value);
});
afterAll(() => wire.close());

const example = (name: string): string => readFileSync(join(__dirname, '../../examples', name), 'utf8');

/** The code of every function is a file of this folder: doctor does not look at code. */
async function deploy(): Promise<void> {
  const definitions = readProjectDeployments({ environment: {}, accountId: ACCOUNT_ID, fileExists: () => true });
  const codeFolder = `${__dirname}/../../examples`;
  await deployFunctions({ target, definitions: definitions.map((each) => ({ ...each, codeFolder })) });
}

/** Everything that stands, less what a read counts. */
const standingNow = () =>
  [...wire.world.state.snapshot()].filter(({ collection }) => !/^(world\.|rpc\.windows$)/.test(collection));
const standing = (): string => canonicalJson(standingNow() as never);

const close = (name: ClosableService, closed = true): void => setClosed(wire.world.state, name, closed);

const look = (with_: Partial<Target> = {}): Promise<Finding[]> =>
  doctor({
    target: { ...target, ...with_ },
    clock,
    environment: {},
    topology: null,
    pause: () => new Promise(() => undefined),
  });

/** What is not well, and was looked at. */
const complaints = async (with_: Partial<Target> = {}) =>
  (await look(with_)).filter(({ state }) => state === 'error' || state === 'warning');

const itemNamed = (kind: string, name: string) =>
  itemsOf(target, clock).find((item) => item.kind === kind && item.name === name);

test('where everything is as wanted nothing is complained of, and nothing is made', async () => {
  const before = standing();
  const found = await look();
  expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['ok']));
  expect(found.map(({ subject }) => subject)).toContain('function trunkline-intake');
  expect(standing()).toBe(before);
});

test('of an empty account everything missing is told, and nothing is made', async () => {
  const before = standing();
  const found = await complaints({ deployment: 'other', bucket: 'other-topologies' });
  const codes = ['bucket', 'function', 'queue', 'role', 'secret', 'table'].map((kind) => `${kind}-missing`);
  expect([...new Set(found.map(({ code }) => code))].sort()).toEqual(codes);
  expect(standing()).toBe(before);
});

test.each([
  [
    'an unknown key',
    { accessKeyId: 'LTAI5tNobody0000', accessKeySecret: secretOf('x') },
    'the access key is unknown or disabled',
  ],
  [
    'a wrong secret',
    { accessKeyId: ACCESS_KEY_ID, accessKeySecret: secretOf('x') },
    'the access key is unknown or disabled',
  ],
])('%s is one error, and the rest is not checked', async (_, key, cause) => {
  const found = await look({ credentials: { ...key, securityToken: null } });
  expect(found.filter(({ state }) => state === 'error')).toEqual([
    {
      state: 'error',
      code: 'credential-wrong',
      subject: 'credential',
      message: expect.stringContaining(cause),
      remedy: expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    },
  ]);
  expect(found.slice(1).map(({ state }) => state)).toEqual(Array(9).fill('skipped'));
});

test('a key of another account than the configuration says is one error', async () => {
  const found = await complaints({ accountId: '9999999999999999' });
  expect(found).toMatchObject([
    { code: 'account-different', remedy: expect.stringContaining(`TRUNKLINE_ACCOUNT_ID=${ACCOUNT_ID}`) },
  ]);
});

test.each([
  ['functionCompute', 'Function Compute', 'fcnext.console'],
  ['oss', 'OSS', 'oss.console'],
  ['tablestore', 'Tablestore', 'otsnext.console'],
  ['smq', 'SMQ', 'mns.console'],
  ['kms', 'KMS', 'p=kms'],
  ['eventBridge', 'EventBridge', 'eventbridge.console'],
] as const)('%s that was never opened is named once, with where to open it', async (service, subject, console) => {
  close(service);
  expect(await complaints()).toMatchObject([
    { state: 'error', code: 'service-closed', subject, remedy: expect.stringContaining(console) },
  ]);
});

test('without a file, a transit router service that was never opened is a warning', async () => {
  const opened = wire.world.state.get<object>(OPENED_SERVICES, 'transit-router');
  wire.world.state.delete(OPENED_SERVICES, 'transit-router');
  expect(await complaints()).toMatchObject([
    { state: 'warning', code: 'service-closed', subject: 'transit router service' },
  ]);
  wire.world.state.put(OPENED_SERVICES, 'transit-router', opened as never);
});

test.each([
  ['bucket', 'trunkline-topologies'],
  ['queue', 'trunkline-routes'],
  ['table', 'trunkline_tasks'],
  ['role', 'trunkline-gateway'],
])('a missing %s is named, and bootstrap is its remedy', async (kind, name) => {
  await itemNamed(kind, name)?.remove?.();
  expect(await complaints()).toEqual([
    {
      state: 'error',
      code: `${kind}-missing`,
      subject: `${kind} ${name}`,
      message: 'is not there',
      remedy: 'trunkline bootstrap --local',
    },
  ]);
});

test('a public bucket is different', async () => {
  const bucket = wire.world.state.get<object>('oss.buckets', 'trunkline-topologies');
  wire.world.state.put('oss.buckets', 'trunkline-topologies', { ...bucket, acl: 'public-read' } as never);
  expect(await complaints()).toMatchObject([{ code: 'bucket-different', subject: 'bucket trunkline-topologies' }]);
});

test('a secret that waits for its deletion is different, and bootstrap says what to do', async () => {
  const name = 'trunkline/webhook/default';
  await account().call({ service: 'kms', region: REGION, action: 'DeleteSecret', parameters: { SecretName: name } });
  expect(await complaints()).toMatchObject([{ code: 'secret-different', subject: `secret ${name}` }]);
  await expect(bootstrap(target, clock)).rejects.toThrow('restore it in KMS');
});

test('a policy that somebody changed is different', async () => {
  const policy = { PolicyName: 'trunkline-gateway', SetAsDefault: true };
  const everything = { Version: '1', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await account().call({
    service: 'ram',
    region: null,
    action: 'CreatePolicyVersion',
    parameters: { ...policy, PolicyDocument: JSON.stringify(everything) },
  });
  expect(await complaints()).toMatchObject([{ code: 'role-different', subject: 'role trunkline-gateway' }]);
});

test.each([
  ['ots:ListTable', 'Tablestore'],
  ['mns:GetQueueAttributes', 'SMQ'],
  ['oss:GetBucketVersioning', 'OSS'],
  ['ram:GetRole', 'RAM'],
  ['kms:DescribeSecret', 'KMS'],
  ['eventbridge:ListEventBuses', 'EventBridge'],
  ['fc:GetTrigger', 'Function Compute'],
  ['cen:CheckTransitRouterService', 'CEN'],
])('a role without %s is told what to grant, once', async (action, subject) => {
  const found = await look({ credentials: await roleWithout(action) });
  expect(found.filter(({ state }) => state === 'error')).toEqual([
    {
      state: 'error',
      code: 'permission-missing',
      subject,
      message: expect.any(String),
      remedy: expect.stringContaining(action),
    },
  ]);
  expect(found.filter(({ state }) => state === 'skipped').every(({ message }) => message.endsWith(subject))).toBe(true);
});

test.each([['vpc:CreateVpnConnection'], ['cen:CreateTransitRouterPeerAttachment']])(
  'a role that is refused a dry run of %s is warned, and nothing is made',
  async (action) => {
    const found = await complaints({ credentials: await roleWithout(action) });
    expect(found).toMatchObject([
      {
        state: 'warning',
        code: 'permission-to-build-missing',
        remedy: expect.stringContaining(`grant ${action};`),
      },
    ]);
  },
);

test('a function that is not deployed is told without its triggers', async () => {
  const path = '/functions/trunkline-sweep';
  await fcCall('DeleteTrigger', 'DELETE', `${path}/triggers/every-minute`);
  await fcCall('DeleteFunction', 'DELETE', path);
  expect(await complaints()).toEqual([
    {
      state: 'error',
      code: 'function-missing',
      subject: 'function trunkline-sweep',
      message: 'is not deployed',
      remedy: 'npm run deploy:local',
    },
  ]);
});

test('what somebody changed of a function or of its triggers is told, each by its name', async () => {
  const sweep = '/functions/trunkline-sweep';
  await fcCall('UpdateTrigger', 'PUT', `${sweep}/triggers/every-minute`, {
    triggerConfig: JSON.stringify({ cronExpression: '@every 5m', enable: true, payload: '' }),
  });
  await fcCall('PutConcurrencyConfig', 'PUT', `${sweep}/concurrency`, { reservedConcurrency: 7 });
  await fcCall('UpdateFunction', 'PUT', '/functions/trunkline-cen', { timeout: 7 });
  await fcCall('DeleteTrigger', 'DELETE', '/functions/trunkline-cen/triggers/queue');
  expect((await complaints()).map(({ code, subject }) => `${code} ${subject}`).sort()).toEqual([
    'function-different function trunkline-cen',
    'function-different function trunkline-sweep',
    'trigger-different trigger trunkline-sweep/every-minute',
    'trigger-missing trigger trunkline-cen/queue',
  ]);
});

test('a check that gets no answer ends in its time, and the others are told', async () => {
  const found = await doctor({ target, clock, environment: {}, topology: null, pause: async () => undefined });
  expect(found.find(({ code }) => code === 'no-answer')).toMatchObject({ message: 'no answer within 30 seconds' });
});

const account = () =>
  openApiCloud({
    credentials: async () => target.credentials,
    endpoint: wire.endpoint,
    timeout: seconds(5),
    clock,
  });

/** A session of a role that may do everything, narrowed by one action. */
async function roleWithout(action: string): Promise<Target['credentials']> {
  const Policy = JSON.stringify({
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: action, Resource: '*' },
    ],
  });
  const answer = (await account().call({
    service: 'sts',
    region: null,
    action: 'AssumeRole',
    parameters: { RoleArn: `acs:ram::${ACCOUNT_ID}:role/trunkline`, RoleSessionName: 'doctor', Policy },
  })) as { Credentials: { AccessKeyId: string; AccessKeySecret: string; SecurityToken: string } };
  const { AccessKeyId, AccessKeySecret, SecurityToken } = answer.Credentials;
  return {
    accessKeyId: AccessKeyId,
    accessKeySecret: secretOf(AccessKeySecret),
    securityToken: secretOf(SecurityToken),
  };
}

const fcCall = (action: string, method: 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> =>
  functionCompute(target).call({ action, method, path, ...(body ? { body: body as never } : {}) });

describe('with a topology file', () => {
  const FILE = 'global-network.yaml';
  let folder: string;
  /** A gateway and a customer gateway of somebody else. */
  beforeEach(async () => {
    await account().call({
      service: 'vpc',
      region: REGION,
      action: 'CreateCustomerGateway',
      parameters: { IpAddress: '198.51.100.250', Name: 'of-somebody-else' },
    });
    const gateway = {
      ...{ VpcId: 'vpc-virginia', VSwitchId: 'vsw-va-a', DisasterRecoveryVSwitchId: 'vsw-va-b' },
      ...{ Bandwidth: 100, InstanceChargeType: 'POSTPAY', EnableIpsec: true },
    };
    await account().call({ service: 'vpc', region: REGION, action: 'CreateVpnGateway', parameters: gateway });
    folder = mkdtempSync(join(tmpdir(), 'trunkline-doctor-'));
    mkdirSync(join(folder, '.trunkline'));
    const { region, bucket, tablestoreInstance, endpoint } = target;
    const note = {
      ...{ endpoint, region, accountId: ACCOUNT_ID, accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET },
      ...{ bucket, tablestoreInstance, webhookUrl: `${endpoint}/fcapp/x`, caFile: '' },
    };
    writeFileSync(join(folder, '.trunkline', 'local.json'), JSON.stringify(note));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (text: string) => {
    writeFileSync(join(folder, FILE), text);
    const silent = { write: () => true };
    const context = {
      ...{ environment: {}, folder, clock, json: false, interrupted: new Promise<void>(() => undefined) },
      ...{ terminal: terminal({ out: silent, error: silent }, {}), pause: () => new Promise<void>(() => undefined) },
    };
    return command.run(context, FILE, { local: true });
  };
  const errorsOf = (document: unknown): string[] =>
    DOCUMENTS.doctor.parse(document).findings.flatMap(({ state, code }) => (state === 'error' ? [code] : []));

  test('one that fits: exit code 0, a link across the border is warned of, and nothing is made', async () => {
    const before = standing();
    const { exitCode, document, text } = await run(example(FILE));
    const { ok, findings, summary } = DOCUMENTS.doctor.parse(document);
    expect({ exitCode, ok, errors: summary.errors }).toEqual({ exitCode: 0, ok: true, errors: 0 });
    expect(findings).toContainEqual(expect.objectContaining({ state: 'warning', code: 'cross-border-link' }));
    expect(findings).toContainEqual(expect.objectContaining({ state: 'ok', code: 'account-fits' }));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(standing()).toBe(before);
  });

  test.each([
    [
      'a VPC that the account does not have',
      (file: string) => file.replaceAll('vpc-virginia', 'vpc-nowhere'),
      'vpc-missing',
    ],
    ['no room for another gateway', (file: string) => `${file}\ndefaults: {quotas: {gateways: 2}}\n`, 'quota'],
    [
      'no room for another customer gateway',
      (file: string) => `${file}\ndefaults: {quotas: {customerGatewaysPerRegion: 2}}\n`,
      'quota',
    ],
  ])('%s: exit code 1', async (_, change, code) => {
    const { exitCode, document } = await run(change(example(FILE)));
    expect(exitCode).toBe(1);
    expect(errorsOf(document)).toEqual([code]);
  });

  test('a transit router service that was never opened is an error where the file needs it', async () => {
    const opened = wire.world.state.get<object>(OPENED_SERVICES, 'transit-router');
    wire.world.state.delete(OPENED_SERVICES, 'transit-router');
    const { document } = await run(example(FILE));
    wire.world.state.put(OPENED_SERVICES, 'transit-router', opened as never);
    expect(errorsOf(document)).toEqual(['transit-router-service-closed']);
  });

  test('a broken file is wrong input: exit code 2, and no account is asked', async () => {
    const { exitCode, document } = await run('version: 1\nname: [\n');
    expect(exitCode).toBe(2);
    expect(DOCUMENTS.validate.parse(document).ok).toBe(false);
  });
});
