/** Looks that may be of another time, things that are not ours, repairs that meet others; and the sweep's looks, in turn. */

import { driftText } from '../../../cli/drift-view';
import { diagnoseTunnels } from '../../../shared/alicloud/reads/diagnoses';
import { minutes } from '../../../shared/clock';
import { type DriftReport, driftReportObject } from '../../../shared/drift/drift-report';
import type { Drift } from '../../../shared/drift/find-drift';
import { onlyAsked } from '../../../shared/drift/look-at-record';
import type { Repair } from '../../../shared/drift/repair-drift';
import { repairPlan } from '../../../shared/drift/repair-plan';
import { networkOfTheMinute, type Turn } from '../../../shared/drift/watch-drift';
import type { Cloud, CloudRequest } from '../../../shared/engine/cloud';
import type { RunId } from '../../../shared/engine/run';
import type { ResourceId } from '../../../shared/plan/desired';
import { taskStore } from '../../../shared/store/store';
import { builtClouds } from '../../in-process/built-clouds';
import { driftOf, repairIn, sweepDrift, wait } from '../../in-process/drift-harness';
import { Died } from '../../in-process/engine-harness';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { byHand, recordOf, recordsOf, takeAway, topologyOf } from './by-hand';
import { ACCOUNT, BASIC } from './small-networks';

const { name: NAME, text: TEXT } = BASIC;
const clouds = builtClouds(ACCOUNT);

const live = async (): Promise<VirtualCloud> => (await clouds.built(TEXT)).cloud;

async function looked(cloud: VirtualCloud, meanwhile?: () => Promise<void> | void) {
  const drift = await driftOf(cloud, NAME, meanwhile);
  expect(drift.kind).toBe('looked');
  return drift as Extract<Drift, { kind: 'looked' }>;
}

const told = ({ findings }: Extract<Drift, { kind: 'looked' }>) =>
  findings.map(({ resource, what, repair, ownership }) => [resource, what, repair, ownership]);

/** Everything that is recorded, as an order of somebody who does not look. */
async function everything(cloud: VirtualCloud, changes: Partial<Repair> = {}): Promise<Repair> {
  const resources = (await recordsOf(cloud, NAME)).map(({ id }) => id as string);
  return { network: NAME, base: 1, resources, plan: null, ...changes };
}

const withdraw = async (cloud: VirtualCloud): Promise<ResourceId> => {
  const { id, parameters } = await recordOf(cloud, NAME, 'cen-route');
  await byHand(cloud, 'cbn', null, 'WithdrawPublishedRouteEntries', parameters as Record<string, string>);
  return id;
};

const publish = async (cloud: VirtualCloud): Promise<void> => {
  const { parameters } = await recordOf(cloud, NAME, 'cen-route');
  await byHand(cloud, 'cbn', null, 'PublishRouteEntries', parameters as Record<string, string>);
};

test('what a second look does not show again is not believed', async () => {
  const cloud = await live();
  await withdraw(cloud);
  expect(told(await looked(cloud, () => publish(cloud)))).toEqual([]);
});

test('a look touches nothing: every call is a question, and the same question is asked once', async () => {
  const cloud = await live();
  const before = cloud.asked.length;
  await looked(cloud);
  const asked = cloud.asked.slice(before);
  expect(asked.filter(({ action }) => !/^(Describe|List)/.test(action))).toEqual([]);
  expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(asked.length);
  const request: CloudRequest = { service: 'vpc', region: null, action: 'DeleteVpnGateway', parameters: {} };
  await expect(onlyAsked(cloud.cloud as Cloud).call(request)).rejects.toMatchObject({ code: 'InvariantBroken' });
});

test('while a run is at work there is nothing to compare, and one that starts meanwhile makes a look void', async () => {
  const cloud = await live();
  await withdraw(cloud);
  const another = `${TEXT}\ntests: [{from: office-1, to: office-3, expect: reachable}]\n`;
  const started = await driftOf(cloud, NAME, async () => {
    expect(await cloud.submit(another)).toMatchObject({ kind: 'accepted' });
  });
  expect(started.kind).toBe('at-work');
  expect((await driftOf(cloud, NAME)).kind).toBe('at-work');
  expect(await repairIn(cloud, await everything(cloud, { base: 2 }))).toMatchObject({ kind: 'refused' });
});

test('what was there before us is told where it is gone, and no order has it made', async () => {
  const cloud = await clouds.empty();
  const [region, address] = ['us-east-1', '203.0.113.11'];
  await byHand(cloud, 'vpc', region, 'CreateCustomerGateway', { IpAddress: address, Name: 'office-1' });
  const reply = await cloud.submit(TEXT);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  await cloud.runToEnd(reply.run);
  const id = `customer-gateway/${region}/${address}` as ResourceId;
  await takeAway(cloud, TEXT, id);
  const drift = await looked(cloud);
  expect(told(drift)).toEqual([
    ['cen-route/office-1/10.10.10.0/24', 'gone', 'make', 'ours'],
    [id, 'gone', null, 'borrowed'],
    ['vpn-connection/office-1', 'gone', 'make', 'ours'],
    ['vpn-route/office-1/10.10.10.0/24', 'gone', 'make', 'ours'],
  ]);
  const borrowed = (await recordsOf(cloud, NAME)).find((record) => record.id === id);
  expect(await repairIn(cloud, await everything(cloud))).toMatchObject({ kind: 'accepted' });
  expect((await recordsOf(cloud, NAME)).find((record) => record.id === id)).toEqual(borrowed);
});

test('what somebody put where ours stood is named, and left where it is', async () => {
  const cloud = await live();
  const { id, cloudId, parameters } = await recordOf(cloud, NAME, 'vpn-connection');
  await takeAway(cloud, TEXT, id);
  const { request } = parameters as { request: Record<string, never> };
  const key = { TunnelIkeConfig: { Psk: 'drawn-by-somebody-else' } };
  const tunnels = (request['TunnelOptionsSpecification'] as unknown as object[]).map((tunnel) => ({
    ...tunnel,
    ...key,
  }));
  const made = (await byHand(cloud, 'vpc', 'us-east-1', 'CreateVpnConnection', {
    ...request,
    Name: 'theirs',
    TunnelOptionsSpecification: tunnels,
  })) as { VpnConnectionId: string };
  const { findings } = await looked(cloud);
  expect(findings.find(({ resource }) => resource === id)).toMatchObject({
    what: 'foreign',
    repair: null,
    detail: `${cloudId} is gone, and ${made.VpnConnectionId} stands in its place`,
  });
  const order = { network: NAME, base: 1, resources: [id], plan: null };
  expect(await repairIn(cloud, order)).toMatchObject({ kind: 'unchanged' });
});

test('what others put in our way on our own gateway is told with whom it harms', async () => {
  const cloud = await live();
  const { id, cloudId, parameters, attributes } = await recordOf(cloud, NAME, 'vpn-connection');
  const { request } = parameters as { request: Record<string, never> };
  const key = { TunnelIkeConfig: { Psk: 'drawn-by-somebody-else' } };
  const tunnels = (request['TunnelOptionsSpecification'] as unknown as object[]).map((one) => ({ ...one, ...key }));
  const other = { Name: 'theirs', RemoteSubnet: '10.11.0.0/16', TunnelOptionsSpecification: tunnels as never };
  const theirs = { ...request, ...other };
  const made = (await byHand(cloud, 'vpc', 'us-east-1', 'CreateVpnConnection', theirs)) as { VpnConnectionId: string };
  await byHand(cloud, 'vpc', 'us-east-1', 'CreateVpnPbrRouteEntry', {
    VpnGatewayId: String(attributes['gatewayId']),
    RouteSource: '192.168.0.0/16',
    RouteDest: '10.10.0.0/16',
    NextHop: cloudId,
    Weight: 100,
    PublishVpc: false,
  });
  const { findings } = await looked(cloud);
  expect(findings.map(({ resource, what, detail, repair }) => [resource, what, detail, repair])).toEqual([
    [id, 'foreign', `${made.VpnConnectionId} leads from the same gateway to the same office`, null],
    [
      'vpn-gateway/virginia',
      'foreign',
      `a policy route sends 192.168.0.0/16 to 10.10.0.0/16 by ${cloudId}, before every destination route`,
      null,
    ],
  ]);
});

test('each finding is offered as a plan: what a repair would do, in 80 columns', async () => {
  const cloud = await live();
  await takeAway(cloud, TEXT, (await recordOf(cloud, NAME, 'vpn-connection')).id);
  const drift = await looked(cloud);
  const records = await recordsOf(cloud, NAME);
  const repair = repairPlan({ row: drift.row, topology: topologyOf(TEXT), records, findings: drift.findings });
  const text = driftText(drift, repair, { paint: (_colour, words) => words, drawn: true });
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toContain('19 looked at, 3 not as recorded');
  expect(text).toContain('─ + vpn-connection/office-1 ');
  expect(text).toMatch(/\nA repair is 3 tasks and interrupts nobody\.\n$/);
});

test('an order that tells what is not so marks nothing and starts nothing', async () => {
  const cloud = await live();
  const before = await recordsOf(cloud, NAME);
  expect(await repairIn(cloud, await everything(cloud))).toMatchObject({ kind: 'unchanged', live: true });
  expect(await recordsOf(cloud, NAME)).toEqual(before);
  const stale = await repairIn(cloud, await everything(cloud, { base: 2 }));
  expect(stale.problems.map(({ code }) => code)).toEqual(['order-stale']);
  const unknown = await repairIn(cloud, await everything(cloud, { network: 'nobody' }));
  expect(unknown.problems.map(({ code }) => code)).toEqual(['network-unknown']);
});

test('cut off once the records tell of it, it is found and offered again, and repaired once', async () => {
  const cloud = await live();
  const id = await withdraw(cloud);
  const order = await everything(cloud);
  const died = repairIn(cloud, order, (point) => {
    if (point === 'drift/marked') throw new Died(point);
  });
  await expect(died).rejects.toThrow('drift/marked');
  expect(told(await looked(cloud))).toEqual([[id, 'changed', 'change', 'ours']]);
  // Put right by hand meanwhile: what is left to do is to see it.
  await publish(cloud);
  expect((await looked(cloud)).findings.map(({ detail }) => detail)).toEqual(['its last change was not seen finished']);
  const reply = await repairIn(cloud, order);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  // A message that comes twice finds the run that the first began.
  expect(await repairIn(cloud, order)).toMatchObject({ kind: 'unchanged', run: reply.run });
  await cloud.runToEnd(reply.run);
  expect(told(await looked(cloud))).toEqual([]);
});

test('a key that is gone is made anew, and given to one tunnel after the other: nobody is interrupted', async () => {
  const cloud = await live();
  const { id, cloudId } = await recordOf(cloud, NAME, 'pre-shared-key');
  const parameters = { SecretName: cloudId, ForceDeleteWithoutRecovery: 'true' };
  await byHand(cloud, 'kms', 'us-east-1', 'DeleteSecret', parameters);
  const { findings } = await looked(cloud);
  expect(findings.map(({ resource, what }) => [resource, what])).toEqual([[id, 'gone']]);
  const first = cloud.asked.length;
  const reply = await repairIn(cloud, { network: NAME, base: 1, resources: [id], plan: null });
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  expect((await cloud.runToEnd(reply.run)).run.outcome).toBe('succeeded');
  const written = cloud.asked.slice(first).filter(({ action }) => !/^(Describe|List|Get|Check)/.test(action));
  expect(written.map(({ action }) => action)).toEqual([
    'CreateSecret',
    'ModifyTunnelAttribute',
    'ModifyTunnelAttribute',
  ]);
  expect(told(await looked(cloud))).toEqual([]);
});

/** Wider than the file says, and carrying all the same. */
async function widen(cloud: VirtualCloud): Promise<ResourceId> {
  const { id, cloudId } = await recordOf(cloud, NAME, 'vpn-connection');
  const wider = { VpnConnectionId: cloudId, RemoteSubnet: '10.10.10.0/24,10.10.99.0/24' };
  await byHand(cloud, 'vpc', 'us-east-1', 'ModifyVpnConnectionAttribute', wider);
  return id;
}

test('selectors are both tunnels’ at once: to change them back needs leave, for this plan alone', async () => {
  const cloud = await live();
  const id = await widen(cloud);
  const { row, findings } = await looked(cloud);
  expect(findings.map(({ resource, what, repair }) => [resource, what, repair])).toEqual([
    [id, 'changed', 'renegotiate'],
  ]);
  const order = { network: NAME, base: 1, resources: [id], plan: null };
  const refused = await repairIn(cloud, order);
  expect(refused.problems.map(({ code }) => code)).toEqual(['pairs-interrupted']);
  const records = await recordsOf(cloud, NAME);
  expect(records.find((record) => record.id === id)?.desiredHash).not.toBeNull();
  const { plan, interruptions } = repairPlan({ row, topology: topologyOf(TEXT), records, findings });
  expect(interruptions.length).toBeGreaterThan(0);
  const reply = await repairIn(cloud, { ...order, plan: plan.hash });
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const { run } = await cloud.runToEnd(reply.run);
  expect([run.planHash, run.outcome]).toEqual([plan.hash, 'succeeded']);
  expect(told(await looked(cloud))).toEqual([]);
});

test('what was made a moment ago is not believed gone by one look', async () => {
  const cloud = await live();
  const { id } = await recordOf(cloud, NAME, 'cen-route');
  await withdraw(cloud);
  const { incarnation } = (await cloud.runs.readNetwork(NAME))!;
  const record = (await recordsOf(cloud, NAME)).find((one) => one.id === id)!;
  const young = { ...record, recordedAt: cloud.inProcess.clock.now() };
  await taskStore(cloud.tables).writeRecord({ network: NAME, incarnation }, young);
  const order = { network: NAME, base: 1, resources: [id], plan: null };
  expect(await repairIn(cloud, order)).toMatchObject({ kind: 'unchanged' });
  wait(cloud);
  expect(await repairIn(cloud, order)).toMatchObject({ kind: 'accepted' });
});

const REPAIRING = `${TEXT}\nonDrift: repair\n`;

const reportIn = async ({ objects }: VirtualCloud): Promise<DriftReport> =>
  JSON.parse(new TextDecoder().decode((await objects.get(driftReportObject(NAME)))!)) as DriftReport;

/** Sweeps once a minute. */
async function sweeps(cloud: VirtualCloud, count: number, slice = 100): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (let minute = 0; minute < count; minute += 1) {
    wait(cloud, minutes(1));
    const turn = await sweepDrift(cloud, slice);
    if (turn) turns.push(turn);
  }
  return turns;
}

test('a network that is well is looked at every quarter of an hour, by questions alone', async () => {
  const { cloud } = await clouds.built(TEXT);
  const before = cloud.asked.length;
  expect((await sweeps(cloud, 45)).map(({ looked, findings, ended }) => [looked, findings, ended])).toEqual([
    [19, 0, true],
    [19, 0, true],
    [19, 0, true],
  ]);
  expect(cloud.asked.slice(before).filter(({ action }) => !/^(Describe|List)/.test(action))).toEqual([]);
  expect(await reportIn(cloud)).toMatchObject({ revision: 1, looked: 19, findings: [], notSeen: [], pass: null });
});

test('what drifted is told once two looks agree, and no more once it is put right', async () => {
  const { cloud } = await clouds.built(TEXT);
  const id = await withdraw(cloud);
  expect((await sweeps(cloud, 3)).map(({ ended, findings, events }) => [ended, findings, events])).toEqual([
    [false, 0, []],
    [true, 1, [{ about: id, from: 'as recorded', to: 'changed' }]],
  ]);
  expect((await reportIn(cloud)).findings).toMatchObject([{ resource: id, what: 'changed', repair: 'change' }]);
  // An event once, not at every pass.
  expect((await sweeps(cloud, 40)).flatMap(({ events }) => events)).toEqual([]);
  // Reported, and nothing else: it is the file that says what becomes of it.
  expect(await cloud.runs.readNetwork(NAME)).toMatchObject({ activeRun: null, runs: 1 });
  const { parameters } = await recordOf(cloud, NAME, 'cen-route');
  await byHand(cloud, 'cbn', null, 'PublishRouteEntries', parameters as Record<string, string>);
  const after = await sweeps(cloud, 18);
  expect(after.flatMap(({ events }) => events)).toEqual([{ about: id, from: 'changed', to: 'as recorded' }]);
  expect((await reportIn(cloud)).findings).toEqual([]);
});

test('where the file says so it is repaired, and not again within the hour', async () => {
  const { cloud } = await clouds.built(REPAIRING);
  await withdraw(cloud);
  expect((await sweeps(cloud, 3)).at(-1)).toMatchObject({ ended: true, findings: 1, repair: 'accepted' });
  const { activeRun } = (await cloud.runs.readNetwork(NAME))!;
  expect((await cloud.runToEnd(activeRun as RunId)).run.outcome).toBe('succeeded');
  expect((await sweeps(cloud, 2)).at(-1)).toMatchObject({ ended: true, findings: 0 });
  await withdraw(cloud);
  expect((await sweeps(cloud, 20)).at(-1)).toMatchObject({ ended: true, findings: 1, repair: null });
  expect((await sweeps(cloud, 60)).find(({ repair }) => repair !== null)).toMatchObject({ repair: 'accepted' });
});

test('no rule repairs what would interrupt somebody, nor after a run that failed', async () => {
  const { cloud } = await clouds.built(REPAIRING);
  await widen(cloud);
  const refused = await sweeps(cloud, 3);
  expect(refused.at(-1)?.repair).toMatch(/^pairs that are up would be interrupted: office-1 and /);
  expect((await reportIn(cloud)).repair).toMatchObject({ outcome: 'refused', run: null });
  const row = (await cloud.runs.readNetwork(NAME))!;
  await cloud.runs.writeNetwork({ ...row, outcome: 'failed' });
  await sweeps(cloud, 90);
  expect((await cloud.runs.readNetwork(NAME))?.runs).toBe(1);
});

test('a pass goes on where the last minute left it', async () => {
  const { cloud } = await clouds.built(TEXT);
  await withdraw(cloud);
  expect((await sweeps(cloud, 5, 8)).map(({ looked, ended, findings }) => [looked, ended, findings])).toEqual([
    [8, false, 0],
    [16, false, 0],
    [19, false, 0],
    [19, true, 1],
  ]);
});

test('tunnels are followed: those of an office that runs its pack are up', async () => {
  const { cloud } = await clouds.built(TEXT);
  await sweeps(cloud, 1);
  const { tunnels } = await reportIn(cloud);
  const states = tunnels.filter(({ connection }) => connection === 'vpn-connection/office-1').map(({ state }) => state);
  expect(states).toEqual(['up', 'up']);
});

test('tunnels are followed: none has come up, since nobody answers, and the service says so of both', async () => {
  const { cloud } = await builtClouds(ACCOUNT.replace(/\noffices:\n( {2}-.*\n)+/, '\n')).built(TEXT);
  await sweeps(cloud, 1);
  const tunnels = (await reportIn(cloud)).tunnels.filter(({ connection }) => connection === 'vpn-connection/office-1');
  expect(tunnels.map(({ role, state }) => [role, state])).toEqual([
    ['master', 'never-up'],
    ['slave', 'never-up'],
  ]);
  const { attributes } = await recordOf(cloud, NAME, 'vpn-connection');
  const asked = { tunnels: tunnels.map(({ tunnel }) => tunnel), connections: [] };
  const codes = await diagnoseTunnels(cloud.cloud, 'us-east-1', String(attributes['gatewayId']), asked);
  expect([...codes]).toEqual(asked.tunnels.map((tunnel) => [tunnel, 'NoResponse']));
});

test('a tunnel that was up and is not is told before it is known to be down, and told alike where that was cut off', async () => {
  const { cloud } = await builtClouds(ACCOUNT.replace(/\noffices:\n( {2}-.*\n)+/, '\n')).built(TEXT);
  await sweeps(cloud, 1);
  const report = await reportIn(cloud);
  const [tunnel, ...others] = report.tunnels;
  const since = tunnel!.since;
  const known = JSON.stringify({ ...report, tunnels: [{ ...tunnel, state: 'up' }, ...others] });
  await cloud.objects.put(driftReportObject(NAME), known, 'application/json');
  wait(cloud, minutes(15));
  const down = { tunnel: 'vpn-connection/office-1 master', from: 'up', to: 'down', since };
  const told: unknown[] = [];
  const dying = async (network: string, changes: readonly object[]) => {
    told.push([network, changes]);
    if (told.length === 1) throw new Died('notice/recorded');
  };
  await expect(sweepDrift(cloud, 100, dying)).rejects.toThrow('notice/recorded');
  wait(cloud, minutes(1));
  expect((await sweepDrift(cloud, 100, dying))?.events).toEqual([{ about: down.tunnel, from: 'up', to: 'down' }]);
  wait(cloud, minutes(16));
  expect((await sweepDrift(cloud, 100, dying))?.events).toEqual([]);
  expect(told).toEqual(Array(2).fill([NAME, [expect.objectContaining(down)]]));
});

test('networks take turns, and those that are at work or taken down have none', async () => {
  const { cloud } = await clouds.built(TEXT);
  const row = (await cloud.runs.readNetwork(NAME))!;
  const rows = [
    { ...row, name: 'a' },
    { ...row, name: 'at-work', activeRun: 'at-work.1.1' as RunId },
    { ...row, name: 'b' },
    { ...row, name: 'down', latestObject: 'revisions/down/destroy-2.json' },
    { ...row, name: 'failed', live: null },
    { ...row, name: 'newer', latest: 2 },
  ];
  const names = [0, 1, 2, 3].map((minute) => networkOfTheMinute(rows, minutes(minute) as never)?.name);
  expect(names).toEqual(['a', 'b', 'a', 'b']);
  expect(networkOfTheMinute([], minutes(7) as never)).toBeNull();
});
