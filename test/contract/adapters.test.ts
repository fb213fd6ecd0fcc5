/** One suite a port, run on the adapter over the wire and on the one straight over the world: they must not differ. */

import { setTimeout as timer } from 'node:timers/promises';
import { type OssOutput, ossRequest } from '../../local/world/oss/operations';
import { bucketAdmin } from '../../shared/alicloud/oss-bucket';
import { ossObjects } from '../../shared/alicloud/oss-objects';
import { type DurationMs, epochMs, minutes, seconds } from '../../shared/clock';
import type { Listing, Objects } from '../../shared/engine/objects';
import type { QueueClient } from '../../shared/queue/queue-client';
import { smqClient } from '../../shared/queue/smq-client';
import { secretOf } from '../../shared/secret';
import type { PrimaryKey, TableClient } from '../../shared/store/table-client';
import { tablestoreClient } from '../../shared/store/tablestore-client';
import { inProcessWorld } from '../in-process/in-process-world';
import { memoryObjects } from '../in-process/memory-objects';
import { worldQueues } from '../in-process/world-queues';
import { worldTables } from '../in-process/world-tables';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from './local-wire';

let wire: LocalWire;
const credentials = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: secretOf(ACCESS_KEY_SECRET), securityToken: null };
const pause = (delay: DurationMs) => timer(delay).then(() => undefined);
const timeout = seconds(5);

beforeAll(async () => {
  wire = await startLocalWire();
});
afterAll(() => wire.close());

const key = (a: string, n: number): PrimaryKey => [
  ['hash', a],
  ['n', n],
];

const tableClients: [string, () => TableClient][] = [
  [
    'over the wire, by the official SDK',
    () => tablestoreClient({ endpoint: wire.endpoint, instance: 'trunkline', credentials, timeout, pause }),
  ],
  [
    'straight over the world',
    () => {
      const inProcess = inProcessWorld();
      const client = worldTables(inProcess);
      const ensureTable: TableClient['ensureTable'] = async (schema) => {
        await client.ensureTable(schema);
        inProcess.clock.advance(minutes(1));
      };
      return { ...client, ensureTable };
    },
  ],
];

describe.each(tableClients)('TableClient %s', (_name, make) => {
  const table = 'adapter_rows';
  let client: TableClient;

  beforeAll(async () => {
    client = make();
    await client.ensureTable({
      name: table,
      key: [
        ['hash', 'string'],
        ['n', 'integer'],
      ],
      timeToLive: -1,
    });
    wire.advance(minutes(1));
  });

  test('a row that is not there is null; one that is keeps text, integers and booleans', async () => {
    expect(await client.get(table, key('a', 1))).toBeNull();
    const columns = { text: 'ä"<&>', count: 9_007_199_254_740, flag: false };
    expect(await client.put(table, key('a', 1), columns, { row: 'expect-absent' })).toBe(true);
    expect(await client.get(table, key('a', 1))).toEqual(columns);
  });

  test('refused conditions are answers: absence, existence, equal columns, a missing column', async () => {
    await client.put(table, key('b', 1), { epoch: 1, owner: 'x' }, { row: 'ignore' });
    expect(await client.put(table, key('b', 1), { epoch: 2 }, { row: 'expect-absent' })).toBe(false);
    expect(await client.update(table, key('b', 2), { epoch: 2 }, { row: 'expect-exist' })).toBe(false);
    expect(
      await client.update(table, key('b', 1), { epoch: 2 }, { row: 'expect-exist', columns: { epoch: 1, owner: 'y' } }),
    ).toBe(false);
    expect(
      await client.update(table, key('b', 1), { epoch: 2 }, { row: 'expect-exist', columns: { missing: '' } }),
    ).toBe(false);
    expect(
      await client.update(table, key('b', 1), { epoch: 2 }, { row: 'expect-exist', columns: { epoch: 1, owner: 'x' } }),
    ).toBe(true);
    expect(await client.get(table, key('b', 1))).toEqual({ epoch: 2, owner: 'x' });
    expect(await client.delete(table, key('b', 1), { row: 'expect-exist', columns: { owner: 'z' } })).toBe(false);
    expect(await client.delete(table, key('b', 1), { row: 'expect-exist', columns: { owner: 'x' } })).toBe(true);
    expect(await client.get(table, key('b', 1))).toBeNull();
  });

  test('putAbsent leaves what is there as it is', async () => {
    await client.put(table, key('c', 1), { who: 'first' }, { row: 'ignore' });
    await client.putAbsent(
      table,
      [1, 2, 3].map((n) => ({ key: key('c', n), columns: { who: 'second' } })),
    );
    const rows = await client.batchGet(
      table,
      [1, 2, 3, 4].map((n) => key('c', n)),
    );
    expect(rows.map((row) => [row.key, row.columns.who])).toEqual([
      [key('c', 1), 'first'],
      [key('c', 2), 'second'],
      [key('c', 3), 'second'],
    ]);
  });

  test('a range is a prefix, in key order, over all pages', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => ({ key: key('d', 1_099 - n), columns: { value: n } }));
    for (let at = 0; at < many.length; at += 200) await client.putAbsent(table, many.slice(at, at + 200));
    const rows = await client.range(table, [['hash', 'd']]);
    expect(rows.map((row) => row.key[1]?.[1])).toEqual(Array.from({ length: 1_100 }, (_, n) => n));
    expect(await client.range(table, [['hash', 'nobody']])).toEqual([]);
  });

  test('making a table again changes nothing, and a table that is not there is an error with a code', async () => {
    const schema = {
      name: table,
      key: [
        ['hash', 'string'],
        ['n', 'integer'],
      ] as const,
      timeToLive: -1,
    };
    if (_name.startsWith('over')) await client.ensureTable(schema);
    await expect(client.get('nowhere', key('a', 1))).rejects.toMatchObject({ code: 'StoreUnavailable' });
  });
});

const queueClients: [string, () => QueueClient][] = [
  [
    'over the wire, by the official SDK',
    () => smqClient({ accountId: ACCOUNT_ID, region: REGION, endpoint: wire.endpoint, credentials, timeout, pause }),
  ],
  ['straight over the world', () => worldQueues(inProcessWorld())],
];

test.each(queueClients)(
  'QueueClient %s: a queue is made once, messages are taken, a missing queue is an error',
  async (_name, make) => {
    const client = make();
    const attributes = { visibilityTimeoutSeconds: 60, retentionSeconds: 3_600 };
    await client.ensure('adapter-queue', attributes);
    await client.ensure('adapter-queue', attributes);
    await client.send('adapter-queue', Buffer.from('{"a":"<&>"}').toString('base64'), 0);
    await client.send('adapter-queue', 'e30=', 600);
    await expect(client.send('adapter-nowhere', 'e30=', 0)).rejects.toThrow(/QueueNotExist|queue/i);
  },
);

const objectStores: [string, () => Promise<Objects & Listing>][] = [
  [
    'over the wire, by the official SDK',
    async () => {
      const options = { bucket: 'adapter-bucket', region: REGION, endpoint: wire.endpoint, credentials, timeout };
      await bucketAdmin(options).settle(null, 'trunkline');
      await bucketAdmin(options).settle(null, 'trunkline');
      return ossObjects(options);
    },
  ],
  ['in memory', async () => memoryObjects()],
];

test.each(objectStores)('Objects %s: what is put is got, what is not there is null', async (_name, make) => {
  const objects = await make();
  expect(await objects.get('reports/none.json')).toBeNull();
  await objects.put('reports/ä b/%41+.json', '{"ü":1}', 'application/json');
  expect(new TextDecoder().decode((await objects.get('reports/ä b/%41+.json')) ?? undefined)).toBe('{"ü":1}');
  await objects.put('reports/bytes', new Uint8Array([0, 255, 10]), 'application/octet-stream');
  expect([...((await objects.get('reports/bytes')) ?? [])]).toEqual([0, 255, 10]);
  await objects.put('reports/bytes', new Uint8Array([1]), 'application/octet-stream');
  expect([...((await objects.get('reports/bytes')) ?? [])]).toEqual([1]);
  expect(await objects.list('reports/')).toEqual(['reports/bytes', 'reports/ä b/%41+.json']);
  expect(await objects.list('nowhere/')).toEqual([]);
});

test('a listing goes on over all pages', async () => {
  const options = { bucket: 'adapter-pages', region: REGION, endpoint: wire.endpoint, credentials, timeout };
  await bucketAdmin(options).settle(null, 'trunkline');
  const objects = ossObjects(options);
  const keys = Array.from({ length: 1_003 }, (_, at) => `runs/${String(at).padStart(4, '0')}`);
  // Put straight into the world: a thousand requests take seconds, and the listing alone is asked for.
  const caller = { accountId: ACCOUNT_ID, accessKeyId: ACCESS_KEY_ID, roleArn: null };
  const object = { contentType: 'text/plain', headers: {}, metadata: {}, body: '', forbidOverwrite: false };
  for (const key of keys) {
    const put = { operation: 'PutObject', bucket: options.bucket, key, ...object, sourceIp: '127.0.0.1' } as const;
    const { output } = wire.world.handle(epochMs(0), ossRequest(caller, put)).response;
    expect((output as OssOutput).ok).toBe(true);
  }
  expect(await objects.list('runs/')).toEqual(keys);
});
