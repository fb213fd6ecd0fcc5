/** The transit-router edition's kinds against the local CEN: what they ask for is what the flags of the design say. */
import { cbnActions, cbnEffects } from '../../../local/world/cbn/actions';
import { rpcService } from '../../../local/world/rpc/service';
import type { Desired, DesiredResource, ResourceId } from '../../../shared/plan/desired';
import { inProcessWorld } from '../../in-process/in-process-world';
import { openService, putVpc, putVSwitch } from '../world/cbn/local-cen';
import { Builder } from './build';
import { identityFor } from './identity-for';
import { type WorldCloud, worldCloud } from './world-cloud';

const CEN = resource('cen/backbone', { kind: 'cen', existingId: null });
const ROUTERS = [router('us-east-1'), router('cn-shanghai')] as const;
const ATTACHMENT = resource('vpc-attachment/virginia', {
  kind: 'vpc-attachment',
  cen: CEN.id,
  router: ROUTERS[0].id,
  region: 'us-east-1',
  vpcId: 'vpc-virginia',
  zones: [
    { zone: 'us-east-1a', vSwitchId: 'vsw-a' },
    { zone: 'us-east-1b', vSwitchId: 'vsw-b' },
  ],
});
const peer = (bandwidthMbps: number): DesiredResource =>
  resource('peer-attachment/us-east-1-cn-shanghai', {
    kind: 'peer-attachment',
    cen: CEN.id,
    router: ROUTERS[0].id,
    region: 'us-east-1',
    peerRouter: ROUTERS[1].id,
    peerRegion: 'cn-shanghai',
    bandwidthMbps,
    bandwidthPackage: null,
  });
const binding = (kind: 'route-table-association' | 'route-table-propagation'): DesiredResource =>
  resource(`${kind}/virginia`, { kind, region: 'us-east-1', router: ROUTERS[0].id, attachment: ATTACHMENT.id });

function resource(id: string, desired: Desired): DesiredResource {
  return { id: id as ResourceId, desired, needs: [] };
}

function router(region: string): DesiredResource {
  return resource(`transit-router/${region}`, { kind: 'transit-router', cen: CEN.id, region });
}

let cloud: WorldCloud;
let builder: Builder;

beforeEach(() => {
  const inProcess = inProcessWorld({ rpc: rpcService(cbnActions, cbnEffects) });
  const { state } = inProcess.world;
  openService(state, 'transit-router');
  openService(state, 'cross-border');
  putVpc(state, { id: 'vpc-virginia', region: 'us-east-1', cidr: '192.168.0.0/16' });
  putVSwitch(state, { id: 'vsw-a', vpcId: 'vpc-virginia', zone: 'us-east-1a', cidr: '192.168.10.0/24' });
  putVSwitch(state, { id: 'vsw-b', vpcId: 'vpc-virginia', zone: 'us-east-1b', cidr: '192.168.11.0/24' });
  cloud = worldCloud(inProcess);
  builder = new Builder(cloud, inProcess.clock);
});

const requestOf = (action: string) => cloud.asked.find((request) => request.action === action)?.parameters;
const callsOf = (action: string): number => cloud.asked.filter((request) => request.action === action).length;

test('a backbone is built: each thing once, tagged, named, and settled', async () => {
  await builder.build(CEN);
  for (const each of ROUTERS) await builder.build(each);
  const attachment = await builder.build(ATTACHMENT);
  const link = await builder.build(peer(10));
  const association = await builder.build(binding('route-table-association'));
  const propagation = await builder.build(binding('route-table-propagation'));

  expect(requestOf('CreateTransitRouterVpcAttachment')).toMatchObject({
    AutoPublishRouteEnabled: true,
    ZoneMappings: [
      { ZoneId: 'us-east-1a', VSwitchId: 'vsw-a' },
      { ZoneId: 'us-east-1b', VSwitchId: 'vsw-b' },
    ],
  });
  expect(requestOf('CreateTransitRouterPeerAttachment')).toMatchObject({
    AutoPublishRouteEnabled: true,
    Bandwidth: 10,
    BandwidthType: 'DataTransfer',
  });
  expect(attachment).toMatchObject({ ownership: 'ours', updates: [] });
  expect(attachment.observation.attributes).toMatchObject({
    name: identityFor(ATTACHMENT.id).name,
    autoPublishRoute: true,
    zones: [{ vSwitchId: 'vsw-a' }, { vSwitchId: 'vsw-b' }],
  });
  expect(link.observation.attributes).toMatchObject({ autoPublishRoute: true, bandwidthMbps: 10 });
  expect(association.observation.cloudId).toBe(propagation.observation.cloudId);
  for (const action of ['CreateCen', 'CreateTransitRouterVpcAttachment', 'CreateTransitRouterPeerAttachment'])
    expect(callsOf(action)).toBe(1);
  expect(callsOf('CreateTransitRouter')).toBe(2);
  expect(requestOf('CreateCen')?.Tag).toContainEqual({ Key: 'trunkline:network', Value: 'acme' });
});

test('an association that is not Active yet is not settled', async () => {
  await builder.build(CEN);
  for (const each of ROUTERS) await builder.build(each);
  await builder.build(ATTACHMENT);
  const { desired, id } = binding('route-table-association');
  const kind = builder.kindOf(desired);
  const identity = identityFor(id);
  const parameters = await kind.prepare({ desired, references: builder.records, identity, cloud });
  const { cloudId } = await kind.create({ desired, parameters, token: 'token-1', cloud });
  expect(await kind.observe({ desired, cloudId, parameters, cloud })).toMatchObject({ phase: 'changing' });
});

test("another's router and attachment are used as they are", async () => {
  const { clock } = builder;
  const first = await builder.build(CEN);
  const adopting = new Builder(cloud, clock);
  for (const each of ROUTERS) await builder.build(each);
  await builder.build(ATTACHMENT);
  const adopted = await adopting.build({ ...CEN, desired: { kind: 'cen', existingId: first.observation.cloudId } });
  const [router, attachment] = [await adopting.build(ROUTERS[0]), await adopting.build(ATTACHMENT)];
  expect([adopted, router, attachment].map(({ ownership }) => ownership)).toEqual(['borrowed', 'borrowed', 'borrowed']);
  expect(callsOf('CreateTransitRouter')).toBe(2);
  expect(callsOf('CreateTransitRouterVpcAttachment')).toBe(1);
});

test('a borrowed attachment that does not synchronise is refused, ours is corrected', async () => {
  const { desired, id } = ATTACHMENT;
  const kind = builder.kindOf(desired);
  const attributes = {
    autoPublishRoute: false,
    zones: [
      { zone: 'us-east-1a', vSwitchId: 'vsw-a' },
      { zone: 'us-east-1b', vSwitchId: 'vsw-b' },
    ],
  };
  const seen = { desired, identity: identityFor(id), attributes, references: new Map() };
  expect(kind.differences({ ...seen, ownership: 'ours' })).toEqual({
    kind: 'update',
    reason: 'turns on route synchronisation',
  });
  expect(kind.differences({ ...seen, ownership: 'borrowed' })).toMatchObject({ kind: 'refuse' });
});

test('a link whose bandwidth was changed is brought back; a borrowed one only has to have enough', async () => {
  await builder.build(CEN);
  for (const each of ROUTERS) await builder.build(each);
  const { observation, parameters } = await builder.build(peer(10));
  const { cloudId } = observation;
  const { id, desired } = peer(20);
  const settled = await builder.settle(id, desired, { cloudId, parameters, ownership: 'ours' });
  expect(settled.updates).toEqual(['sets its bandwidth to 20 Mbit/s']);
  expect(settled.observation.attributes).toMatchObject({ bandwidthMbps: 20 });
  await expect(builder.settle(id, peer(50).desired, { cloudId, parameters, ownership: 'borrowed' })).rejects.toThrow(
    'refuse',
  );
  await expect(
    builder.settle(id, peer(5).desired, { cloudId, parameters, ownership: 'borrowed' }),
  ).resolves.toMatchObject({ updates: [] });
});

test('a CEN instance that the file names and the account lacks is fatal, and nothing is made', async () => {
  await expect(builder.build({ ...CEN, desired: { kind: 'cen', existingId: 'cen-none' } })).rejects.toMatchObject({
    detail: { code: 'CenMissing', class: 'fatal' },
  });
  expect(callsOf('CreateCen')).toBe(0);
});
