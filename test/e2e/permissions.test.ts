/**
 * Several networks under least privilege: the local cloud asks RAM for every call of every function, and the policies are
 * those that bootstrap made from functions/permissions.ts. Nothing is refused, and nothing in the table is unused.
 */

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOf } from '../../cli/bootstrap/roles';
import { approve } from '../../cli/commands/approve';
import { cancel } from '../../cli/commands/cancel';
import { destroy } from '../../cli/commands/destroy';
import { diff } from '../../cli/commands/diff';
import { drift } from '../../cli/commands/drift';
import { history } from '../../cli/commands/history';
import { resume } from '../../cli/commands/resume';
import { rollback } from '../../cli/commands/rollback';
import { watch } from '../../cli/commands/watch';
import { DOCUMENTS } from '../../cli/documents';
import { noteLocalCloud } from '../../cli/note-local-cloud';
import { placeOrder } from '../../cli/place-order';
import { ROLES, USE_CASES } from '../../functions/permissions';
import { placed } from '../../functions/policy-documents';
import type { AskedPermission } from '../../local/world/authorization/permission';
import { epochMs, seconds } from '../../shared/clock';
import type { Order } from '../../shared/engine/take-order';
import { smqClient } from '../../shared/queue/smq-client';
import { secretOf } from '../../shared/secret';
import { approvalToken } from '../../shared/tickets/approval-link';
import { sign } from '../../shared/tickets/signature';
import { askCommand, contextIn } from './ask-every-command';
import { cloudCounts, example, type RunningCloud, startRunningCloud } from './running-cloud';

jest.setTimeout(180_000);

/** `use case: action` of what the runs below do not walk through, and why it is in the table. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'write-logs: log:PostLogStoreLogs': 'the local cloud keeps logs itself',
  'start-runs: mns:SendMessage':
    'which steps begin hangs on what is left to do: test/unit/engine/submit-topology.test.ts',
  'keep-lost-events: mns:SendMessage': 'an event that fails for an hour: test/unit/runtime/async-invocations.test.ts',
  'call-back: mns:SendMessage': 'a system with a callback: test/unit/tickets/callbacks.test.ts',
  'notice-tunnels: oss:GetObject': 'a tunnel that went down: test/unit/tickets/notices.test.ts',
  'notice-tunnels: ots:GetRow': 'the same',
  'notice-tunnels: ots:PutRow': 'the same',
  'notice-tunnels: mns:SendMessage': 'the same',
  'drive-again: ots:DeleteRow': 'a run that died between its end and its row: test/unit/engine/crash-points.test.ts',
  'work-on-tasks: ots:GetRow on instance/{instance}/table/{tables}_records': 'a write that was refused is read back',
  'mark-drift: ots:GetRow': 'a mark that was refused is read back',
  'look-for-drift: vpc:DescribeVpnGateways': 'what stands where one is gone: test/unit/drift',
  'look-for-drift: cen:ListTransitRouterVpcAttachments on centransitrouter/': 'the same',
  'look-for-drift: cen:ListTransitRouterPeerAttachments on centransitrouter/': 'the same',
  'look-at-adopted: cen:ListTransitRouterRouteTables': 'a network that is taken over: test/slow/import.test.ts',
  'build-gateways: vpc:ModifyVpnGatewayAttribute': 'a flag that somebody switched off: test/unit/resources',
  'build-cen: cen:UpdateTransitRouterVpcAttachmentZones': 'an attachment that moves: test/unit/resources',
  'build-routes: vpc:PublishVpnRouteEntry': 'a route whose flag somebody switched off: test/unit/resources',
  'build-cen: cen:UpdateTransitRouterVpcAttachmentAttribute': 'a flag that somebody switched off: test/unit/resources',
};

let running: RunningCloud;
let before: Record<string, number>;
const asked: AskedPermission[] = [];

beforeAll(async () => {
  running = await startRunningCloud({ observeAuthorization: (one) => asked.push(one) });
  before = cloudCounts(running.cloud);
});
afterAll(() => running?.stop());

test('two networks at once, one of them on a CEN of the basic edition, do not touch each other', async () => {
  const uploaded = running.upload('topologies/basic.yaml', example('global-network-basic'));
  const second = await posted(example('second-network'));
  const basic = await running.ended((await uploaded).run ?? '');
  const other = await running.ended(String(second['run']));
  expect([basic.outcome, other.outcome]).toEqual(['succeeded', 'succeeded']);
  const proofs = await Promise.all([running.report(basic), running.report(other)]);
  expect(proofs.map(({ proof }) => proof?.sitePairs)).toEqual([
    { total: 30, reachable: 30, assumed: 0 },
    { total: 12, reachable: 12, assumed: 0 },
  ]);
  for (const { proof } of proofs) expect(proof?.applications.reachable).toBe(proof?.applications.total);
  expect(cloudCounts(running.cloud)).toMatchObject({
    'vpc.vpn-gateways': 4,
    'vpc.customer-gateways': 6,
    'vpc.vpn-connections': 6,
    // The account's two, and the second network's.
    'cbn.cens': 3,
    'cbn.child-instances': 2,
    'cbn.vpc-attachments': 2,
    'cbn.published-routes': 6,
  });
});

test('a VPC that a network has is refused to another, and nothing changes', async () => {
  const before = cloudCounts(running.cloud);
  // It takes California, finds Frankfurt taken, and gives California back.
  const greedy = await posted(GREEDY);
  expect(greedy).toMatchObject({ state: 'refused' });
  expect((greedy['problems'] as { code: string }[]).map(({ code }) => code)).toContain('place-taken');
  expect(cloudCounts(running.cloud)).toEqual(before);
});

test('an edit that interrupts pairs waits for somebody’s word; with it, a stored key and a custom table they stand', async () => {
  await storeKey();
  await poison();
  const settled = posted(edit(example('second-network')));
  await inFolder(async (folder) => {
    const plan = await planThatWaits('second-network');
    const shown = DOCUMENTS.approve.parse(await askCommand(folder, approve, 'second-network'));
    expect(shown).toMatchObject({
      outcome: 'asked',
      plan,
      missing: 1,
      reasons: [expect.stringMatching(/^it interrupts \d+ pairs/)],
    });
    await agreeByLink(plan);
  });
  const edited = await settled;
  expect([edited['state'], errorsOf(edited)]).toEqual(['succeeded', []]);
});

test('a run is superseded, cancelled, resumed and rolled back, and its history says so', async () => {
  const [smaller, key] = [example('global-network-basic'), 'topologies/basic.yaml'];
  const larger = smaller.replace(/^offices:$/m, `offices:\n  office-9: 203.0.113.99 10.99.9.0/24 via virginia in US`);
  expect(larger).not.toBe(smaller);
  // The second comes while the first one's run is at work, or starts after it.
  await running.upload(key, larger);
  const back = await running.upload(key, smaller);
  expect(back).toMatchObject({ outcome: 'accepted', revision: 3 });
  await inFolder(async (folder) => {
    // The run of the second revision, or that of the third already.
    await askCommand(folder, watch, NETWORK);
    expect(await askCommand(folder, watch, NETWORK)).toMatchObject({ revision: 3, outcome: 'succeeded' });
    await running.upload(key, larger);
    const cancelled = DOCUMENTS.cancel.parse(await askCommand(folder, cancel, NETWORK));
    expect(cancelled).toMatchObject({ revision: 4, outcome: 'cancelled' });
    expect(DOCUMENTS.resume.parse(await askCommand(folder, resume, NETWORK))).toMatchObject({
      revision: 4,
      outcome: 'succeeded',
    });
    const changed = DOCUMENTS.diff.parse(await askCommand(folder, diff, NETWORK, { from: '3', to: '4' }));
    expect(changed.summary).toMatchObject({ replace: 0, remove: 0 });
    expect(changed.pairs).toMatchObject({ lost: { total: 0 }, moved: { total: 0 } });
    expect(changed.pairs.gained.first).toContainEqual({ from: 'office-9', to: 'virginia', port: null });
    expect(DOCUMENTS.rollback.parse(await askCommand(folder, rollback, NETWORK))).toMatchObject({
      revision: 5,
      outcome: 'succeeded',
    });
    const { live, runs } = DOCUMENTS.history.parse(await askCommand(folder, history, NETWORK));
    expect(live).toBe(5);
    expect(runs.map(({ revision, outcome }) => [revision, outcome]).slice(0, 4)).toEqual([
      [5, 'succeeded'],
      [4, 'succeeded'],
      [4, 'cancelled'],
      [3, 'succeeded'],
    ]);
  });
});

test('what drifted by hand is told by its reading, and brought back by the functions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-drift-'));
  const forget = await noteLocalCloud(folder, running.cloud.document);
  const { runs, cloud } = running.connection;
  const row = await runs.readNetwork('second-network');
  const records = await runs.allRecords({ network: 'second-network', incarnation: row?.incarnation ?? '' });
  const route = records.find(({ kind }) => kind === 'cen-route');
  await cloud.call({
    service: 'cbn',
    region: null,
    action: 'WithdrawPublishedRouteEntries',
    parameters: route?.parameters ?? {},
  });
  // The withdrawal takes the cloud a while.
  const look = async () => DOCUMENTS.drift.parse(await askCommand(folder, drift, 'second-network'));
  let found = await look();
  for (let tries = 0; found.findings.length === 0 && tries < 20; tries += 1) found = await look();
  expect(found.findings.map(({ resource, what, repair }) => [resource, what, repair])).toEqual([
    [route?.id, 'changed', 'change'],
  ]);
  expect(found.plan).toMatchObject({ summary: { create: 1, update: 0, replace: 0, remove: 0 }, interruptions: [] });
  const repaired = DOCUMENTS.apply.parse(await askCommand(folder, drift, 'second-network', { repair: true }));
  expect(repaired).toMatchObject({ outcome: 'succeeded', tasks: { done: 1, failed: 0 } });
  expect(await askCommand(folder, drift, 'second-network')).toMatchObject({ findings: [], notSeen: [] });
  // The function looks at whatever an order names, and finds all of it well.
  for (const network of ['second-network', 'global-network-basic']) {
    const { incarnation = '', latest = 0 } = (await runs.readNetwork(network)) ?? {};
    const resources = (await runs.allRecords({ network, incarnation })).map(({ id }) => id);
    const order: Order = { kind: 'repair', network, base: latest, resources, plan: null };
    expect(await placeOrder(contextIn(folder), running.connection, order)).toMatchObject({ outcome: 'unchanged' });
  }
  await forget();
  await rm(folder, { recursive: true });
});

test('taken down, they leave the account as it was; nothing was refused, and nothing in the table is unused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-destroy-'));
  const forget = await noteLocalCloud(folder, running.cloud.document);
  const networks = ['global-network-basic', 'second-network'];
  const planned = DOCUMENTS.plan.parse(await askCommand(folder, destroy, 'second-network', { dryRun: true }));
  expect(planned.tasks.every(({ action }) => action === 'remove')).toBe(true);
  expect(planned.pairs).toMatchObject({ gained: { total: 0 }, moved: { total: 0 } });
  // Its three rules of access: a pair of sites and one of an office and an application each.
  expect(planned.pairs?.lost.total).toBe(2 * 3);
  const ends = await Promise.all(
    networks.map(async (network) => DOCUMENTS.destroy.parse(await askCommand(folder, destroy, network, { yes: true }))),
  );
  expect(ends.map(({ outcome, tasks }) => [outcome, tasks.failed])).toEqual([
    ['succeeded', 0],
    ['succeeded', 0],
  ]);
  expect(standing()).toEqual(before);
  // The file went with its network; what is down stays down.
  expect(await running.connection.objects.get('topologies/basic.yaml')).toBeNull();
  expect(await askCommand(folder, destroy, 'second-network', { yes: true })).toMatchObject({ outcome: 'unchanged' });
  await forget();
  await rm(folder, { recursive: true });
  expect(asked.filter(({ allowed }) => !allowed)).toEqual([]);
  expect(unused()).toEqual([]);
});

const NETWORK = 'global-network-basic';

/** With the note that `--local` reads. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-e2e-'));
  const forget = await noteLocalCloud(folder, running.cloud.document);
  await use(folder);
  await forget();
  await rm(folder, { recursive: true });
}

async function planThatWaits(network: string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const question = (await running.connection.runs.readNetwork(network))?.question;
    if (question?.revision === null) return question.plan;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no plan of ${network} waits for anybody`);
}

/** Without the two routers of the basic edition: they are the service's, and stay. */
const standing = (): Record<string, number> => {
  const { 'cbn.transit-routers': routers = 0, ...rest } = cloudCounts(running.cloud);
  return { ...rest, 'cbn.transit-routers': routers - 2 };
};

/**
 * A faster link, another cipher, selectors of a route-based device, an access that says less than before, and a VPC with a table of its own and an office with a stored key.
 */
function edit(text: string): string {
  return `${text
    .replace('bandwidthMbps: 5', 'bandwidthMbps: 10')
    .replace('name: second-network', 'name: second-network\ndefaults: {tunnel: {encryption: aes192}}')
    .replace('country: DE}', 'country: DE, selectors: any}')
    .replace('  singapore:\n', CALIFORNIA)}
  office-la: {address: 198.51.100.23, cidrs: [10.98.10.0/24], vpc: california, country: US, presharedKey: {secret: acme/la}}
access:
  - {from: office-munich, to: frankfurt.billing}
  - {from: office-jakarta, to: singapore.stock}
  - {from: office-la, to: california.design}
`;
}

const GREEDY = `version: 1
name: greedy
backbone:
  links:
    - {between: [california, frankfurt], bandwidthMbps: 5}
vpcs:
  california:
    region: us-west-1
    id: vpc-california
    cidrs: [10.66.0.0/16]
    vSwitches:
      - {id: vsw-ca-a, zone: us-west-1a, cidr: 10.66.10.0/24}
      - {id: vsw-ca-b, zone: us-west-1b, cidr: 10.66.11.0/24}
  frankfurt:
    region: eu-central-1
    id: vpc-frankfurt
    cidrs: [10.64.0.0/16]
    vSwitches:
      - {id: vsw-fra-a, zone: eu-central-1a, cidr: 10.64.10.0/24}
      - {id: vsw-fra-b, zone: eu-central-1b, cidr: 10.64.11.0/24}
offices:
  office-x: {address: 198.51.100.30, cidrs: [10.99.10.0/24], vpc: california, country: US}
`;

const CALIFORNIA = `  california:
    region: us-west-1
    gateway: {vSwitches: [vsw-ca-a, vsw-ca-b]}
    id: vpc-california
    cidrs: [10.66.0.0/16]
    vSwitches:
      - {id: vsw-ca-a, zone: us-west-1a, cidr: 10.66.10.0/24}
      - {id: vsw-ca-b, zone: us-west-1b, cidr: 10.66.11.0/24}
      - {id: vsw-ca-apps, zone: us-west-1a, cidr: 10.66.20.0/24, routeTable: vtb-california-apps}
    applications:
      design: {securityGroup: sg-design, vSwitch: vsw-ca-apps, addresses: [10.66.20.20], ports: [tcp/443]}
  singapore:
`;

const errorsOf = ({ problems }: Record<string, unknown>): unknown[] =>
  (problems as { severity: string }[]).filter(({ severity }) => severity === 'error');

/** A message that no function can read ends in the dead-letter queue. */
/** As somebody does in a browser to whom the link was sent: looks at the page, and presses a button. */
async function agreeByLink(plan: string): Promise<void> {
  const key = 'the-key-of-the-change-board';
  const { region } = running.connection.target;
  await running.connection.cloud.call({
    service: 'kms',
    region,
    action: 'CreateSecret',
    parameters: {
      SecretName: 'trunkline/webhook/board',
      VersionId: 'v1',
      SecretData: JSON.stringify({ keys: [key], approvers: ['alice'] }),
      SecretDataType: 'text',
    },
  });
  const until = epochMs(Date.now() + 3_600_000);
  const link = { system: 'board', network: 'second-network', plan, by: 'alice', until };
  const url = running.cloud.document.webhookUrl.replace(
    '/v1/topologies',
    `/v1/approvals/${approvalToken(secretOf(key), link)}`,
  );
  const page = await fetch(url);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  const html = await page.text();
  expect(html).toContain(plan);
  expect(html).toMatch(/<li>it interrupts \d+ pairs/);
  const nonce = /name="nonce" value="(\d+)"/.exec(html)?.[1] ?? '';
  const pressed = await fetch(url, { method: 'POST', body: new URLSearchParams({ word: 'agree', reason: '', nonce }) });
  expect(pressed.status).toBe(202);
}

async function poison(): Promise<void> {
  const { accountId, region, endpoint, credentials } = running.connection.target;
  const client = smqClient({
    accountId,
    region,
    endpoint,
    credentials,
    timeout: seconds(5),
    pause: async () => undefined,
  });
  await client.send('trunkline-gateway', Buffer.from('not a message').toString('base64'), 0);
}

const storeKey = (): Promise<unknown> =>
  running.connection.cloud.call({
    service: 'kms',
    region: 'us-west-1',
    action: 'CreateSecret',
    parameters: { SecretName: 'acme/la', VersionId: 'v1', SecretData: 'a-key-that-the-office-administrator-chose-1' },
  });

async function posted(topology: string): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ topology, ticket: 'CHG0030193' });
  const [timestamp, delivery] = [String(Math.floor(Date.now() / 1_000)), randomUUID()];
  const delivered = {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-trunkline-system': 'service-desk',
      'x-trunkline-timestamp': timestamp,
      'x-trunkline-delivery': delivery,
      'x-trunkline-signature': sign(secretOf('local-service-desk-key-0001'), {
        timestamp,
        delivery,
        body: Buffer.from(body),
      }),
    },
  };
  await fetch(running.cloud.document.webhookUrl, delivered);
  // Twice, as a ticketing system does that has seen no answer.
  const answer = await fetch(running.cloud.document.webhookUrl, delivered);
  const { statusUrl } = (await answer.json()) as { statusUrl: string };
  for (let tries = 0; tries < 900; tries += 1) {
    const status = (await (await fetch(statusUrl)).json()) as Record<string, unknown>;
    if (status.final === true) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the submission never settled');
}

/** `use case: action on resource` of what no role that has the use case asked for. */
function unused(): string[] {
  const place = placeOf(running.connection.target);
  return Object.entries(USE_CASES).flatMap(([useCase, grants]) => {
    const roles = ROLES.filter(({ useCases }) => useCases.some((one) => one === useCase)).map(({ name }) => name);
    const own = asked.filter(({ roleArn }) => roles.some((name) => roleArn.endsWith(`/trunkline-${name}`)));
    return grants
      .filter((grant) => !('deny' in grant))
      .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => [action, on] as const)))
      .filter(([action, on]) => !own.some((one) => one.action === action && matches(placed(on, place), one.resource)))
      .map(([action, on]) => `${useCase}: ${action} on ${on.slice(on.lastIndexOf(':') + 1)}`)
      .filter((one) => !Object.keys(ELSEWHERE).some((known) => one.startsWith(known)));
  });
}

/** A pattern of the table has its stars at the end of a part. */
const matches = (pattern: string, resource: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(resource);
