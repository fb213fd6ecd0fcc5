/** What another network adopted, or another deployment made, is not adopted: nothing has two owners (W6). */
import { parse, stringify } from 'yaml';
import { parseAccount } from '../../../local/world/account';
import { compareAdopted } from '../../../shared/adoption/compare-adopted';
import { draftTopology } from '../../../shared/adoption/draft-topology';
import { lookAtWanted } from '../../../shared/adoption/look-at-wanted';
import { writeTopology } from '../../../shared/adoption/write-topology';
import { surveyNetwork } from '../../../shared/alicloud/survey-network';
import { minutes } from '../../../shared/clock';
import type { CloudRequest } from '../../../shared/engine/cloud';
import { kindForReading } from '../../../shared/resources/kind-for-reading';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { buildByHand, type Call } from '../../adoption/build-by-hand';
import { wait } from '../../in-process/drift-harness';
import { type VirtualCloud, virtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const { account, global } = readMaterials('examples');

/** Beside the example's, two more VPCs in the same regions. */
const MORE_VPCS = `
  - id: vpc-two-va
    region: us-east-1
    cidrs: [10.70.0.0/16]
    vSwitches: [{id: vsw-2va-a, zone: us-east-1a, cidr: 10.70.10.0/24}, {id: vsw-2va-b, zone: us-east-1b, cidr: 10.70.11.0/24}]
  - id: vpc-two-sh
    region: cn-shanghai
    cidrs: [10.71.0.0/16]
    vSwitches: [{id: vsw-2sh-a, zone: cn-shanghai-b, cidr: 10.71.10.0/24}, {id: vsw-2sh-b, zone: cn-shanghai-g, cidr: 10.71.11.0/24}]

securityGroups:`;

/** Takes for its own, of what the first network adopted, all that is in no VPC. */
const second = (adopt: string) => `version: 1
name: second
backbone: {links: [{between: [virginia, shanghai], bandwidthMbps: 10}]}
vpcs:
  virginia:
    region: us-east-1
    id: vpc-two-va
    cidrs: [10.70.0.0/16]
    vSwitches: [{id: vsw-2va-a, zone: us-east-1a, cidr: 10.70.10.0/24}, {id: vsw-2va-b, zone: us-east-1b, cidr: 10.70.11.0/24}]
    gateway: {bandwidthMbps: 100}
  shanghai:
    region: cn-shanghai
    id: vpc-two-sh
    cidrs: [10.71.0.0/16]
    vSwitches: [{id: vsw-2sh-a, zone: cn-shanghai-b, cidr: 10.71.10.0/24}, {id: vsw-2sh-b, zone: cn-shanghai-g, cidr: 10.71.11.0/24}]
    gateway: {bandwidthMbps: 100}
offices:
  o1: 203.0.113.11 10.80.10.0/24 via virginia
  o2: 198.51.100.13 10.80.20.0/24 via shanghai
adopt:
${adopt}
`;

async function imported({ cloud }: VirtualCloud, cen: string): Promise<string> {
  const { file, known, unsaid } = draftTopology('first', (await surveyNetwork(cloud, cen))!);
  const { topology } = parseTopology(writeTopology({ file, network: 'first', cen, unsaid }), 'first.yaml');
  const deps = { cloud, deployment: 'test', kindOf: kindForReading };
  const looked = await lookAtWanted(deps, { topology: topology!, recorded: [], named: known, search: true });
  const adopt = Object.fromEntries(looked.map(({ resource, cloudId }) => [resource, cloudId!]));
  return writeTopology({ file: { ...file, adopt }, network: 'first', cen, unsaid });
}

/** A network that adopted what was built by hand; and its file. */
async function adopted(): Promise<{ cloud: VirtualCloud; first: string }> {
  const cloud = await virtualCloud(parseAccount(account.replace('\nsecurityGroups:', MORE_VPCS), 'a.yaml').account!);
  const call: Call = async (service, region, action, parameters) =>
    (await cloud.cloud.call({
      service,
      region,
      action,
      parameters: parameters as CloudRequest['parameters'],
    })) as never;
  const cen = await buildByHand(call, async () => wait(cloud, minutes(6)));
  const first = await imported(cloud, cen);
  await applied(cloud, first);
  return { cloud, first };
}

async function applied(cloud: VirtualCloud, text: string): Promise<void> {
  const accepted = await cloud.submit(text);
  if (accepted.kind !== 'accepted') throw new Error(JSON.stringify(accepted));
  expect((await cloud.runToEnd(accepted.run!)).run.outcome).toBe('succeeded');
}

/** Others hang on the CEN instance and its routers, so those are named along with what the line is. */
function secondOf(first: string, line: RegExp): string {
  const base = first.split('\n').filter((text) => /^ +(cen\/first|transit-router\/[a-z0-9-]+): /.test(text));
  const named = [...new Set([...base, ...first.split('\n').filter((text) => line.test(text))])];
  return second(named.join('\n').replace('cen/first', 'cen/second'));
}

async function expectRefused(cloud: VirtualCloud, text: string): Promise<void> {
  const reply = await cloud.submit(text);
  expect(reply.kind).toBe('refused');
  expect(reply.problems.map(({ message }) => message).join('\n')).toMatch(/the network first/);
}

test('what a network adopted that lies in no VPC is not adopted by another one', async () => {
  const { cloud, first } = await adopted();
  for (const line of [
    /^ +cen\/first: /,
    /^ +peer-attachment\/cn-shanghai\/us-east-1: /,
    /^ +customer-gateway\/us-east-1\/203\.0\.113\.11: /,
  ])
    await expectRefused(cloud, secondOf(first, line));
  const cen = /^ +cen\/first: (\S+)/m.exec(first)?.[1];
  const { adopt: _, ...named } = parse(secondOf(first, /never/));
  await expectRefused(cloud, stringify({ ...named, backbone: { ...named.backbone, cen } }));
});

test('it stays its own when its file names it no more, until it is taken down', async () => {
  const { cloud, first } = await adopted();
  const { adopt: _, ...unnamed } = parse(first);
  await applied(cloud, stringify(unnamed));
  await expectRefused(cloud, secondOf(first, /never/));
});

test('what carries the tags of another deployment is not adopted, whatever it is called now', async () => {
  const cloud = await virtualCloud(parseAccount(account, 'account.yaml').account!);
  const accepted = await cloud.submit(global);
  if (accepted.kind !== 'accepted') throw new Error(JSON.stringify(accepted));
  await cloud.runToEnd(accepted.run!);
  const records = await cloud.runs.allRecords({ network: 'global-network', incarnation: '00000001' });
  const idOf = (id: string): string => records.find((record) => record.id === id)!.cloudId!;
  const gateway = idOf('vpn-gateway/virginia');
  await cloud.cloud.call({
    service: 'vpc',
    region: 'us-east-1',
    action: 'ModifyVpnGatewayAttribute',
    parameters: { VpnGatewayId: gateway, Name: 'renamed-by-hand' },
  });
  await wait(cloud, minutes(6));
  const cen = records.find(({ kind }) => kind === 'cen')!.cloudId!;
  const { file } = draftTopology('acme', (await surveyNetwork(cloud.cloud, cen))!);
  const adopt = { 'vpn-gateway/virginia': gateway };
  const text = writeTopology({ file: { ...file, adopt }, network: 'acme', cen, unsaid: [] });
  const { topology } = parseTopology(text, 'acme.yaml');
  const deps = { cloud: cloud.cloud, deployment: 'another', kindOf: kindForReading };
  expect(await compareAdopted(deps, topology!, [])).toMatchObject([{ code: 'not-adoptable' }]);
});
