/** Edits of a network that is live: what each interrupts is told before, needs leave, and it ends proven. */
import { parseAccount } from '../../../local/world/account';
import type { SubmitReply } from '../../../shared/engine/submit-topology';
import { tellInterruptions } from '../../../shared/network/interruptions';
import { createPlan } from '../../../shared/plan/create-plan';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type VirtualCloud, virtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const { account: ACCOUNT, global: EXAMPLE } = readMaterials('examples');
const NAME = 'global-network';
/** Where office 1 has another device. */
const MOVED = ACCOUNT.replace('\noffices:\n', '\noffices:\n  - {address: 203.0.113.77, applies: at-once}\n');

async function live(text = EXAMPLE): Promise<VirtualCloud> {
  const cloud = await virtualCloud(parseAccount(MOVED, 'account.yaml').account!);
  await cloud.cloud.call({
    service: 'kms',
    region: 'us-east-1',
    action: 'CreateSecret',
    parameters: {
      SecretName: 'acme/office-1',
      VersionId: 'v1',
      SecretData: 'its-owner-drew-it',
      SecretDataType: 'text',
    },
  });
  await finish(cloud, text, await cloud.submit(text));
  return cloud;
}

/** To its end, proven, and with nothing left to do. */
async function finish(cloud: VirtualCloud, text: string, reply: SubmitReply): Promise<void> {
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const { run } = await cloud.runToEnd(reply.run);
  const tasks = await cloud.runs.readTasks(run.id);
  expect(tasks.filter(({ state }) => state !== 'done').map(({ id, failure }) => [id, failure])).toEqual([]);
  expect(run.outcome).toBe('succeeded');
  const row = (await cloud.runs.readNetwork(NAME))!;
  const recorded = await cloud.runs.allRecords({ network: NAME, incarnation: row.incarnation });
  const { topology } = parseTopology(new TextEncoder().encode(text), 'topology.yaml');
  const next = createPlan({ topology: topology!, revision: row.latest + 1, base: row.live, recorded });
  expect(next.tasks.filter(({ action }) => action !== 'keep')).toEqual([]);
}

/** Whom it interrupts, as its answer tells; nobody where it goes through at once. */
async function edit(cloud: VirtualCloud, text: string): Promise<string[]> {
  const reply = await cloud.submit(text);
  const outage = reply.kind === 'refused' ? reply.outage : null;
  await finish(cloud, text, outage ? await cloud.submit(text, outage.plan) : reply);
  return outage ? tellInterruptions(outage.pairs) : [];
}

const OFFICE_1 = ['office-1 and virginia, shanghai, office-2, office-3, office-4'];
const SHANGHAI = [
  'office-3 and virginia, shanghai, office-1, office-2, office-4',
  'office-4 and virginia, shanghai, office-1, office-2',
];
test.each<[edit: string, from: string, to: string, interrupts: string[]]>([
  ['a faster link', 'bandwidthMbps: 10}', 'bandwidthMbps: 20}', []],
  ['fewer ports', 'tcp/443, tcp/8443]', 'tcp/8443]', []],
  ['another block behind an office', '[10.10.10.0/24]', '[10.10.11.0/24]', OFFICE_1],
  ['an office with another address', '203.0.113.11', '203.0.113.77', []],
  [
    'a key of its owner’s',
    'cidrs: [10.10.10.0/24]',
    'presharedKey: {secret: acme/office-1}, cidrs: [10.10.10.0/24]',
    [],
  ],
  ['other algorithms', '\nbackbone:', '\ndefaults: {tunnel: {encryption: aes192}}\nbackbone:', []],
  [
    'a wider gateway',
    '172.16.11.0/24}\n    gateway: {bandwidthMbps: 100',
    '172.16.11.0/24}\n    gateway: {bandwidthMbps: 200',
    SHANGHAI,
  ],
])('%s, and back', async (_edit, from, to, interrupts) => {
  const cloud = await live();
  const edited = EXAMPLE.replaceAll(from, to).replace(
    /^ {2}- \{.*tcp\/443, expect.*\n/gm,
    from.includes('tcp/443') ? '' : '$&',
  );
  expect(edited).not.toBe(EXAMPLE);
  expect(await edit(cloud, edited)).toEqual(interrupts);
  expect(await edit(cloud, EXAMPLE)).toEqual(interrupts);
});

test('what interrupts somebody is refused before anything is touched, and leave is for one plan', async () => {
  const cloud = await live();
  const calls = cloud.asked.length;
  const edited = EXAMPLE.replace('[10.10.10.0/24]', '[10.10.11.0/24]');
  const other = EXAMPLE.replace('[10.10.20.0/24]', '[10.10.21.0/24]');
  const reply = await cloud.submit(edited);
  expect(reply).toMatchObject({
    kind: 'refused',
    problems: expect.arrayContaining([expect.objectContaining({ code: 'pairs-interrupted' })]),
  });
  const plan = reply.kind === 'refused' ? reply.outage!.plan : '';
  expect(await cloud.submit(other, plan)).toMatchObject({ kind: 'refused' });
  const written = cloud.asked.slice(calls).filter(({ action }) => !/^(Describe|List|Get|Check)/.test(action));
  expect(written).toEqual([]);
  expect(await cloud.runs.readNetwork(NAME)).toMatchObject({ latest: 1, activeRun: null });
});
