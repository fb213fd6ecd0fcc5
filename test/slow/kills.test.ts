import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudCounts, example, type RunningCloud, startRunningCloud } from '../e2e/running-cloud';

jest.setTimeout(300_000);

/** Short leases: a dead holder's claim must expire 20 times within the test. */
const FAST = { TRUNKLINE_TIMEOUT_SECONDS: '4', TRUNKLINE_SOCKET_TIMEOUT_SECONDS: '2' };
/** Twenty kills take a minute of ours: at 60 that is beyond the deadline after which a task whose holders die is failed. */
const SPEED = 20;
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

interface KillPlan {
  /** Not hit yet: the collection, and whose create it is. */
  creates: Map<string, string>;
  /** When it was killed. */
  moments: string[];
}

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
  const start = (deployed = true) =>
    startRunningCloud({ dataFolder, speed: SPEED, platformEnvironment: FAST, deployed });
  let running: RunningCloud = await start(false);
  const plan: KillPlan = { creates: new Map(CREATES.map(([step, collection]) => [collection, step])), moments: [] };
  let anywhere = KILLS - CREATES.length;
  try {
    const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
    while (anywhere > 0 || plan.creates.size > 0) {
      await kill(running, anywhere > 0 ? 20 + Math.floor(draw() * 40) : null, plan);
      anywhere = KILLS - CREATES.length - plan.moments.filter((moment) => moment.startsWith('after')).length;
      await running.stop();
      running = await start();
    }
    const run = await running.ended(answer.run ?? '');
    expect(plan.moments.filter((moment) => moment.startsWith('create'))).toHaveLength(CREATES.length);
    expect(plan.moments.length).toBeGreaterThanOrEqual(KILLS);
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

/**
 * Kills once after a drawn number of changes of the world (a row, a message, a resource), never by the wall clock, so
 * that a fast machine is killed as often as a slow one; and whenever one of the creates that were not hit yet is done
 * in the world, also while the first kill is still being cleared away. Answers when the first kill is done.
 */
function kill(running: RunningCloud, changes: number | null, plan: KillPlan): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    running.cloud.shell.subscribe((collections) => {
      seen += 1;
      const hit = [...plan.creates.keys()].find((collection) => collections.has(collection));
      if (hit === undefined && seen !== changes) return;
      // The world has done it; the answer is not sent before this returns.
      running.cloud.runtime.killAll();
      plan.moments.push(hit === undefined ? `after ${changes} changes` : `create of ${plan.creates.get(hit)}`);
      if (hit !== undefined) plan.creates.delete(hit);
      resolve();
    });
  });
}
