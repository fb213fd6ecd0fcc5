/** The sweep looks for drift: one network a minute, in slices, and repairs where the file says so. */
import { minutes } from '../../../shared/clock';
import { type DriftReport, driftReportObject } from '../../../shared/drift/drift-report';
import { networkOfTheMinute, type Turn } from '../../../shared/drift/watch-drift';
import type { RunId } from '../../../shared/engine/run';
import { builtClouds } from '../../in-process/built-clouds';
import { sweepDrift, wait } from '../../in-process/drift-harness';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';
import { byHand, recordOf } from './by-hand';

const { account, basic: REPORTING } = readMaterials('examples');
const REPAIRING = `${REPORTING}\nonDrift: repair\n`;
const NAME = 'global-network-basic';
const clouds = builtClouds(account);

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

const withdraw = async (cloud: VirtualCloud): Promise<string> => {
  const { id, parameters } = await recordOf(cloud, NAME, 'cen-route');
  await byHand(cloud, 'cbn', null, 'WithdrawPublishedRouteEntries', parameters as Record<string, string>);
  return id;
};

test('a network that is well is looked at every quarter of an hour, by questions alone', async () => {
  const { cloud } = await clouds.built(REPORTING);
  const before = cloud.asked.length;
  expect((await sweeps(cloud, 45)).map(({ looked, findings, ended }) => [looked, findings, ended])).toEqual([
    [29, 0, true],
    [29, 0, true],
    [29, 0, true],
  ]);
  expect(cloud.asked.slice(before).filter(({ action }) => !/^(Describe|List)/.test(action))).toEqual([]);
  expect(await reportIn(cloud)).toMatchObject({ revision: 1, looked: 29, findings: [], notSeen: [], pass: null });
});

test('what drifted is told once two looks agree, and no more once it is put right', async () => {
  const { cloud } = await clouds.built(REPORTING);
  const id = await withdraw(cloud);
  expect((await sweeps(cloud, 3)).map(({ ended, findings }) => [ended, findings])).toEqual([
    [false, 0],
    [true, 1],
  ]);
  expect((await reportIn(cloud)).findings).toMatchObject([{ resource: id, what: 'changed', repair: 'change' }]);
  // Reported, and nothing else: it is the file that says what becomes of it.
  expect(await cloud.runs.readNetwork(NAME)).toMatchObject({ activeRun: null, runs: 1 });
  const { parameters } = await recordOf(cloud, NAME, 'cen-route');
  await byHand(cloud, 'cbn', null, 'PublishRouteEntries', parameters as Record<string, string>);
  await sweeps(cloud, 18);
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
  const { cloudId } = await recordOf(cloud, NAME, 'pre-shared-key');
  await byHand(cloud, 'kms', 'us-east-1', 'DeleteSecret', { SecretName: cloudId, ForceDeleteWithoutRecovery: 'true' });
  const refused = await sweeps(cloud, 3);
  expect(refused.at(-1)?.repair).toMatch(/^pairs that are up would be interrupted: office-1 and /);
  expect((await reportIn(cloud)).repair).toMatchObject({ outcome: 'refused', run: null });
  const row = (await cloud.runs.readNetwork(NAME))!;
  await cloud.runs.writeNetwork({ ...row, outcome: 'failed' });
  await sweeps(cloud, 90);
  expect((await cloud.runs.readNetwork(NAME))?.runs).toBe(1);
});

test('a pass goes on where the last minute left it', async () => {
  const { cloud } = await clouds.built(REPORTING);
  await withdraw(cloud);
  expect((await sweeps(cloud, 5, 12)).map(({ looked, ended, findings }) => [looked, ended, findings])).toEqual([
    [12, false, 0],
    [24, false, 0],
    [29, false, 0],
    [29, true, 1],
  ]);
});

test('networks take turns, and those that are at work or taken down have none', async () => {
  const { cloud } = await clouds.built(REPORTING);
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
