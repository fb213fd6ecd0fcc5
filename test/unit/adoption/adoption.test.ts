/** A network that was built by hand: imported, adopted as it stands, changed, and taken down. */
import { parseAccount } from '../../../local/world/account';
import { draftTopology } from '../../../shared/adoption/draft-topology';
import { lookAtWanted } from '../../../shared/adoption/look-at-wanted';
import { writeTopology } from '../../../shared/adoption/write-topology';
import { surveyNetwork } from '../../../shared/alicloud/survey-network';
import { minutes } from '../../../shared/clock';
import { CloudError, type CloudRequest } from '../../../shared/engine/cloud';
import type { Run } from '../../../shared/engine/run';
import { startRun } from '../../../shared/engine/start-run';
import { submitDestruction } from '../../../shared/engine/submit-destruction';
import type { SubmitReply } from '../../../shared/engine/submit-topology';
import { createPlan } from '../../../shared/plan/create-plan';
import { isError } from '../../../shared/problem';
import { kindForReading } from '../../../shared/resources/kind-for-reading';
import { taskStore } from '../../../shared/store/store';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { buildByHand, type Call } from '../../adoption/build-by-hand';
import { things } from '../../edits/things';
import { wait } from '../../in-process/drift-harness';
import { type VirtualCloud, virtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const { account } = readMaterials('examples');
const NAME = 'acme';

/** Built once; each test has a copy. */
let built: Promise<{ cloud: VirtualCloud; cen: string }> | null = null;

async function byHand(): Promise<{ cloud: VirtualCloud; cen: string }> {
  built ??= (async () => {
    const cloud = await virtualCloud(parseAccount(account, 'account.yaml').account!);
    const call: Call = async (service, region, action, parameters) =>
      (await cloud.cloud.call({
        service,
        region,
        action,
        parameters: parameters as CloudRequest['parameters'],
      })) as never;
    const cen = await buildByHand(call, async () => wait(cloud, minutes(6)));
    return { cloud, cen };
  })();
  const { cloud, cen } = await built;
  return { cloud: cloud.copy(), cen };
}

/** As `trunkline import` does it. */
async function imported({ cloud }: VirtualCloud, cen: string): Promise<string> {
  const surveyed = await surveyNetwork(cloud, cen);
  const { file, known, unsaid } = draftTopology(NAME, surveyed!);
  const { topology } = parseTopology(writeTopology({ file, network: NAME, cen, unsaid }), 'acme.yaml');
  const deps = { cloud, deployment: 'test', kindOf: kindForReading };
  const looked = await lookAtWanted(deps, { topology: topology!, recorded: [], named: known, search: true });
  expect(looked.filter(({ verdict }) => verdict.kind !== 'adopted')).toEqual([]);
  const adopt = Object.fromEntries(looked.map(({ resource, cloudId }) => [resource, cloudId!]));
  return writeTopology({ file: { ...file, adopt }, network: NAME, cen, unsaid });
}

async function actions(cloud: VirtualCloud, text: string): Promise<Record<string, number>> {
  const { topology } = parseTopology(text, 'acme.yaml');
  const row = await cloud.runs.readNetwork(NAME);
  const recorded = row ? await cloud.runs.allRecords({ network: NAME, incarnation: row.incarnation }) : [];
  const { summary } = createPlan({ topology: topology!, revision: 1, base: row?.live ?? null, recorded });
  return Object.fromEntries(Object.entries(summary).filter(([, count]) => count > 0));
}

async function finish(cloud: VirtualCloud, reply: SubmitReply): Promise<Run> {
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  return (await cloud.runToEnd(reply.run)).run;
}

const writes = (cloud: VirtualCloud, from: number): string[] =>
  cloud.asked.slice(from).flatMap(({ action }) => (/^(Describe|List|Get|Check)/.test(action) ? [] : [action]));

test('the file says what stands, in the cloud’s own names, and has no error', async () => {
  const { cloud, cen } = await byHand();
  const text = await imported(cloud, cen);
  const { topology, problems } = parseTopology(text, 'acme.yaml');
  expect(problems.filter(isError)).toEqual([]);
  expect(topology!.vpcs.map(({ name, id }) => [name, id])).toEqual([
    ['virginia', 'vpc-virginia'],
    ['shanghai', 'vpc-shanghai'],
  ]);
  expect(topology!.offices.map(({ name, address, cidrs, keepsKey }) => [name, address, cidrs, keepsKey])).toEqual([
    ['new-york', '203.0.113.11', ['10.10.10.0/24'], true],
    ['boston', '203.0.113.12', ['10.10.20.0/24'], true],
    ['pudong', '198.51.100.13', ['10.20.10.0/24'], true],
    ['suzhou', '198.51.100.14', ['10.20.20.0/24'], true],
  ]);
  expect(topology!.backbone).toMatchObject({ edition: 'transit-router', cen: null });
  expect(topology!.backbone.links).toMatchObject([{ regions: ['cn-shanghai', 'us-east-1'], bandwidthMbps: 10 }]);
  expect(
    topology!.vpcs.flatMap(({ applications }) => applications.map(({ ref, ports }) => [ref, ports.length])),
  ).toEqual([
    ['virginia.orders', 1],
    ['shanghai.crm', 2],
  ]);
  expect(text).not.toMatch(/known-in/);
});

test('its plan is empty: all of it is adopted, then all of it is kept; nothing is changed, and it is proven', async () => {
  const { cloud, cen } = await byHand();
  const text = await imported(cloud, cen);
  expect(await actions(cloud, text)).toEqual({ adopt: 34 });
  const from = cloud.asked.length;
  const run = await finish(cloud, await cloud.submit(text));
  expect([run.outcome, writes(cloud, from)]).toEqual(['succeeded', []]);
  expect(await actions(cloud, text)).toEqual({ keep: 34 });
  expect(await cloud.submit(text)).toMatchObject({ kind: 'unchanged', live: true });
});

test('what was adopted is changed and removed like anything of ours, and what was not named stays', async () => {
  const { cloud, cen } = await byHand();
  const text = await imported(cloud, cen);
  await finish(cloud, await cloud.submit(text));
  const faster = text.replace('bandwidthMbps: 10\n', 'bandwidthMbps: 20\n');
  expect(faster).not.toBe(text);
  expect((await finish(cloud, await cloud.submit(faster))).outcome).toBe('succeeded');
  const before = things(cloud);
  const smaller = faster
    .replace(/^ {2}suzhou:\n( {4}.*\n)+/m, '')
    .replace(/^ {2}.*\/?(suzhou|198\.51\.100\.14|10\.20\.20\.0\/24).*\n/gm, '')
    .replace(/^ *- suzhou\n/gm, '');
  expect(parseTopology(smaller, 'acme.yaml').problems.filter(isError)).toEqual([]);
  expect((await finish(cloud, await cloud.submit(smaller))).outcome).toBe('succeeded');
  const after = things(cloud);
  const gone = Object.keys(before).filter((name) => before[name] !== after[name]);
  expect(gone.sort()).toEqual(
    expect.arrayContaining(['vpc.customer-gateways', 'vpc.vpn-connections', 'cbn.published-routes']),
  );
  // Rules that others wrote are theirs, whoever lets their group be used.
  expect(after['ecs.security-rules']).toBe(before['ecs.security-rules']);
});

test('taken down, it is gone with all that was named, and the account is as it was before anybody built it', async () => {
  const before = things(await virtualCloud(parseAccount(account, 'account.yaml').account!));
  const { cloud, cen } = await byHand();
  const rules = things(cloud)['ecs.security-rules'];
  const text = await imported(cloud, cen);
  await finish(cloud, await cloud.submit(text));
  const { runs, queue, objects, inProcess } = cloud;
  const deps = { runs, queue, objects, clock: inProcess.clock, crash: () => undefined };
  expect((await finish(cloud, await submitDestruction(deps, { network: NAME, base: 1 }))).outcome).toBe('succeeded');
  expect(things(cloud)).toEqual({ ...before, 'ecs.security-rules': rules });
});

test('taken as found by a recovery, what the file names is adopted again by the next run', async () => {
  const { cloud, cen } = await byHand();
  const text = await imported(cloud, cen);
  await finish(cloud, await cloud.submit(text));
  const row = (await cloud.runs.readNetwork(NAME))!;
  const owner = { network: NAME, incarnation: row.incarnation };
  for (const record of await cloud.runs.allRecords(owner))
    await taskStore(cloud.tables).writeRecord(owner, { ...record, ownership: 'borrowed' });
  expect(await actions(cloud, text)).toEqual({ adopt: 34 });
  const { runs, queue, objects, inProcess } = cloud;
  const run = await startRun({ runs, queue, objects, clock: inProcess.clock, crash: () => undefined }, row);
  const from = cloud.asked.length;
  expect((await cloud.runToEnd(run!)).run.outcome).toBe('succeeded');
  const recorded = await cloud.runs.allRecords(owner);
  expect([writes(cloud, from), recorded.every(({ ownership }) => ownership === 'ours')]).toEqual([[], true]);
});

test('the key of an office is given it later, one tunnel after the other, and nobody is interrupted', async () => {
  const { cloud, cen } = await byHand();
  const text = await imported(cloud, cen);
  await finish(cloud, await cloud.submit(text));
  const from = cloud.asked.length;
  const keyed = text.replace(/( {2}boston:\n(?: {4}.*\n)*?) {4}presharedKey: kept\n/, '$1');
  expect(keyed).not.toBe(text);
  // It says under adopt that the tunnels' key is theirs, so that goes, too: what is recorded stays ours.
  const named = keyed.replace(/^ {2}vpn-connection\/boston: .*\n/m, '');
  expect((await finish(cloud, await cloud.submit(named))).outcome).toBe('succeeded');
  expect(writes(cloud, from)).toEqual(['CreateSecret', 'ModifyTunnelAttribute', 'ModifyTunnelAttribute']);
});

describe('what is not so is refused before anything is touched', () => {
  test.each<[what: string, change: (text: string) => string, told: RegExp]>([
    [
      'an id that nothing has',
      (text) => text.replace(/vpn-gateway\/virginia: \S+/, 'vpn-gateway/virginia: vpn-nothing'),
      /vpn-gateway\/virginia is not adopted: there is no vpn-nothing where it should stand/,
    ],
    [
      'a thing that is otherwise than the file says',
      (text) => text.replace('bandwidthMbps: 10\n', 'bandwidthMbps: 20\n'),
      /peer-attachment\/cn-shanghai\/us-east-1 is not adopted: .* is not as the file says, which sets its bandwidth to 20/,
    ],
    [
      'a resource that is none of the file',
      (text) => text.replace('vpn-gateway/virginia:', 'vpn-gateway/virginai:'),
      /vpn-gateway\/virginai is no resource of this file; did you mean vpn-gateway\/virginia\?/,
    ],
    [
      'a tunnel whose key the file wants to be another one',
      (text) => text.replace(/( {2}boston:\n(?: {4}.*\n)*?) {4}presharedKey: kept\n/, '$1'),
      /vpn-connection\/boston is adopted with its tunnels' key, and the file wants another one/,
    ],
    [
      'one thing twice',
      (text) => text.replace(/(vpn-connection\/boston): \S+/, (line) => line.replace(/: .*/, `: ${idOf(text)}`)),
      /is adopted as vpn-connection\/\S+ and as vpn-connection\/\S+/,
    ],
  ])('%s', async (_what, change, told) => {
    const { cloud, cen } = await byHand();
    const text = await imported(cloud, cen);
    const edited = change(text);
    expect(edited).not.toBe(text);
    const from = cloud.asked.length;
    const reply = await cloud.submit(edited);
    expect(reply.kind).toBe('refused');
    expect(reply.problems.filter(isError).map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringMatching(told)]),
    );
    expect([writes(cloud, from), await cloud.runs.readNetwork(NAME)]).toEqual([[], null]);
  });

  test('a key that nobody told cannot be made: neither without its connection nor at another gateway', async () => {
    const { cloud, cen } = await byHand();
    const text = await imported(cloud, cen);
    const without = text.replace(/^ {2}(vpn-connection\/boston|vpn-route\/boston|cen-route\/boston).*: .*\n/gm, '');
    expect(await cloud.submit(without)).toMatchObject({
      kind: 'refused',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'kept-key-unknown' })]),
    });
    await finish(cloud, await cloud.submit(text));
    const wider = text.replace('bandwidthMbps: 100\n', 'bandwidthMbps: 200\n');
    expect(await cloud.submit(wider)).toMatchObject({
      kind: 'refused',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'kept-key-unknown' })]),
    });
  });

  const idOf = (text: string): string => /vpn-connection\/new-york: (\S+)/.exec(text)?.[1] ?? '';

  test('what is ours already stays what it is', async () => {
    const { cloud, cen } = await byHand();
    const text = await imported(cloud, cen);
    await finish(cloud, await cloud.submit(text));
    const other = text.replace(/vpn-gateway\/virginia: \S+/, 'vpn-gateway/virginia: vpn-other');
    expect(await cloud.submit(other)).toMatchObject({
      kind: 'refused',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'adopted-otherwise' })]),
    });
  });

  test('another network of ours has made it', async () => {
    const { cloud } = await byHand();
    const { global } = readMaterials('examples');
    const first = await virtualCloud(parseAccount(account, 'account.yaml').account!);
    await finish(first, await first.submit(global));
    const records = await first.runs.allRecords({ network: 'global-network', incarnation: '00000001' });
    const cen = records.find(({ kind }) => kind === 'cen')?.cloudId;
    const surveyed = await surveyNetwork(first.cloud, cen!);
    const { file, known } = draftTopology(NAME, surveyed!);
    const text = writeTopology({
      file: { ...file, adopt: Object.fromEntries(known) },
      network: NAME,
      cen: cen!,
      unsaid: [],
    });
    const reply = await first.submit(text);
    expect(reply.kind).toBe('refused');
    expect(reply.problems.filter(isError).map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/is called trunkline-global-network-.*: a network of Trunkline's made it/),
      ]),
    );
    expect(cloud).toBeDefined();
  });
});

test('a VPC of another account, and a link to a router of another CEN instance, are told and not imported', async () => {
  const { cloud, cen } = await byHand();
  const foreign = { code: 'InvalidVpcId.NotFound', class: 'gone', status: 404, requestId: null } as const;
  const seen = await surveyNetwork(
    {
      call: async (request) => {
        if (request.action === 'DescribeVpcAttribute' && request.parameters['VpcId'] === 'vpc-shanghai')
          throw new CloudError({ ...foreign, service: 'vpc', action: request.action }, 'not of this account');
        const answer = await cloud.cloud.call(request);
        if (request.action !== 'ListTransitRouterPeerAttachments') return answer;
        return JSON.parse(JSON.stringify(answer).replaceAll(/"TransitRouterId":"[^"]*"/g, '"TransitRouterId":"tr-b"'));
      },
    },
    cen,
  );
  expect(seen!.vpcs.map(({ id }) => id)).toEqual(['vpc-virginia']);
  expect(seen!.links).toEqual([]);
  expect(seen!.unsaid).toEqual(
    expect.arrayContaining([
      expect.stringContaining('vpc-shanghai is attached and not of this account'),
      expect.stringContaining('has a link to tr-b, which is none of this CEN instance'),
    ]),
  );
});
