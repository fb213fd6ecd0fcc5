// The local cloud: how long it takes to start with everything deployed, how long a function takes cold and warm, and how
// many requests a second it answers, a service at a time, over HTTP with the official SDKs, eight requests under way.

import { join } from 'node:path';
import OSS from 'ali-oss';
import { connectTo, targetOfLocal } from '../cli/connection';
import { fillLocalCloud, hostFile } from '../cli/fill-local-cloud';
import { startLocalCloud } from '../local/runtime/local-cloud';
import { seconds, systemClock } from '../shared/clock';
import { smqClient } from '../shared/queue/smq-client';
import { revealed } from '../shared/secret';
import { accountFor } from './topologies';

const WORKERS = 8;
const MEASURE_MS = 3_000;
const WARM = 200;

async function main(): Promise<void> {
  const started = performance.now();
  const clock = systemClock();
  const cloud = await startLocalCloud({
    account: { ...accountFor({ vpcs: 2, offices: 4 }) },
    port: 0,
    speed: 60,
    dataFolder: null,
    caFolder: join(__dirname, '..', 'test-ca'),
    hostFile: hostFile(),
    deployment: 'bench',
    bucket: 'bench-bucket',
    tablestoreInstance: 'bench',
    bootstrap: (document) => fillLocalCloud(document, 'bench', clock),
    log: () => undefined,
  });
  const startMs = Math.round(performance.now() - started);
  const { coldMs, warmMs } = await invocations(`${cloud.document.webhookUrl}/none`);
  const target = targetOfLocal(cloud.document, 'bench');
  const { cloud: rpc, tables } = connectTo(target, clock);
  const { accountId, region, endpoint, credentials } = target;
  const pause = async () => undefined;
  const queues = smqClient({ accountId, region, endpoint, credentials, timeout: seconds(10), pause });
  const oss = new OSS({
    region: `oss-${region}`,
    endpoint: endpoint ?? '',
    bucket: 'bench-bucket',
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: revealed(credentials.accessKeySecret),
  });
  const body = Buffer.alloc(4_096, 'x');
  let at = 0;
  const cases: [string, () => Promise<unknown>][] = [
    ['vpc DescribeVpcs', () => rpc.call({ service: 'vpc', region, action: 'DescribeVpcs', parameters: {} })],
    [
      'cbn DescribeCenBandwidthPackages',
      () => rpc.call({ service: 'cbn', region: null, action: 'DescribeCenBandwidthPackages', parameters: {} }),
    ],
    [
      'tablestore put',
      () =>
        tables.client.put(
          tables.name('places'),
          [
            ['hash', String(at++)],
            ['place', 'p'],
          ],
          { a: 'b' },
          { row: 'ignore' },
        ),
    ],
    [
      'tablestore get',
      () =>
        tables.client.get(tables.name('places'), [
          ['hash', '1'],
          ['place', 'p'],
        ]),
    ],
    ['smq send', () => queues.send('bench-callback', 'e30=', 600)],
    ['oss put 4 kB', () => oss.put(`bench/${at++}`, body)],
    ['oss get 4 kB', () => oss.get('bench/1')],
  ];
  await oss.put('bench/1', body);
  const rows: Record<string, string | number>[] = [];
  for (const [name, call] of cases) rows.push({ request: name, 'per second': await throughput(call) });
  console.log(`started in ${startMs} ms; webhook answers cold in ${coldMs} ms, warm in ${warmMs} ms`);
  console.table(rows);
  await cloud.stop();
  process.exit(0);
}

/** A path that the function answers without a look at any service; of the warm ones the median. */
async function invocations(url: string): Promise<{ coldMs: number; warmMs: number }> {
  const took: number[] = [];
  for (let count = 0; count <= WARM; count += 1) {
    const began = performance.now();
    await (await fetch(url)).text();
    took.push(performance.now() - began);
  }
  const [coldMs = 0, ...warm] = took.map((each) => Math.round(each * 10) / 10);
  return { coldMs, warmMs: warm.sort((a, b) => a - b)[WARM / 2] ?? 0 };
}

async function throughput(call: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + MEASURE_MS;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await call();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return Math.round(done / (MEASURE_MS / 1_000));
}

void main();
