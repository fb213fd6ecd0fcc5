import { readNetwork } from '../../../shared/alicloud/read-network';
import { CRASH_POINTS, type CrashPoint } from '../../../shared/engine/crash-points';
import type { ResourceRecord } from '../../../shared/engine/record';
import type { NetworkRow } from '../../../shared/engine/run';
import { submitDestruction } from '../../../shared/engine/submit-destruction';
import { TrunklineError } from '../../../shared/errors';
import { prove } from '../../../shared/network/prove';
import { createPlan } from '../../../shared/plan/create-plan';
import type { Recovery } from '../../../shared/recovery/recover';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { builtClouds } from '../../in-process/built-clouds';
import { recoverIn } from '../../in-process/recovery-harness';
import { backUp, NOTHING_KEPT, restore } from '../../in-process/table-backup';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const materials = readMaterials('examples');
const FILES = { 'transit-router': materials.global, basic: materials.basic } as const;
const NAMES = { 'transit-router': 'global-network', basic: 'global-network-basic' } as const;

/** A fifth office: revision 2. */
const withOffice = (text: string): string =>
  text.replace(
    '  office-4:',
    '  office-5: {address: 203.0.113.15, cidrs: [10.10.50.0/24], vpc: virginia, country: US}\n  office-4:',
  );

const clouds = builtClouds(materials.account);

/** Works on so many messages, or until the run has ended; how many there were. */
async function build(cloud: VirtualCloud, text: string, most?: number): Promise<number> {
  const reply = await cloud.submit(text);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  return (await cloud.runToEnd(reply.run, most)).messages;
}

const lose = (cloud: VirtualCloud) => restore(cloud.tables.client, 'test', NOTHING_KEPT);
const backUpOf = (cloud: VirtualCloud) => backUp(cloud.tables.client, 'test');

const rowOf = async (cloud: VirtualCloud, network: string): Promise<NetworkRow> =>
  (await cloud.runs.readNetwork(network)) as NetworkRow;

/** What a later plan depends on. */
const essence = ({ id, cloudId, ownership, desiredHash }: ResourceRecord) => ({ id, cloudId, ownership, desiredHash });

async function recordsOf(cloud: VirtualCloud, network: string) {
  const records = await cloud.runs.allRecords(await keyOf(cloud, network));
  return records.map(essence).sort((one, other) => (one.id < other.id ? -1 : 1));
}

const keyOf = async (cloud: VirtualCloud, network: string) => {
  const { incarnation } = await rowOf(cloud, network);
  return { network, incarnation };
};

/** Everything that anybody pays for or that carries a packet, by kind. */
const things = ({ inProcess }: VirtualCloud): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { collection } of inProcess.world.state.snapshot())
    if (/^(vpc|cbn|kms|ecs)\./.test(collection)) counts[collection] = (counts[collection] ?? 0) + 1;
  return counts;
};

const writes = (cloud: VirtualCloud, from: number): string[] =>
  cloud.asked.slice(from).flatMap(({ action }) => (/^(Describe|List|Get|Check)/.test(action) ? [] : [action]));

/** Live, proven, and nothing left to do: uploading the same bytes starts nothing. */
async function expectWhole(cloud: VirtualCloud, network: string, text: string, revision: number): Promise<void> {
  const row = await rowOf(cloud, network);
  expect(row).toMatchObject({ latest: revision, live: revision, activeRun: null, outcome: 'succeeded' });
  const { topology } = parseTopology(new TextEncoder().encode(text), 'topology.yaml');
  const recorded = await cloud.runs.allRecords(await keyOf(cloud, network));
  const plan = createPlan({ topology: topology!, revision, base: row.live, recorded });
  expect(plan.tasks.filter(({ action }) => action !== 'keep')).toEqual([]);
  const model = await readNetwork({ topology: topology!, recorded, cloud: cloud.cloud });
  expect(prove(topology!, model).ok).toBe(true);
  expect(await cloud.submit(text)).toMatchObject({ kind: 'unchanged', revision });
  expect(await cloud.runs.listOpen()).toEqual([]);
}

const changed = (recovery: Recovery): string[] =>
  recovery.kind === 'unknown-network'
    ? []
    : recovery.survey.resources
        .filter(({ change }) => change !== 'unchanged')
        .map(({ id, change }) => `${change} ${id}`);

describe.each(['transit-router', 'basic'] as const)('tables lost altogether, %s', (edition) => {
  const text = FILES[edition];
  const name = NAMES[edition];

  test('after a run: every record comes back as it was, without a change to the cloud', async () => {
    const { cloud } = await clouds.built(text);
    const before = await recordsOf(cloud, name);
    await lose(cloud);
    expect(await cloud.submit(text)).toMatchObject({ kind: 'refused', problems: [{ code: 'records-behind' }] });
    expect(await cloud.runs.listNetworks()).toEqual([]);
    const from = cloud.asked.length;
    const recovery = await recoverIn(cloud, name);
    expect(recovery).toMatchObject({ kind: 'recovered', outcome: 'succeeded', left: 0, waits: [] });
    expect(writes(cloud, from)).toEqual([]);
    expect(await recordsOf(cloud, name)).toEqual(before);
    await expectWhole(cloud, name, text, 1);
    // Once more finds nothing to do.
    expect(await recoverIn(cloud, name)).toMatchObject({ kind: 'unchanged' });
  });

  test.each([10, 35, 60, 85])(
    'after %i of a hundred messages of a run: what stands is found, the rest is made, nothing twice',
    async (percent) => {
      const { cloud: whole, messages } = await clouds.built(text);
      const { cloud } = await clouds.built(text, Math.floor((messages * percent) / 100));
      await lose(cloud);
      const recovery = await recoverIn(cloud, name);
      expect(recovery.waits).toEqual([`calls of ${name}.00000001.1 may still be under way`]);
      expect(recovery).toMatchObject({ kind: 'recovered', outcome: 'failed' });
      const again = await cloud.submit(text);
      if (again.kind !== 'accepted' || !again.run) throw new Error(JSON.stringify(again));
      expect(again.run).toBe(`${name}.00000001.3`);
      await cloud.runToEnd(again.run);
      await expectWhole(cloud, name, text, 1);
      expect(things(cloud)).toEqual(things(whole));
    },
  );
});

test('a gateway that was made and whose id nobody recorded is found by its name, not made again', async () => {
  let made = 0;
  const cloud = await clouds.empty((point) => {
    if (point === 'task/created' && ++made === 3) throw new TrunklineError('StoreUnavailable', 'died');
  });
  await expect(build(cloud, materials.global)).rejects.toThrow('died');
  const standing = things(cloud);
  await lose(cloud);
  const recovery = await recoverIn(cloud, 'global-network');
  if (recovery.kind !== 'recovered') throw new Error(recovery.kind);
  const found = recovery.survey.resources.filter(({ cloudId }) => cloudId !== null);
  expect(found).toHaveLength(3);
  expect(found.every(({ ownership }) => ownership === 'ours')).toBe(true);
  expect(things(cloud)).toEqual(standing);
});

test('what was there before is borrowed again: the address that somebody else had noted stays his', async () => {
  const cloud = await clouds.empty();
  const parameters = { IpAddress: '203.0.113.11', Name: 'by-hand' };
  await cloud.cloud.call({ service: 'vpc', region: 'us-east-1', action: 'CreateCustomerGateway', parameters });
  await build(cloud, materials.global);
  const before = await recordsOf(cloud, 'global-network');
  expect(before.filter(({ ownership }) => ownership === 'borrowed')).toHaveLength(1);
  await lose(cloud);
  // Without the copy of the records it is told by its name.
  await cloud.objects.remove('runs/global-network/global-network.00000001.1/records.json');
  const recovery = await recoverIn(cloud, 'global-network');
  if (recovery.kind !== 'recovered') throw new Error(recovery.kind);
  expect(recovery.survey.resources.find(({ id }) => id === 'customer-gateway/us-east-1/203.0.113.11')).toMatchObject({
    ownership: 'borrowed',
    doubt: null,
  });
});

test("a copy that calls a stranger's thing ours is not believed, unless somebody vouches for it", async () => {
  const { cloud } = await clouds.built(materials.global);
  await lose(cloud);
  const parameters = { IpAddress: '203.0.113.99', Name: 'by-hand' };
  const made = await cloud.cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'CreateCustomerGateway',
    parameters,
  });
  const copy = 'runs/global-network/global-network.00000001.1/records.json';
  const id = 'customer-gateway/us-east-1/203.0.113.11';
  const { records, ...rest } = JSON.parse(cloud.objects.text(copy)!) as { records: ResourceRecord[] };
  const cloudId = (made as { CustomerGatewayId: string }).CustomerGatewayId;
  const forged = records.map((record) => (record.id === id ? { ...record, cloudId } : record));
  await cloud.objects.put(copy, JSON.stringify({ ...rest, records: forged }), 'application/json');
  for (const [vouched, ownership] of [
    [[], 'borrowed'],
    [[id], 'ours'],
  ] as const) {
    const look = await recoverIn(cloud, 'global-network', { dryRun: true, vouched: new Set<string>(vouched) });
    if (look.kind !== 'would-recover') throw new Error(look.kind);
    const resource = look.survey.resources.find((one) => one.id === id);
    expect(resource).toMatchObject({ cloudId, ownership });
    expect(resource?.doubt === null).toBe(ownership === 'ours');
  }
});

test('without any copy, what carries no mark is borrowed and said, or ours where somebody vouches for it', async () => {
  const { cloud } = await clouds.built(materials.global);
  const lost = await backUpOf(cloud);
  const doubtful = ['cen-route/', 'route-table-association/', 'route-table-propagation/', 'vpn-route/'];
  await cloud.objects.remove('runs/global-network/global-network.00000001.1/records.json');
  await lose(cloud);
  const look = await recoverIn(cloud, 'global-network', { dryRun: true });
  if (look.kind !== 'would-recover') throw new Error(look.kind);
  const inDoubt = look.survey.resources.filter(({ doubt }) => doubt !== null);
  expect([...new Set(inDoubt.map(({ id }) => id.slice(0, id.indexOf('/') + 1)))].sort()).toEqual(doubtful);
  expect(inDoubt.every(({ ownership }) => ownership === 'borrowed')).toBe(true);
  expect(look.survey.unknown).toEqual(expect.arrayContaining([expect.stringContaining('nothing tells who made')]));
  // A look writes nothing.
  expect(await cloud.runs.listNetworks()).toEqual([]);
  const vouched = new Set(inDoubt.map(({ id }) => id as string));
  await recoverIn(cloud, 'global-network', { vouched });
  const recovered = await recordsOf(cloud, 'global-network');
  await restore(cloud.tables.client, 'test', lost);
  expect(recovered).toEqual(await recordsOf(cloud, 'global-network'));
});

describe('tables restored to an earlier hour', () => {
  const name = 'global-network';
  const changedText = withOffice(materials.global);

  test('from before the second revision: live is the second again', async () => {
    const { cloud } = await clouds.built(materials.global);
    const earlier = await backUpOf(cloud);
    await build(cloud, changedText);
    const before = await recordsOf(cloud, name);
    await restore(cloud.tables.client, 'test', earlier);
    // Rows that know too little start nothing: the office would be made a second time.
    expect(await cloud.submit(changedText)).toMatchObject({ problems: [{ code: 'records-behind' }] });
    const recovery = await recoverIn(cloud, name);
    expect(recovery).toMatchObject({ kind: 'recovered', outcome: 'succeeded', left: 0 });
    expect(
      changed(recovery).every(
        (change) =>
          change.includes('office-5') ||
          change.includes('203.0.113.15') ||
          change.includes('10.10.50.0') ||
          change.includes('security-group'),
      ),
    ).toBe(true);
    expect(await recordsOf(cloud, name)).toEqual(before);
    await expectWhole(cloud, name, changedText, 2);
  });

  test.each([30, 70, 120])('from the middle of the first run, after %i messages', async (most) => {
    const middle = await clouds.built(materials.global, most);
    expect(middle.run.state).not.toBe('ended');
    const earlier = await backUpOf(middle.cloud);
    const { cloud } = await clouds.built(materials.global);
    const before = await recordsOf(cloud, name);
    await restore(cloud.tables.client, 'test', earlier);
    const from = cloud.asked.length;
    const recovery = await recoverIn(cloud, name);
    expect(recovery).toMatchObject({ kind: 'recovered', outcome: 'succeeded', left: 0 });
    expect(writes(cloud, from)).toEqual([]);
    expect(await recordsOf(cloud, name)).toEqual(before);
    await expectWhole(cloud, name, materials.global, 1);
  });

  test('a run at work is left alone, and ended where somebody says that it is none', async () => {
    const { cloud } = await clouds.built(materials.global, 60);
    const run = (await rowOf(cloud, name)).activeRun!;
    const standing = await backUpOf(cloud);
    const refused = await recoverIn(cloud, name);
    expect(refused).toMatchObject({ kind: 'refused', reason: `${run} is recorded as at work` });
    expect(await backUpOf(cloud)).toEqual(standing);
    expect(await recoverIn(cloud, name, { endRun: run })).toMatchObject({ kind: 'recovered', outcome: 'failed' });
    expect(await cloud.runs.readRun(run)).toMatchObject({ state: 'ended', outcome: 'failed' });
    // Its messages find it ended, and make nothing.
    const from = cloud.asked.length;
    await cloud.runToEnd(run);
    expect(writes(cloud, from)).toEqual([]);
    await build(cloud, materials.global);
    await expectWhole(cloud, name, materials.global, 1);
  });
});

describe('a recovery that dies', () => {
  const points = [
    'end/records-kept',
    'end/network-moved',
    'end/run-written',
    'end/outbox-written',
    'recovery/noted',
    'recovery/run-written',
    'recovery/network-taken',
    'recovery/stale-run-ended',
    'recovery/places-taken',
    'recovery/record-written',
    'recovery/published',
  ] as const satisfies CrashPoint[];

  test('has a name for each of its gaps', () => {
    expect(points).toEqual(Object.keys(CRASH_POINTS).filter((point) => /^(recovery|end)\//.test(point)));
  });

  test.each(points)('at %s, goes on and ends the same', async (point) => {
    const middle = await clouds.built(materials.global, 120);
    expect(middle.run.state).not.toBe('ended');
    const stale = await backUpOf(middle.cloud);
    const { cloud } = await clouds.built(materials.global);
    const before = await recordsOf(cloud, 'global-network');
    await restore(cloud.tables.client, 'test', stale);
    for (const nth of [1, 2]) {
      let passed = 0;
      const crash = (here: CrashPoint) => {
        if (here !== point) return;
        passed += 1;
        if (passed === nth) throw new Error('died');
      };
      await recoverIn(cloud, 'global-network', { crash }).then(
        () => undefined,
        (error: Error) => expect(error.message).toBe('died'),
      );
      expect(passed).toBeGreaterThan(0);
      // Passed once only, or once a record.
      if (point !== 'recovery/record-written') break;
    }
    const last = await recoverIn(cloud, 'global-network');
    expect(['recovered', 'unchanged']).toContain(last.kind);
    expect(
      (await recordsOf(cloud, 'global-network')).map(({ id, cloudId, ownership }) => [id, cloudId, ownership]),
    ).toEqual(before.map(({ id, cloudId, ownership }) => [id, cloudId, ownership]));
    await expectWhole(cloud, 'global-network', materials.global, 1);
  });
});

describe('a network that was taken down', () => {
  const down = async (cloud: VirtualCloud, most?: number): Promise<void> => {
    const { runs, queue, objects, inProcess } = cloud;
    const deps = { runs, queue, objects, clock: inProcess.clock, crash: () => undefined };
    const reply = await submitDestruction(deps, { network: 'global-network', base: 1 });
    if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
    await cloud.runToEnd(reply.run, most);
  };

  test('stays down when its tables are lost, and can be built again', async () => {
    const empty = things(await clouds.empty());
    const { cloud } = await clouds.built(materials.global);
    await down(cloud);
    const records = await recordsOf(cloud, 'global-network');
    await lose(cloud);
    expect(await recoverIn(cloud, 'global-network')).toMatchObject({
      kind: 'recovered',
      outcome: 'succeeded',
      left: 0,
    });
    expect(await recordsOf(cloud, 'global-network')).toEqual(records);
    expect({ ...things(cloud), 'cbn.locks': 0 }).toEqual({ ...empty, 'cbn.locks': 0 });
    await build(cloud, materials.global);
    await expectWhole(cloud, 'global-network', materials.global, 3);
  });

  test('and whose tables were lost in the middle of it goes on with what is left', async () => {
    const empty = things(await clouds.empty());
    const { cloud } = await clouds.built(materials.global);
    await down(cloud, 40);
    await lose(cloud);
    const recovery = await recoverIn(cloud, 'global-network');
    expect(recovery).toMatchObject({ kind: 'recovered', outcome: 'failed' });
    await down(cloud);
    expect({ ...things(cloud), 'cbn.locks': 0 }).toEqual({ ...empty, 'cbn.locks': 0 });
  });
});

test('a network that the bucket does not know', async () => {
  expect(await recoverIn(await clouds.empty(), 'nobody')).toEqual({ kind: 'unknown-network', waits: [] });
});

test('tables of another life of the name are left as they are', async () => {
  const { cloud } = await clouds.built(materials.global);
  const row = await rowOf(cloud, 'global-network');
  await cloud.runs.writeNetwork({ ...row, incarnation: '99999999' });
  const recovery = await recoverIn(cloud, 'global-network');
  expect(recovery).toMatchObject({ kind: 'refused', reason: expect.stringContaining('two lives of one name') });
});
