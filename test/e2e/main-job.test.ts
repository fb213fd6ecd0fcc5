import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recover } from '../../cli/commands/recover';
import { DOCUMENTS } from '../../cli/documents';
import { noteLocalCloud } from '../../cli/note-local-cloud';
import type { Run } from '../../shared/engine/run';
import { secretOf } from '../../shared/secret';
import { sign } from '../../shared/tickets/signature';
import { NOTHING_KEPT, restore } from '../in-process/table-backup';
import { askCommand, askEveryCommand, printed } from './ask-every-command';
import { breakOneThingAtATime } from './faults';
import { cloudCounts, DEPLOYMENT, example, type RunningCloud, startRunningCloud } from './running-cloud';

jest.setTimeout(180_000);

let running: RunningCloud;

beforeAll(async () => {
  running = await startRunningCloud();
});

afterAll(() => running?.stop());

/** The cloud's writes are those that change its counts; reads of a report do not. */
const expectProven = async (run: Run) => {
  expect(run.outcome).toBe('succeeded');
  const report = await running.report(run);
  expect(report.failures).toEqual([]);
  expect(report.proof?.sitePairs).toEqual({ total: 30, reachable: 30, assumed: 0 });
  expect(report.proof?.applications.reachable).toBe(report.proof?.applications.total);
  expect(report.proof?.applications.total).toBeGreaterThan(0);
};

let run: Run;

describe('the example, uploaded to the bucket', () => {
  test('becomes a network in which 30 of 30 site pairs and every application port are proven reachable', async () => {
    const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
    expect(answer).toMatchObject({ outcome: 'accepted', network: 'global-network', revision: 1 });
    run = await running.ended(answer.run ?? '');
    await expectProven(run);
    expect(cloudCounts(running.cloud)).toMatchObject({
      'vpc.vpn-gateways': 2,
      'vpc.customer-gateways': 4,
      'vpc.vpn-connections': 4,
      'vpc.vpn-route-entries': 4,
      'cbn.transit-routers': 2,
      'cbn.vpc-attachments': 2,
      'cbn.peer-attachments': 1,
      'cbn.published-routes': 4,
    });
  });

  test('uploaded again makes no cloud change', async () => {
    const before = cloudCounts(running.cloud);
    const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
    expect(answer).toMatchObject({ outcome: 'unchanged', revision: 1, run: run.id });
    expect(cloudCounts(running.cloud)).toEqual(before);
  });

  test('is told by every command, in the document of its contract', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trunkline-commands-'));
    const forget = await noteLocalCloud(folder, running.cloud.document);
    const file = join(process.cwd(), 'examples', 'global-network.yaml');
    const documents = await askEveryCommand(folder, 'global-network', file);
    expect(documents.watch).toMatchObject({
      run: run.id,
      outcome: 'succeeded',
      proof: { tests: { total: 4, hold: 4 } },
    });
    expect(documents.apply).toMatchObject({ run: run.id, outcome: 'unchanged', revision: 1 });
    expect(documents.prove).toMatchObject({ ok: true, summary: { sitePairs: { total: 30, reachable: 30 } } });
    expect(documents.plan).toMatchObject({
      revision: 2,
      base: 1,
      summary: { create: 0, keep: 38 },
      pairs: { gained: { total: 0 }, lost: { total: 0 }, moved: { total: 0 } },
    });
    expect(documents.audit).toMatchObject({ run: run.id, verified: true, findings: [] });
    // How often a task looks again hangs on the machine; each is made by one wake and seen by another one.
    expect(documents.audit.events.length).toBeGreaterThanOrEqual(2 * 38);
    expect(documents.recover.networks).toMatchObject([{ network: 'global-network', state: 'unchanged', unknown: [] }]);
    expect(documents.drift).toMatchObject({ network: 'global-network', looked: 38, findings: [], notSeen: [] });
    expect(documents.orphans).toMatchObject({ orphans: [] });
    expect(documents.status.networks).toContainEqual(
      expect.objectContaining({ network: 'global-network', live: 1, latest: 1, run: run.id, outcome: 'succeeded' }),
    );
    await forget();
    await rm(folder, { recursive: true });
  });

  test('broken, makes no cloud change and is answered with its problems', async () => {
    const before = cloudCounts(running.cloud);
    const broken = example('global-network').replace('10.10.20.0/24', '10.10.10.0/25');
    const answer = await running.upload('topologies/global-network.yaml', broken);
    expect(answer.outcome).toBe('refused');
    expect(answer.problems.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'overlapping-cidrs',
      line: 39,
      file: 'topologies/global-network.yaml',
    });
    expect(cloudCounts(running.cloud)).toEqual(before);
  });

  test('no pre-shared key appears in any table, message, log, report, output or process of the run', async () => {
    const { state } = running.cloud.shell.world;
    const keys = state
      .values<{ tunnels: { ike: { Psk: string } }[] }>('vpc.vpn-connections')
      .flatMap(({ tunnels }) => tunnels.map(({ ike }) => ike.Psk));
    expect(new Set(keys).size).toBe(4);
    expect(keys.every((key) => /^[A-Za-z0-9]{48}$/.test(key))).toBe(true);
    const places: string[] = [];
    for (const { collection, key, value } of state.snapshot()) {
      // The key's own places: the secret store, the VPN service, and what the services remember of the two calls.
      if (/^(kms\.|vpc\.vpn-connections|rpc\.client-tokens)/.test(collection)) continue;
      const text = readable(value);
      if (keys.some((psk) => text.includes(psk))) places.push(`${collection}/${key}`);
    }
    for (const name of running.cloud.runtime.pools.keys())
      if (running.cloud.runtime.logs(name).some((line) => keys.some((psk) => line.includes(psk))))
        places.push(`log of ${name}`);
    expect(printed.join('').length).toBeGreaterThan(100_000);
    if (keys.some((psk) => printed.join('').includes(psk))) places.push('the output of a command');
    const processes = childrenOf(process.pid);
    // Of the functions that ran, some still wait for their next invocation.
    expect(processes.length).toBeGreaterThan(process.platform === 'linux' ? 0 : -1);
    for (const { id, text } of processes)
      if (keys.some((psk) => text.includes(psk))) places.push(`arguments or environment of ${id}`);
    expect(places).toEqual([]);
  });
});

/** Arguments and environment of the processes that a process has started; none where the system does not show them. */
function childrenOf(parent: number): { id: string; text: string }[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .flatMap((id) => {
      const read = (name: string): string => readFileSync(join('/proc', id, name), 'latin1');
      try {
        const [, father] = /\) \S (\d+) /.exec(read('stat')) ?? [];
        return Number(father) === parent ? [{ id, text: read('cmdline') + read('environ') }] : [];
      } catch {
        // It has ended in between, or is somebody else's.
        return [];
      }
    });
}

/** Objects and messages are kept as base64. */
function readable(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([match]) =>
    Buffer.from(match, 'base64').toString('latin1'),
  );
  return text + decoded.join('\n');
}

describe('the topology posted by a ticket', () => {
  const second = () => example('second-network');
  const post = (body: string, changes: Record<string, string> = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const delivery = changes['x-trunkline-delivery'] ?? randomUUID();
    const signature = sign(secretOf('local-service-desk-key-0001'), { timestamp, delivery, body: Buffer.from(body) });
    return fetch(running.cloud.document.webhookUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-trunkline-system': 'service-desk',
        'x-trunkline-timestamp': timestamp,
        'x-trunkline-delivery': delivery,
        'x-trunkline-signature': signature,
        ...changes,
      },
    });
  };

  test('is answered with 202 and leads to the proven network; the same delivery gets the same answer', async () => {
    const body = JSON.stringify({ topology: second(), ticket: 'CHG0030192' });
    const delivery = randomUUID();
    const answer = await post(body, { 'x-trunkline-delivery': delivery });
    expect(answer.status).toBe(202);
    const { submission, statusUrl } = (await answer.json()) as { submission: string; statusUrl: string };
    const again = await post(body, { 'x-trunkline-delivery': delivery });
    expect([again.status, await again.json()]).toEqual([202, { submission, statusUrl }]);
    const reused = await post(JSON.stringify({ topology: `${second()}\n`, ticket: 'CHG0030192' }), {
      'x-trunkline-delivery': delivery,
    });
    expect(reused.status).toBe(409);
    const final = await settled(statusUrl);
    expect(final).toMatchObject({ submission, ticket: 'CHG0030192', state: 'succeeded', revision: 1 });
  });

  test('that is wrong is answered with its problems, unsigned or late with 401 and 408', async () => {
    const broken = await post(JSON.stringify({ topology: 'version: 1\nname: x\n' }));
    expect([broken.status, ((await broken.json()) as { error: string }).error]).toEqual([422, 'topology-refused']);
    const body = JSON.stringify({ topology: second() });
    expect((await post(body, { 'x-trunkline-signature': 'v1=00' })).status).toBe(401);
    const old = String(Math.floor(Date.now() / 1_000) - 400);
    const late = createHmac('sha256', 'local-service-desk-key-0001').update(`${old}.late.`).update(body).digest('hex');
    const answer = await post(body, {
      'x-trunkline-timestamp': old,
      'x-trunkline-delivery': 'late',
      'x-trunkline-signature': `v1=${late}`,
    });
    expect(answer.status).toBe(408);
  });
});

async function settled(statusUrl: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 600; tries += 1) {
    const status = (await (await fetch(statusUrl)).json()) as Record<string, unknown>;
    if (status.final === true) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the submission never settled');
}

test('tables lost altogether are rebuilt by `trunkline recover`, and nothing is made twice', async () => {
  const before = cloudCounts(running.cloud);
  await restore(running.connection.tables.client, DEPLOYMENT, NOTHING_KEPT);
  const refused = await running.upload('topologies/global-network.yaml', example('global-network'));
  expect(refused).toMatchObject({ outcome: 'refused', problems: [{ code: 'records-behind' }] });
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-recover-'));
  const forget = await noteLocalCloud(folder, running.cloud.document);
  const document = DOCUMENTS.recover.parse(await askCommand(folder, recover, ''));
  expect(document.networks).toMatchObject([
    { network: 'global-network', state: 'recovered', outcome: 'succeeded', left: 0, live: 1 },
    { network: 'second-network', state: 'recovered', outcome: 'succeeded', left: 0, live: 1 },
  ]);
  const answer = await running.upload('topologies/global-network.yaml', example('global-network'));
  expect(answer).toMatchObject({ outcome: 'unchanged', revision: 1 });
  expect(cloudCounts(running.cloud)).toEqual(before);
  run = await running.ended(document.networks[0]?.run ?? '');
  await expectProven(run);
  await forget();
  await rm(folder, { recursive: true });
});

// Last: it takes the network apart.
describe('each route, flag and rule deleted or flipped, one at a time', () => {
  breakOneThingAtATime(() => ({ running, run }));
});
