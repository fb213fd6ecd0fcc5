import type { FunctionRuntime } from '../../../local/runtime/function-runtime';
import { startOssTriggers } from '../../../local/runtime/oss-trigger';
import { retryTiming } from '../../../local/runtime/retry';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { NOTIFICATIONS } from '../../../local/world/oss/notifications';
import { type OssInput, ossRequest } from '../../../local/world/oss/operations';
import {
  ACCOUNT_ID,
  type Bundles,
  CALLER,
  definition,
  newRuntime,
  newShell,
  REGION,
  soon,
  when,
  writeBundles,
} from './runtime-harness';

const RATE = 1_000;

let bundles: Bundles;
let shell: WorldShell;
let runtime: FunctionRuntime;
let trigger: { stop(): void };
let lines: string[];

beforeAll(() => {
  bundles = writeBundles({
    intake: "console.log('event ' + event.toString()); return '';",
    fails: "console.log('try ' + context.retryCount + ' ' + context.requestId); throw new Error('no');",
    hangs: 'await new Promise(() => {});',
  });
});
afterAll(() => bundles.remove());
beforeEach(() => start());
afterEach(() => {
  trigger.stop();
  runtime.stop();
  shell.stop();
});

function start(restored?: WorldShell): void {
  lines = [];
  shell = newShell({ rate: RATE, ...(restored ? { restored: [...restored.world.state.snapshot()] } : {}) });
  runtime = newRuntime(
    shell,
    bundles,
    ['intake', 'fails', 'hangs'].map((name) => definition(name)),
  );
  if (!restored) call({ operation: 'PutBucket', bucket: 'files', acl: null, storageClass: null });
}

function listen(name: string): void {
  trigger = startOssTriggers({
    shell,
    runtime,
    triggers: [{ function: name, prefix: 'topologies/' }],
    bucket: 'files',
    accountId: ACCOUNT_ID,
    region: REGION,
    timing: retryTiming(RATE),
    log: (line) => lines.push(line),
  });
}

const call = (input: OssInput) => shell.handle(ossRequest(CALLER, input));

const upload = (key: string, text: string) =>
  call({
    operation: 'PutObject',
    bucket: 'files',
    key,
    body: Buffer.from(text).toString('base64'),
    contentType: 'text/yaml',
    headers: {},
    metadata: {},
    forbidOverwrite: false,
    sourceIp: '192.0.2.7',
  });

const delivered = () => when(shell, () => shell.world.state.size(NOTIFICATIONS) === 0);
const events = () =>
  runtime
    .logs('intake')
    .filter((line) => line.includes(' event '))
    .map((line) => JSON.parse(line.slice(line.indexOf(' event ') + 7)).events[0]);

test("an upload starts the function with OSS's event", async () => {
  listen('intake');
  upload('topologies/acme.yaml', 'version: 1');
  await delivered();
  const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/);
  expect(events()).toEqual([
    {
      eventName: 'ObjectCreated:PutObject',
      eventSource: 'acs:oss',
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      eventVersion: '1.0',
      oss: {
        bucket: {
          arn: 'acs:oss:us-east-1:1234567890123456:files',
          name: 'files',
          ownerIdentity: '1234567890123456',
          virtualBucket: '',
        },
        object: { deltaSize: 10, eTag: '4316C194ED5AE03370E1243C894F35F2', key: 'topologies/acme.yaml', size: 10 },
        ossSchemaVersion: '1.0',
        ruleId: 'trunkline-intake',
      },
      region: 'us-east-1',
      requestParameters: { sourceIPAddress: '192.0.2.7' },
      responseElements: { requestId },
      userIdentity: { principalId: '1234567890123456' },
    },
  ]);
});

test('what lies outside the prefix starts nothing, and is not kept', async () => {
  listen('intake');
  upload('reports/acme/report.json', '{}');
  await delivered();
  expect(runtime.logs('intake')).toEqual([]);
});

test('a failure is tried three times more with the same request, then given up and told', async () => {
  listen('fails');
  const at = shell.clock.now();
  upload('topologies/a.yaml', 'x');
  await delivered();
  expect(shell.clock.now() - at).toBeGreaterThanOrEqual(7_000);
  const tries = runtime.logs('fails').flatMap((line) => /\[info\] try (\d) (.*)$/.exec(line)?.slice(1, 3) ?? []);
  expect(tries.filter((_, index) => index % 2 === 0)).toEqual(['0', '1', '2', '3']);
  expect(new Set(tries.filter((_, index) => index % 2 === 1)).size).toBe(1);
  expect(lines.at(-1)).toBe('fails: the event of topologies/a.yaml is given up');
});

test('what was under way when the runtime stopped is delivered by its next life', async () => {
  listen('hangs');
  upload('topologies/a.yaml', 'x');
  await soon(() => runtime.logs('hangs').length === 1);
  trigger.stop();
  runtime.stop();
  shell.stop();
  start(shell);
  expect(shell.world.state.size(NOTIFICATIONS)).toBe(1);
  listen('intake');
  await delivered();
  expect(events()).toHaveLength(1);
});
