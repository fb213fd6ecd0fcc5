import { startOssTriggers } from '../../../local/runtime/oss-trigger';
import type { WorldShell } from '../../../local/runtime/world-shell';
import { ASYNC_INVOCATIONS, type AsyncInvocationRecord, FUNCTIONS } from '../../../local/world/fc/records';
import { NOTIFICATIONS } from '../../../local/world/oss/notifications';
import { type OssInput, ossRequest } from '../../../local/world/oss/operations';
import { atRest, CALLER, functionRecord, makeRole, makeTrigger, newShell, PLACE, roleArn } from './runtime-harness';

let shell: WorldShell;
let lines: string[];
let stop: () => void;

beforeEach(() => {
  lines = [];
  shell = newShell();
  for (const bucket of ['files', 'others']) call({ operation: 'PutBucket', bucket, acl: null, storageClass: null });
  for (const name of ['intake', 'archive'])
    shell.write([{ collection: FUNCTIONS, key: name, value: functionRecord(name) }]);
  stop = () => undefined;
});
afterEach(() => {
  stop();
  shell.stop();
});

function start(): void {
  stop = startOssTriggers({ shell, ...PLACE, stopped: () => false, log: (line) => void lines.push(line) });
}

const ALL = ['oss:ObjectCreated:*', 'oss:ObjectRemoved:DeleteObject', 'oss:ObjectRemoved:DeleteObjects'];
const watch = (name: string, changes: object = {}, record: object = {}) =>
  makeTrigger(
    shell,
    name,
    { type: 'oss', bucket: 'files', events: ALL, prefix: 'topologies/', suffix: '', ...changes },
    record,
  );

const call = (input: OssInput) => shell.handle(ossRequest(CALLER, input));
const upload = (key: string, text = 'x', bucket = 'files') =>
  call({
    operation: 'PutObject',
    bucket,
    key,
    body: Buffer.from(text).toString('base64'),
    contentType: 'text/yaml',
    headers: {},
    metadata: {},
    forbidOverwrite: false,
    sourceIp: '192.0.2.7',
  });

const accepted = () =>
  shell.world.state.values<AsyncInvocationRecord>(ASYNC_INVOCATIONS).map(({ functionName, requestId, payload }) => ({
    functionName,
    requestId,
    event: JSON.parse(Buffer.from(payload, 'base64').toString()).events[0],
  }));
const started = () =>
  accepted().map(({ functionName, event }) => `${functionName} ${event.eventName} ${event.oss.object.key}`);
const unseen = () => shell.world.state.size(NOTIFICATIONS);

test("an upload is accepted with OSS's event, and the notification goes", async () => {
  watch('intake');
  start();
  upload('topologies/acme.yaml', 'version: 1');
  await atRest();
  const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/);
  expect(accepted()).toEqual([
    {
      functionName: 'intake',
      requestId,
      event: {
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
          ruleId: 'id-of-oss',
        },
        region: 'us-east-1',
        requestParameters: { sourceIPAddress: '192.0.2.7' },
        responseElements: { requestId },
        userIdentity: { principalId: '1234567890123456' },
      },
    },
  ]);
  expect(unseen()).toBe(0);
});

test.each<[object, string, boolean, string]>([
  [{}, 'topologies/a.yaml', true, 'below the prefix'],
  [{}, 'reports/a.yaml', false, 'outside it'],
  [{ suffix: '.yaml' }, 'topologies/a.yaml', true, 'with the suffix'],
  [{ suffix: '.yaml' }, 'topologies/a.json', false, 'without it'],
  [{ prefix: '' }, 'anything', true, 'an empty prefix is any'],
  [{ events: ['oss:ObjectCreated:PutObject'] }, 'topologies/a.yaml', true, 'the event itself'],
  [{ events: ['oss:ObjectCreated:CopyObject'] }, 'topologies/a.yaml', false, 'another event'],
  [{ events: ['oss:ObjectRemoved:DeleteObject'] }, 'topologies/a.yaml', false, 'removals only'],
  [{ bucket: 'others' }, 'topologies/a.yaml', false, 'another bucket'],
])('a trigger with %j on %s: %s (%s)', async (changes, key, starts) => {
  watch('intake', changes);
  start();
  upload(key);
  await atRest();
  expect([started().length === 1, unseen()]).toEqual([starts, 0]);
});

test('removals start the function too, one by one and many at once', async () => {
  start();
  for (const name of ['a', 'b', 'c']) upload(`topologies/${name}`);
  await atRest();
  watch('intake');
  const sourceIp = '192.0.2.7';
  call({ operation: 'DeleteObject', bucket: 'files', key: 'topologies/a', sourceIp });
  call({ operation: 'DeleteObjects', bucket: 'files', keys: ['topologies/b', 'topologies/c'], sourceIp });
  await atRest();
  expect(started()).toEqual([
    'intake ObjectRemoved:DeleteObject topologies/a',
    'intake ObjectRemoved:DeleteObjects topologies/b',
    'intake ObjectRemoved:DeleteObjects topologies/c',
  ]);
});

test('each trigger that watches has an event of its own', async () => {
  watch('intake', { suffix: '.yaml' });
  watch('archive', { prefix: '' });
  start();
  upload('topologies/a.yaml');
  upload('b');
  await atRest();
  expect(started().sort()).toEqual([
    'archive ObjectCreated:PutObject b',
    'archive ObjectCreated:PutObject topologies/a.yaml',
    'intake ObjectCreated:PutObject topologies/a.yaml',
  ]);
});

test('what was uploaded while nothing ran is delivered at the start', async () => {
  watch('intake');
  upload('topologies/a.yaml');
  start();
  expect(started()).toHaveLength(1);
});

test.each([
  ['may invoke it', () => makeRole(shell, 'notifier', 'oss.aliyuncs.com'), 1, []],
  [
    'may not',
    () => makeRole(shell, 'notifier', 'oss.aliyuncs.com', ''),
    0,
    [expect.stringContaining("not authorized to perform 'fc:InvokeFunction'")],
  ],
  [
    'does not trust OSS',
    () => makeRole(shell, 'notifier', 'fc.aliyuncs.com'),
    0,
    [expect.stringContaining('does not trust')],
  ],
  ['is gone', () => roleArn('gone'), 0, [expect.stringContaining('does not exist')]],
])('by a role that %s', async (_, role, events, said) => {
  watch('intake', {}, { invocationRole: role() });
  start();
  upload('topologies/a.yaml');
  await atRest();
  expect([started().length, unseen()]).toEqual([events, 0]);
  expect(lines).toEqual(said);
});
