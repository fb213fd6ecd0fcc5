import { minutes } from '../../../shared/clock';
import type { Crash, CrashPoint } from '../../../shared/engine/crash-points';
import type { ResourceRecord } from '../../../shared/engine/record';
import { sweep } from '../../../shared/engine/sweep';
import { takeRemoval } from '../../../shared/engine/take-file';
import { orderObject, orderReportObject, takeOrder } from '../../../shared/engine/take-order';
import { TrunklineError } from '../../../shared/errors';
import type { JsonObject } from '../../../shared/json';
import type { VpnConnection } from '../../../shared/plan/desired';
import { vpnConnection } from '../../../shared/resources/vpn-connection';
import { things } from '../../edits/things';
import { builtClouds } from '../../in-process/built-clouds';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const materials = readMaterials('examples');
const FILES = { 'global-network': materials.global, 'global-network-basic': materials.basic } as const;
const NAME = 'global-network';

const clouds = builtClouds(materials.account);

const depsOf = ({ runs, queue, objects, inProcess }: VirtualCloud, crash: Crash = () => undefined) => ({
  runs,
  queue,
  objects,
  clock: inProcess.clock,
  crash,
  newIncarnation: () => 'none',
  takeHeld: async () => 'gone' as const,
  compareAccount: async () => [],
  repairDrift: () => Promise.reject(new Error('nobody ordered a repair')),
});

async function build(cloud: VirtualCloud, text: string, most?: number) {
  const reply = await cloud.submit(text);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  return cloud.runToEnd(reply.run, most);
}

let orders = 0;

async function order(cloud: VirtualCloud, network: string, base?: number, crash?: Crash): Promise<string> {
  const seen = base ?? (await cloud.runs.readNetwork(network))?.latest ?? 1;
  const id = String(++orders).padStart(32, '0');
  const body = JSON.stringify({ format: 1, kind: 'destroy', network, base: seen });
  await cloud.objects.put(orderObject(id) as never, body, 'application/json');
  await takeOrder(depsOf(cloud, crash), id);
  return id;
}

const answerTo = (cloud: VirtualCloud, id: string) => JSON.parse(cloud.objects.text(orderReportObject(id)) ?? 'null');

/** Works until nothing is left to do, and expects the network to be down. */
async function expectDown(cloud: VirtualCloud, network: string, before: Record<string, number>): Promise<void> {
  const last = (await cloud.runs.readNetwork(network))!.lastRun!;
  await cloud.runToEnd(last);
  const row = (await cloud.runs.readNetwork(network))!;
  const tasks = await cloud.runs.readTasks(row.lastRun!);
  expect(tasks.filter(({ state }) => state !== 'done').map(({ id, failure }) => [id, failure])).toEqual([]);
  expect(row).toMatchObject({ activeRun: null, outcome: 'succeeded', live: row.latest });
  expect(things(cloud)).toEqual(before);
  expect(await cloud.runs.listOpen()).toEqual([]);
}

describe.each(Object.entries(FILES))('%s, taken down', (name, text) => {
  test('leaves the account as it was before, and can be built again', async () => {
    const before = things(await clouds.empty());
    const { cloud } = await clouds.built(text);
    const built = things(cloud);
    await order(cloud, name);
    await expectDown(cloud, name, before);
    const { run } = await build(cloud, text);
    expect([run.outcome, run.revision]).toEqual(['succeeded', 3]);
    expect(things(cloud)).toEqual(built);
  });

  test.each([0, 20, 50, 80])('after %i of a hundred messages of its run, as well', async (percent) => {
    const before = things(await clouds.empty());
    const { messages } = await clouds.built(text);
    const { cloud } = await clouds.built(text, Math.floor((messages * percent) / 100));
    await order(cloud, name);
    await expectDown(cloud, name, before);
  });
});

test.each([30, 60])('built a second time, and taken down after %i of a hundred messages of that', async (percent) => {
  const before = things(await clouds.empty());
  const { cloud, messages } = await clouds.built(materials.global);
  await order(cloud, NAME);
  await expectDown(cloud, NAME, before);
  await build(cloud, materials.global, Math.floor((messages * percent) / 100));
  await order(cloud, NAME);
  await expectDown(cloud, NAME, before);
});

describe('a revision that wants less', () => {
  const more = materials.global.replace(
    '  office-4:',
    '  office-5: {address: 203.0.113.15, cidrs: [10.10.50.0/24], vpc: virginia, country: US}\n  office-4:',
  );

  test('takes an office away with all that was its own, changes no other, and it can come back', async () => {
    const { cloud } = await clouds.built(materials.global);
    const without = things(cloud);
    await build(cloud, more);
    const withOffice = things(cloud);
    const from = cloud.asked.length;
    const { run } = await build(cloud, materials.global);
    expect(run.outcome).toBe('succeeded');
    expect(things(cloud)).toEqual(without);
    const written = cloud.asked.slice(from).filter(({ action }) => !/^(Describe|List|Get|Check)/.test(action));
    expect(written.map(({ action }) => action).sort()).toEqual([
      'DeleteCustomerGateway',
      'DeleteSecret',
      'DeleteVpnConnection',
      'DeleteVpnRouteEntry',
      'RevokeSecurityGroup',
      'RevokeSecurityGroup',
      'WithdrawPublishedRouteEntries',
    ]);
    expect((await build(cloud, more)).run.outcome).toBe('succeeded');
    expect(things(cloud)).toEqual(withOffice);
  });
});

test('what somebody removed by hand, and all that was in it, counts as removed', async () => {
  const before = things(await clouds.empty());
  const { cloud } = await clouds.built(materials.global);
  const record = await recordsOf(cloud);
  const remove = (action: string, parameters: Record<string, string>) =>
    cloud.cloud.call({ service: 'vpc', region: 'us-east-1', action, parameters });
  const [first, second] = ['office-1', 'office-2'].map((office) => record(`vpn-connection/${office}`).cloudId ?? '');
  for (const [connection, RouteDest] of [
    [first, '10.10.10.0/24'],
    [second, '10.10.20.0/24'],
  ] as const) {
    const VpnGatewayId = record('vpn-gateway/virginia').cloudId ?? '';
    await remove('DeleteVpnRouteEntry', { VpnGatewayId, RouteDest, NextHop: connection ?? '', Weight: '100' });
    cloud.inProcess.clock.advance(minutes(5));
    cloud.inProcess.world.tick(cloud.inProcess.clock.now());
    await remove('DeleteVpnConnection', { VpnConnectionId: connection ?? '' });
    cloud.inProcess.clock.advance(minutes(5));
    cloud.inProcess.world.tick(cloud.inProcess.clock.now());
  }
  await remove('DeleteVpnGateway', { VpnGatewayId: record('vpn-gateway/virginia').cloudId ?? '' });
  cloud.inProcess.clock.advance(minutes(30));
  cloud.inProcess.world.tick(cloud.inProcess.clock.now());
  await order(cloud, NAME);
  await expectDown(cloud, NAME, before);
});

describe('what is not its own', () => {
  test('a customer gateway that was there before stays, with its name', async () => {
    const cloud = await clouds.empty();
    const parameters = { IpAddress: '203.0.113.11', Name: 'by-hand' };
    await cloud.cloud.call({ service: 'vpc', region: 'us-east-1', action: 'CreateCustomerGateway', parameters });
    const before = things(cloud);
    await build(cloud, materials.global);
    await order(cloud, NAME);
    await expectDown(cloud, NAME, before);
  });

  test('a customer gateway that somebody else came to use stays, and the run says so', async () => {
    const { cloud } = await clouds.built(materials.global);
    const record = await recordsOf(cloud);
    const gateway = record('vpn-gateway/virginia');
    const call = { service: 'vpc', region: 'us-east-1', action: 'CreateVpnGateway' } as const;
    const parameters = { ...(gateway.parameters as Record<string, string>), Name: 'by-hand' };
    const { VpnGatewayId } = (await cloud.cloud.call({ ...call, parameters })) as { VpnGatewayId: string };
    cloud.inProcess.clock.advance(minutes(30));
    cloud.inProcess.world.tick(cloud.inProcess.clock.now());
    const connection = record('vpn-connection/office-1');
    const made = connection.parameters as { request: JsonObject };
    await vpnConnection.create({
      desired: connection.desired as VpnConnection,
      parameters: { ...made, request: { ...made.request, VpnGatewayId, Name: 'by-hand' } },
      token: 'by-hand',
      cloud: cloud.cloud,
    });
    await order(cloud, NAME);
    await cloud.runToEnd((await cloud.runs.readNetwork(NAME))!.lastRun!);
    const row = (await cloud.runs.readNetwork(NAME))!;
    expect(row).toMatchObject({ outcome: 'succeeded' });
    const events = await cloud.runs.readEvents(row.lastRun!);
    const said = events.filter(({ what }) => what.endsWith('uses it')).map(({ task }) => task);
    expect(said).toEqual(['customer-gateway/us-east-1/203.0.113.11']);
    expect(things(cloud)).toMatchObject({
      'vpc.vpn-gateways': 1,
      'vpc.customer-gateways': 1,
      'vpc.vpn-connections': 1,
    });
  });
});

async function recordsOf(cloud: VirtualCloud): Promise<(id: string) => ResourceRecord> {
  const { incarnation } = (await cloud.runs.readNetwork(NAME))!;
  const records = await cloud.runs.allRecords({ network: NAME, incarnation });
  return (id) => records.find((record) => record.id === id)!;
}

describe('an order', () => {
  const points: readonly CrashPoint[] = ['revision/object-stored', 'revision/network-moved', 'order/taken'];

  test.each(points)('whose intake dies at %s is carried out once by whoever takes it again', async (point) => {
    const before = things(await clouds.empty());
    const { cloud } = await clouds.built(materials.global);
    const died = order(cloud, NAME, 1, (here) => {
      if (here === point) throw new Error('died');
    });
    await expect(died).rejects.toThrow('died');
    const id = String(orders).padStart(32, '0');
    expect(answerTo(cloud, id)).toBeNull();
    await takeOrder(depsOf(cloud), id);
    expect(answerTo(cloud, id)).toMatchObject({ network: NAME, revision: 2 });
    await expectDown(cloud, NAME, before);
    // Its message once more, after the network was built again: it was for what stood then.
    await build(cloud, materials.global);
    expect(await takeOrder(depsOf(cloud), id)).toBe('answered');
  });

  test.each([
    ['an order for what never was is refused', 'nobody', 1, 'network-unknown'],
    ['an order for what is no longer there is refused', NAME, 7, 'order-stale'],
  ])('%s, and nothing is touched', async (_what, network, base, code) => {
    const { cloud } = await clouds.built(materials.global);
    const from = cloud.asked.length;
    const id = await order(cloud, network, base);
    expect(answerTo(cloud, id)).toMatchObject({ outcome: 'refused', problems: [{ code }] });
    expect(cloud.asked.length).toBe(from);
  });

  test('once more for a network that is down changes nothing', async () => {
    const { cloud } = await clouds.built(materials.global);
    await order(cloud, NAME);
    await cloud.runToEnd((await cloud.runs.readNetwork(NAME))!.lastRun!);
    const id = await order(cloud, NAME);
    expect(answerTo(cloud, id)).toMatchObject({ outcome: 'unchanged', revision: 2 });
  });

  test('that nobody stored is not taken', async () => {
    expect(await takeOrder(depsOf(await clouds.empty()), ''.padStart(32, 'f'))).toBe('gone');
  });
});

describe('a file that leaves the bucket', () => {
  const destroying = `${materials.global}\nonRemoval: destroy\n`;

  test.each([
    ['takes its network down where it says so', destroying, 'accepted', 0],
    ['leaves its network, and says so', materials.global, 'unchanged', 2],
  ])('%s', async (_what, text, reply, gateways) => {
    const { cloud } = await clouds.built(text);
    const deps = depsOf(cloud);
    expect(await takeRemoval(deps, 'topologies/a.yaml')).toBe(reply);
    await cloud.runToEnd((await cloud.runs.readNetwork(NAME))!.lastRun!);
    expect(things(cloud)['vpc.vpn-gateways'] ?? 0).toBe(gateways);
    expect(await takeRemoval(deps, 'topologies/other.yaml')).toBe('nothing-there');
  });
});

describe('a place', () => {
  const renamed = materials.global.replace('name: global-network', 'name: other-network');

  test('belongs to its network while anything may stand there, and to the next one when it is down', async () => {
    const { cloud } = await clouds.built(materials.global);
    expect(await cloud.submit(renamed)).toMatchObject({ kind: 'refused', problems: [{ code: 'place-taken' }] });
    await order(cloud, NAME);
    expect(await cloud.submit(renamed)).toMatchObject({ kind: 'refused', problems: [{ code: 'place-taken' }] });
    await cloud.runToEnd((await cloud.runs.readNetwork(NAME))!.lastRun!);
    expect((await build(cloud, renamed)).run.outcome).toBe('succeeded');
    expect(await cloud.submit(materials.global)).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'place-taken' }],
    });
  });
});

describe('a removal that dies', () => {
  test.each(['task/removal-marked', 'task/removed', 'task/removal-recorded'] as const)(
    'at %s goes on, and removes nothing twice',
    async (at) => {
      let left = 0;
      const before = things(await clouds.empty());
      const { cloud } = await clouds.built(materials.global, undefined, (point) => {
        if (point === at && left-- > 0) throw new TrunklineError('StoreUnavailable', 'died');
      });
      left = 3;
      await order(cloud, NAME);
      const run = (await cloud.runs.readNetwork(NAME))!.lastRun!;
      for (let deaths = 0; deaths < 3; deaths += 1) await expect(cloud.runToEnd(run)).rejects.toThrow('died');
      // Nobody sends their messages again here but the sweep.
      for (let round = 0; round < 4; round += 1) {
        cloud.inProcess.clock.advance(minutes(10));
        await sweep(depsOf(cloud));
        await cloud.runToEnd(run);
      }
      await expectDown(cloud, NAME, before);
    },
  );
});
