import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloudCounts, example, type RunningCloud, startRunningCloud } from '../e2e/running-cloud';

jest.setTimeout(900_000);

/** Short leases: a dead holder's claim must expire 20 times within the test. */
const FAST = { TRUNKLINE_TIMEOUT_SECONDS: '4', TRUNKLINE_SOCKET_TIMEOUT_SECONDS: '2' };
const SEED = 20_261_122;
const KILLS = 20;

/** What changes in the world the moment a step's create has been done and not yet answered. */
const CREATES = [
  ['gateway', 'vpc.vpn-gateways'],
  ['tunnel', 'vpc.vpn-connections'],
  ['cen', 'cbn.vpc-attachments'],
  ['routes', 'vpc.vpn-route-entries'],
  ['security-group', 'ecs.security-rules'],
] as const;

/** mulberry32: the same moments every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test(`the function runtime is killed ${KILLS} times in one run, once inside each step's create: nothing is made twice`, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'trunkline-kills-'));
  const draw = chance(SEED);
  const start = () => startRunningCloud({ dataFolder, speed: 60, functionEnvironment: FAST });
  let running: RunningCloud = await start();
  const moments: string[] = [];
  try {
    const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
    const pending = new Map<string, string>(CREATES.map(([step, collection]) => [collection, step]));
    for (let kill = 0; kill < KILLS; kill += 1) {
      moments.push(await killOnce(running, pending, draw));
      await running.stop();
      running = await start();
      if ((await running.connection.runs.readRun(answer.run as never))?.state === 'ended') break;
    }
    const run = await running.ended(answer.run ?? '');
    expect(moments.filter((moment) => moment.startsWith('create'))).toHaveLength(CREATES.length);
    expect(moments).toHaveLength(KILLS);
    expect(run.outcome).toBe('succeeded');
    expect((await running.report(run)).proof?.sitePairs).toEqual({ total: 30, reachable: 30, assumed: 0 });
    expect(cloudCounts(running.cloud)).toMatchObject({
      'vpc.vpn-gateways': 2,
      'vpc.customer-gateways': 4,
      'vpc.vpn-connections': 4,
      'vpc.vpn-route-entries': 4,
      'cbn.cens': 3,
      'cbn.transit-routers': 2,
      'cbn.vpc-attachments': 2,
      'cbn.peer-attachments': 1,
      'cbn.associations': 4,
      'cbn.propagations': 4,
      'cbn.published-routes': 4,
    });
  } finally {
    await running.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

/** At once when one of the creates that were not hit yet is done in the world; else at a seeded moment. */
async function killOnce(running: RunningCloud, pending: Map<string, string>, draw: () => number): Promise<string> {
  const patience = 300 + draw() * 4_000;
  const hit = new Promise<string>((resolve) => {
    running.cloud.shell.subscribe((collections) => {
      for (const collection of collections) {
        const step = pending.get(collection);
        if (step === undefined) continue;
        // The world has done it; the answer is not sent before this returns.
        running.cloud.runtime.killAll();
        pending.delete(collection);
        resolve(`create of ${step}`);
        return;
      }
    });
  });
  return Promise.race([
    hit,
    sleep(patience, undefined, { ref: false }).then(() => {
      running.cloud.runtime.killAll();
      return `after ${Math.round(patience)} ms`;
    }),
  ]);
}
