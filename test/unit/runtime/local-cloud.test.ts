import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { targetOfLocal } from '../../../cli/connection';
import { functionCompute } from '../../../cli/deployment/function-compute';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../local/runtime/local-cloud';
import { type Account, parseAccount } from '../../../local/world/account';
import { ossRequest } from '../../../local/world/oss/operations';
import { systemClock } from '../../../shared/clock';
import { bundle, temporaryFolder } from './bundled';
import { CALLER, deploy, makeTrigger, soon } from './runtime-harness';

const ROOT = join(__dirname, '..', '..', '..');
let built: ReturnType<typeof temporaryFolder>;
let hostFile: string;
let data: ReturnType<typeof temporaryFolder>;
let running: LocalCloud[];
let account: Account;

beforeAll(() => {
  built = temporaryFolder('host');
  hostFile = bundle('local/runtime/function-host.ts', join(built.path, 'function-host.js'));
  const parsed = parseAccount(readFileSync(join(ROOT, 'examples', 'account.yaml'), 'utf8'), 'account.yaml');
  if (!parsed.account) throw new Error(JSON.stringify(parsed.problems));
  account = { ...parsed.account, roles: ['worker'] };
});
afterAll(() => built.remove());
beforeEach(() => {
  running = [];
  data = temporaryFolder('data');
});
afterEach(async () => {
  for (const cloud of running) await cloud.stop();
  data.remove();
});

async function start(changes: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
  const cloud = await startLocalCloud({
    account,
    port: 0,
    speed: 60,
    dataFolder: null,
    caFolder: built.path,
    hostFile,
    deployment: 'test',
    bucket: 'files',
    tablestoreInstance: 'store',
    bootstrap: async () => undefined,
    log: () => undefined,
    ...changes,
  });
  running.push(cloud);
  return cloud;
}

const makeBucket = (cloud: LocalCloud) =>
  cloud.shell.handle(ossRequest(CALLER, { operation: 'PutBucket', bucket: 'files', acl: null, storageClass: null }));
const upload = (cloud: LocalCloud, key: string) =>
  cloud.shell.handle(
    ossRequest(CALLER, {
      operation: 'PutObject',
      bucket: 'files',
      key,
      body: 'eA==',
      contentType: 'text/yaml',
      headers: {},
      metadata: {},
      forbidOverwrite: false,
      sourceIp: '127.0.0.1',
    }),
  );

const ABOUT = 'exports.run = async () => ({ statusCode: 202, body: JSON.stringify(process.env) });';
const WATCH = {
  type: 'oss',
  bucket: 'files',
  events: ['oss:ObjectCreated:*'],
  prefix: 'topologies/',
  suffix: '',
} as const;
const NOTE = "console.log('key ' + JSON.parse(event).events[0].oss.object.key); return '';";

test('what is created over its port answers at its HTTP trigger, and knows the cloud it is in', async () => {
  const cloud = await start({
    platformEnvironment: { EXTRA: 'yes' },
    bootstrap: async (document) => {
      const api = functionCompute(targetOfLocal(document, 'test'));
      const zipFile = Buffer.from(zipSync({ 'main.js': Buffer.from(ABOUT) })).toString('base64');
      await api.call({
        action: 'CreateFunction',
        method: 'POST',
        path: '/functions',
        body: {
          functionName: 'test-webhook',
          runtime: 'nodejs20',
          handler: 'main.run',
          role: `acs:ram::${document.accountId}:role/worker`,
          environmentVariables: { TRUNKLINE_DEPLOYMENT: 'test' },
          code: { zipFile },
        },
      });
      const triggerConfig = JSON.stringify({ authType: 'anonymous', methods: ['POST'] });
      await api.call({
        action: 'CreateTrigger',
        method: 'POST',
        path: '/functions/test-webhook/triggers',
        body: { triggerName: 'http', triggerType: 'http', triggerConfig },
      });
    },
  });
  const { endpoint, webhookUrl, accountId } = cloud.document;
  expect(webhookUrl).toBe(`${endpoint}/fcapp/test-webhook/v1/topologies`);
  const response = await fetch(webhookUrl, { method: 'POST', body: '{}' });
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({
    FC_ACCOUNT_ID: accountId,
    FC_REGION: account.region,
    FC_FUNCTION_HANDLER: 'main.run',
    TRUNKLINE_ENDPOINT: endpoint,
    TRUNKLINE_DEPLOYMENT: 'test',
    TRUNKLINE_CLOCK: `${cloud.shell.rate.realOrigin},${cloud.shell.rate.cloudOrigin},60`,
    TRUNKLINE_CLOCK_SKEW_SECONDS: '1',
    EXTRA: 'yes',
  });
});

test('a taken port is passed over for the next free one', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
  });
  const cloud = await start({ port });
  expect(Number(new URL(cloud.document.endpoint).port)).toBeGreaterThan(port);
  await new Promise((resolve) => taken.close(resolve));
});

test('a project that is not built is told so', async () => {
  const missing = join(data.path, 'function-host.js');
  await expect(start({ hostFile: missing })).rejects.toThrow(`not built: ${missing}; run npm run build`);
});

test('a bootstrap that fails leaves neither a port nor a lock', async () => {
  let endpoint = '';
  const failing = start({
    dataFolder: data.path,
    bootstrap: async (document) => {
      ({ endpoint } = document);
      throw new Error('no bucket');
    },
  });
  await expect(failing).rejects.toThrow('no bucket');
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
  expect(readdirSync(data.path)).not.toContain('lock');
});

describe('with a data folder', () => {
  test('state and time go on in the next life, and the account is not seeded twice', async () => {
    const first = await start({ dataFolder: data.path, speed: 1_000_000 });
    makeBucket(first);
    const vpcs = first.shell.world.state.size('vpc.vpcs');
    await first.stop();
    const latest = first.shell.world.state.get<number>('world.meta', 'latest') ?? 0;
    // A millisecond of ours was a quarter of an hour: the cloud is ahead by far.
    expect(latest).toBeGreaterThan(systemClock().now() + 60_000);
    const second = await start({ dataFolder: data.path });
    expect(second.shell.world.state.size('oss.buckets')).toBe(1);
    expect(second.shell.world.state.size('vpc.vpcs')).toBe(vpcs);
    expect(second.shell.clock.now()).toBeGreaterThanOrEqual(latest);
  });

  test('an upload that no function has finished with is delivered in the next life', async () => {
    const first = await start({ dataFolder: data.path });
    makeBucket(first);
    deploy(first.shell, 'intake', 'await new Promise(() => {});');
    makeTrigger(first.shell, 'intake', WATCH);
    upload(first, 'topologies/a.yaml');
    await soon(() => first.runtime.logs('intake').length > 0);
    expect(readdirSync(join(data.path, 'code'))).toHaveLength(1);
    await first.stop();
    expect(existsSync(join(data.path, 'code'))).toBe(false);
    const second = await start({ dataFolder: data.path });
    await soon(() => second.runtime.logs('intake').length > 0);
    deploy(second.shell, 'intake', NOTE, { revision: 2 });
    second.runtime.killAll();
    await soon(() => second.runtime.logs('intake').some((line) => line.endsWith('key topologies/a.yaml')));
    expect(second.runtime.logs('intake')).toContainEqual(expect.stringMatching(/key topologies\/a\.yaml$/));
    expect(readdirSync(join(data.path, 'logs'))).toContain('intake.log');
  });

  test('a second local cloud is refused, and the first goes on', async () => {
    const first = await start({ dataFolder: data.path });
    await expect(start({ dataFolder: data.path })).rejects.toThrow(`${data.path} is in use`);
    expect((await fetch(first.document.webhookUrl, { method: 'POST' })).status).toBe(404);
  });

  test('a damaged journal is told, and nothing is started', async () => {
    const first = await start({ dataFolder: data.path });
    await first.stop();
    writeFileSync(join(data.path, 'journal-1.jsonl'), '00000000 []\n[]\n');
    await expect(start({ dataFolder: data.path })).rejects.toThrow('journal-1.jsonl:1 is damaged');
  });
});

test('it answers on loopback, and at no other address of the machine', async () => {
  const { port } = new URL((await start()).document.endpoint);
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  // The second one of loopback: a machine without a network has no other.
  for (const { address } of [...others, { address: '127.0.0.2' }])
    await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow('fetch failed');
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
});
