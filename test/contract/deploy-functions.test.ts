/** What s.yaml says, deployed over loopback: twice, changed, by hand, and refused. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OSS from 'ali-oss';
import type { Target } from '../../cli/connection';
import { deployFunctions } from '../../cli/deployment/deploy-functions';
import type { Deployment } from '../../cli/deployment/deployment';
import { functionCompute } from '../../cli/deployment/function-compute';
import { readProjectDeployments } from '../../cli/deployment/read-s-yaml';
import { setClosed } from '../../local/world/account/closed-services';
import {
  ASYNC_CONFIGS,
  CODE,
  CONCURRENCY,
  FUNCTIONS,
  type FunctionRecord,
  TRIGGERS,
} from '../../local/world/fc/records';
import { fc } from '../../local/world/fc/service';
import { seedRole } from '../../local/world/ram/seed-role';
import { epochMs, seconds } from '../../shared/clock';
import { smqClient } from '../../shared/queue/smq-client';
import { QUEUE_ATTRIBUTES, QUEUES, queueName } from '../../shared/queue/smq-queue';
import { secretOf } from '../../shared/secret';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  ACCOUNT_ID,
  type LocalWire,
  REGION,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from './local-wire';

let wire: LocalWire;
let target: Target;
let folder: string;
let definitions: Deployment[];

beforeEach(async () => {
  wire = await startLocalWire({ services: { fc } });
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
  folder = mkdtempSync(join(tmpdir(), 'trunkline-deploy-'));
  definitions = readProjectDeployments({ environment: {}, accountId: ACCOUNT_ID }).map((definition) => {
    const codeFolder = join(folder, definition.name);
    mkdirSync(codeFolder);
    writeFileSync(join(codeFolder, 'index.js'), `exports.handler = async () => '${definition.name}';\n`);
    return { ...definition, codeFolder };
  });
  // What bootstrap makes, as far as the service asks for it.
  const names = [...definitions.map(({ name }) => name), 'oss-trigger'];
  for (const name of names)
    seedRole(wire.world.state, { accountId: ACCOUNT_ID, name: `trunkline-${name}`, now: epochMs(0) });
  const key = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET };
  const oss = new OSS({ ...key, region: `oss-${REGION}`, endpoint: wire.endpoint });
  for (const bucket of ['trunkline-topologies', 'other']) await oss.putBucket(bucket);
  const queues = smqClient({ ...target, timeout: seconds(5), pause: async () => undefined });
  for (const queue of QUEUES) await queues.ensure(queueName('trunkline', queue), QUEUE_ATTRIBUTES);
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await wire.close();
});

const deploy = () => deployFunctions({ target, definitions });

/** Everything that Function Compute keeps, with the times of creation and change. */
const kept = (): unknown =>
  [FUNCTIONS, CODE, TRIGGERS, ASYNC_CONFIGS, CONCURRENCY].map((collection) =>
    [...wire.world.state.keysBetween(collection)].map((key) => [key, wire.world.state.get(collection, key)]),
  );

const written = async (): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries(
    (await deploy())
      .filter(({ written }) => written.length > 0)
      .map(({ functionName, written }) => [functionName, written]),
  );

/** As if s.yaml said something else of the function. */
function change(name: string, to: (props: Deployment['props']) => Deployment['props']): void {
  definitions = definitions.map((one) => (one.name === name ? { ...one, props: to(one.props) } : one));
}

test('deployed twice, the second time changes nothing', async () => {
  const first = await written();
  expect(Object.keys(first)).toEqual(definitions.map(({ props }) => props.functionName));
  expect([...(first['trunkline-intake'] ?? [])].sort()).toEqual([
    'CreateFunction',
    'CreateTrigger queue',
    'CreateTrigger topologies',
    'PutAsyncInvokeConfig',
    'PutConcurrencyConfig',
  ]);
  expect(first['trunkline-cen']).toEqual(['CreateFunction', 'PutConcurrencyConfig', 'CreateTrigger queue']);
  const before = kept();
  wire.advance(60_000);
  expect(await written()).toEqual({});
  expect(kept()).toEqual(before);
});

test('what was deployed is what s.yaml says', async () => {
  await deploy();
  expect(wire.world.state.get<FunctionRecord>(FUNCTIONS, 'trunkline-report')).toMatchObject({
    handler: 'index.handler',
    runtime: 'nodejs20',
    memoryMb: 2_048,
    cpu: 1,
    timeoutSeconds: 300,
    role: 'acs:ram::1234567890123456:role/trunkline-report',
    environment: { TRUNKLINE_TIMEOUT_SECONDS: '300', TRUNKLINE_BUCKET: 'trunkline-topologies' },
  });
  expect(wire.world.state.get(TRIGGERS, 'trunkline-intake/topologies')).toMatchObject({
    type: 'oss',
    bucket: 'trunkline-topologies',
    prefix: 'topologies/',
    suffix: '',
    invocationRole: 'acs:ram::1234567890123456:role/trunkline-oss-trigger',
  });
  expect(wire.world.state.get(TRIGGERS, 'trunkline-routes/queue')).toMatchObject({
    type: 'eventbridge',
    queue: 'trunkline-routes',
    deadLetterQueue: 'trunkline-dead-letters',
    errorsTolerance: 'ALL',
    retry: 'BACKOFF_RETRY',
    batchSize: 1,
    asynchronous: false,
    base64Decode: true,
  });
  expect(wire.world.state.get(TRIGGERS, 'trunkline-sweep/every-minute')).toMatchObject({
    type: 'timer',
    cronExpression: '@every 1m',
    enabled: true,
  });
  expect(wire.world.state.get(TRIGGERS, 'trunkline-webhook/http')).toMatchObject({
    type: 'http',
    authType: 'anonymous',
    methods: ['GET', 'POST'],
  });
  expect(wire.world.state.get(ASYNC_CONFIGS, 'trunkline-intake')).toMatchObject({
    maximumRetries: 3,
    maximumAgeSeconds: 86_400,
  });
  expect(wire.world.state.get(CONCURRENCY, 'trunkline-sweep')).toBe(1);
});

test('only what differs is written', async () => {
  await deploy();
  writeFileSync(join(folder, 'cen', 'index.js'), 'exports.handler = async () => 2;\n');
  change('tunnel', (props) => ({ ...props, timeout: 90 }));
  change('sweep', (props) => ({ ...props, concurrencyConfig: { reservedConcurrency: 2 } }));
  change('webhook', (props) => ({
    ...props,
    triggers: props.triggers.map((trigger) =>
      trigger.triggerType === 'http'
        ? { ...trigger, triggerConfig: { ...trigger.triggerConfig, methods: ['GET'] } }
        : trigger,
    ),
  }));
  change('intake', (props) => ({
    ...props,
    triggers: props.triggers.map((trigger) =>
      trigger.triggerType === 'oss' ? { ...trigger, sourceArn: `acs:oss:${REGION}:${ACCOUNT_ID}:other` } : trigger,
    ),
  }));
  expect(await written()).toEqual({
    'trunkline-cen': ['UpdateFunction code'],
    'trunkline-tunnel': ['UpdateFunction'],
    'trunkline-sweep': ['PutConcurrencyConfig'],
    'trunkline-webhook': ['UpdateTrigger http'],
    // Of another bucket it is another trigger.
    'trunkline-intake': ['DeleteTrigger topologies', 'CreateTrigger topologies'],
  });
  expect(await written()).toEqual({});
});

test('what somebody changed by hand is put right', async () => {
  await deploy();
  const before = wire.world.state.get<FunctionRecord>(FUNCTIONS, 'trunkline-report');
  const environmentVariables = { ...before?.environment, TRUNKLINE_BUCKET: 'other' };
  await functionCompute(target).call({
    action: 'UpdateFunction',
    method: 'PUT',
    path: '/functions/trunkline-report',
    body: { environmentVariables },
  });
  expect(await written()).toEqual({ 'trunkline-report': ['UpdateFunction'] });
  expect(wire.world.state.get<FunctionRecord>(FUNCTIONS, 'trunkline-report')?.environment).toEqual(before?.environment);
});

test('a refusal names the call, the code and what is refused, and the other functions are deployed', async () => {
  change('cen', (props) => ({ ...props, memorySize: 500 }));
  await expect(deploy()).rejects.toMatchObject({
    code: 'DeploymentFailed',
    message: expect.stringMatching(/^trunkline-cen: CreateFunction: InvalidArgument: .*memorySize/),
  });
  expect([...wire.world.state.keysBetween(FUNCTIONS)]).toHaveLength(definitions.length - 1);
});

test('a service that was never opened is told with where to open it', async () => {
  setClosed(wire.world.state, 'functionCompute', true);
  await expect(deploy()).rejects.toMatchObject({
    code: 'DeploymentFailed',
    message: expect.stringMatching(/is not enabled.*\n {4}the account has not opened Function Compute: open it once/s),
  });
});

test('a role without the permission is told what to grant', async () => {
  wire.world.state.delete('ram.attachments', 'trunkline/System/administratoraccess');
  target = {
    ...target,
    credentials: {
      accessKeyId: STS_KEY_ID,
      accessKeySecret: secretOf(STS_KEY_SECRET),
      securityToken: secretOf(STS_TOKEN),
    },
  };
  await expect(deploy()).rejects.toMatchObject({
    message: expect.stringContaining('grant fc:GetFunction to the user'),
  });
});

test('a wrong key is told as such', async () => {
  target = { ...target, credentials: { ...target.credentials, accessKeySecret: secretOf('another') } };
  await expect(deploy()).rejects.toMatchObject({
    code: 'DeploymentFailed',
    message: expect.stringMatching(
      /^trunkline-intake: GetFunction: SignatureNotMatch: .*\n {4}the access key is unknown/s,
    ),
  });
});
