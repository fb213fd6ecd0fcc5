import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import OSS from 'ali-oss';
import { accountFor, lonelyNetwork } from '../../bench/topologies';
import { reportObject } from '../../shared/engine/publish-report';
import type { NetworkRow } from '../../shared/engine/run';
import { chanceOf } from '../simulation/chance';
import { type LocalCloudProcess, startProcess } from './local-cloud-process';

/** So many networks at once, each of one VPC and one office, over HTTP, with the official SDKs. */
const MOST = 200;
const NETWORKS = Number(process.env.TRUNKLINE_LOAD ?? MOST);
/** Slow enough that what waits in queues on two cores stays within the cloud's half hours. */
const SPEED = 4;
const CLOUD_KILLS = 3;
const PATIENCE_MS = 25 * 60_000;
const LOOK_MS = 2_000;

jest.setTimeout(PATIENCE_MS + 120_000);

test(`${NETWORKS} networks at once, functions and local cloud killed: nothing is lost, nothing is double`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-load-'));
  const account = join(folder, 'account.json');
  writeFileSync(account, JSON.stringify(accountFor({ vpcs: NETWORKS, offices: NETWORKS })));
  const chance = chanceOf('load');
  let cloud = await startProcess({ folder, account, port: 0, speed: SPEED });
  const port = Number(new URL(cloud.document.endpoint).port);
  const started = performance.now();
  const elapsed = (): number => Math.round((performance.now() - started) / 1_000);
  let functionsKilled = 0;
  let cloudKills = 0;
  try {
    await uploadAll(cloud);
    const uploaded = elapsed();
    for (;;) {
      await sleep(LOOK_MS);
      const rows = await cloud.connection.runs.listNetworks();
      const ended = rows.filter(isOver).length;
      if (ended === NETWORKS) break;
      if (performance.now() - started > PATIENCE_MS) throw new Error(`${ended} of ${rows.length} networks ended`);
      // Each death keeps its task for a lease, two minutes of ours: fewer networks are killed less often.
      if (chance.happens(NETWORKS / MOST)) functionsKilled += cloud.killFunctions(chance.between(0, 2), chance.unit);
      if (cloudKills < CLOUD_KILLS && ended >= (NETWORKS * cloudKills) / CLOUD_KILLS) {
        await cloud.kill();
        cloudKills += 1;
        cloud = await startProcess({ folder, account, port, speed: SPEED });
      }
    }
    const rows = await cloud.connection.runs.listNetworks();
    expect(await failures(cloud, rows)).toEqual([]);
    expect(rows).toHaveLength(NETWORKS);
    expect(await gatewaysByName(cloud)).toEqual(new Map(rows.map(({ name }) => [name, 1])));
    expect(cloudKills).toBe(CLOUD_KILLS);
    process.stderr.write(
      `${NETWORKS} networks in ${elapsed()} s, the uploads in ${uploaded} s; ` +
        `${functionsKilled} function processes and the local cloud ${cloudKills} times killed\n`,
    );
  } finally {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

const isOver = ({ activeRun, outcome }: NetworkRow): boolean => activeRun === null && outcome !== null;

async function uploadAll({ document }: LocalCloudProcess): Promise<void> {
  const oss = new OSS({
    region: `oss-${document.region}`,
    endpoint: document.endpoint,
    bucket: document.bucket,
    accessKeyId: document.accessKeyId,
    accessKeySecret: document.accessKeySecret,
  });
  for (let index = 0; index < NETWORKS; index += 1)
    await oss.put(`topologies/load-${index}.yaml`, Buffer.from(lonelyNetwork(index)));
}

/** Of the runs that did not succeed, why. */
async function failures({ connection }: LocalCloudProcess, rows: readonly NetworkRow[]): Promise<string[]> {
  const failed = rows.filter(({ outcome }) => outcome !== 'succeeded');
  return Promise.all(
    failed.map(async ({ name, lastRun }) => {
      const report = await connection.objects.get(reportObject(name, lastRun ?? ''));
      return `${lastRun}: ${report ? new TextDecoder().decode(report) : 'no report'}`;
    }),
  );
}

/** Read from the cloud, region by region and page by page: how many gateways bear each network's name. */
async function gatewaysByName({ connection }: LocalCloudProcess): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const region of new Set(accountFor({ vpcs: NETWORKS, offices: NETWORKS }).vpcs.map((vpc) => vpc.region)))
    for (let page = 1, more = true; more; page += 1) {
      const parameters = { PageNumber: page, PageSize: 50 };
      const answer = (await connection.cloud.call({
        service: 'vpc',
        region,
        action: 'DescribeVpnGateways',
        parameters,
      })) as { TotalCount: number; VpnGateways: { VpnGateway: { Name: string }[] } };
      for (const { Name } of answer.VpnGateways.VpnGateway) {
        const network = /^trunkline-(load-\d+)-/.exec(Name)?.[1] ?? Name;
        counts.set(network, (counts.get(network) ?? 0) + 1);
      }
      more = page * 50 < answer.TotalCount;
    }
  return new Map([...counts].sort());
}
