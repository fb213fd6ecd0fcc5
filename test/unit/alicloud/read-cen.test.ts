/** A CEN instance of either edition, built by requests alone, as it is read back. */
import { readBasicCen, readRouterCen } from '../../../shared/alicloud/read-cen';
import { listTransitRouters } from '../../../shared/alicloud/reads/transit-routers';
import type { Cloud } from '../../../shared/engine/cloud';
import type { JsonObject } from '../../../shared/json';
import type { CenModel } from '../../../shared/network/model';
import type { Vpc } from '../../../shared/topology/topology';
import { child, type LocalCen, localCen, putBasicCen, putEntry, putPackage, withTwoVpcs } from '../world/cbn/local-cen';
import { publication, twoRegionNetwork } from '../world/cbn/two-region-network';

const cloudOf = (cen: Pick<LocalCen, 'call'>): Cloud => ({
  call: async ({ action, parameters }) =>
    cen.call(action, Object.fromEntries(Object.entries(parameters).filter(([, value]) => value != null)) as JsonObject),
});

/** Only the first is in the file; the other is a VPC of somebody else. */
const VPCS = [{ name: 'virginia', id: 'vpc-1' }] as Vpc[];

const readRouters = async (network: ReturnType<typeof twoRegionNetwork>) => {
  const cloud = cloudOf(network);
  const routers = await listTransitRouters(cloud, { CenId: network.ids.cen });
  return (await readRouterCen(cloud, network.ids.cen, routers, VPCS)) as Extract<
    CenModel,
    { edition: 'transit-router' }
  >;
};

test('transit routers: tables, attachments, links and associations, each under its id', async () => {
  const network = twoRegionNetwork();
  const { ids } = network;
  const model = await readRouters(network);
  expect(model.vpcAttachments).toEqual([
    { id: ids.attachments[0], routerId: ids.routers[0], vpc: 'virginia', vSwitchIds: ['vsw-1a', 'vsw-1b'] },
    { id: ids.attachments[1], routerId: ids.routers[1], vpc: 'vpc-2', vSwitchIds: ['vsw-2a', 'vsw-2b'] },
  ]);
  expect(model.peerAttachments).toEqual([{ id: ids.peer, routerIds: ids.routers, bandwidthMbps: 10 }]);
  expect(model.associations).toHaveLength(4);
  expect(model.associations).toContainEqual({
    attachmentId: ids.peer,
    routerId: ids.routers[1],
    tableId: ids.tables[1],
  });
  const [virginia] = model.routers;
  expect(virginia).toMatchObject({ id: ids.routers[0], region: 'us-east-1' });
  expect(virginia?.tables[0]?.routes).toEqual(
    expect.arrayContaining([
      { destination: '10.10.10.0/24', nextHop: { kind: 'attachment', id: ids.attachments[0] } },
      { destination: '10.20.10.0/24', nextHop: { kind: 'attachment', id: ids.peer } },
    ]),
  );
});

test.each([
  [
    'a withdrawn publication',
    (network: ReturnType<typeof twoRegionNetwork>) =>
      network.settled('WithdrawPublishedRouteEntries', publication(network.ids.cen, 0)),
    (model: Awaited<ReturnType<typeof readRouters>>) =>
      model.routers
        .flatMap(({ tables }) => tables.flatMap(({ routes }) => routes))
        .map(({ destination }) => destination),
    '10.10.10.0/24',
  ],
  [
    'an association that is taken away',
    (network: ReturnType<typeof twoRegionNetwork>) =>
      network.settled('DissociateTransitRouterAttachmentFromRouteTable', {
        TransitRouterAttachmentId: network.ids.attachments[0],
        TransitRouterRouteTableId: network.ids.tables[0],
      }),
    (model: Awaited<ReturnType<typeof readRouters>>) =>
      model.associations.map(({ attachmentId }) => (attachmentId === model.vpcAttachments[0]?.id ? 'first' : 'other')),
    'first',
  ],
])('%s is not there any more', async (_what, fault, seenOf, missing) => {
  const network = twoRegionNetwork();
  expect(seenOf(await readRouters(network))).toContain(missing);
  fault(network);
  expect(seenOf(await readRouters(network))).not.toContain(missing);
});

test('the basic edition: attached VPCs, the tables of the regions, the limits between them', async () => {
  const cen = withTwoVpcs(localCen());
  putBasicCen(cen.state, 'cen-basic');
  putPackage(cen.state, { id: 'cenbwp-1', bandwidthMbps: 10 });
  putEntry(cen.state, { id: 'rte-office-1', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
  cen.settled('AssociateCenBandwidthPackage', { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' });
  cen.settled('SetCenInterRegionBandwidthLimit', {
    CenId: 'cen-basic',
    LocalRegionId: 'us-east-1',
    OppositeRegionId: 'cn-shanghai',
    BandwidthLimit: 5,
  });
  cen.settled('PublishRouteEntries', publication('cen-basic', 0));

  const model = await readBasicCen(cloudOf(cen), 'cen-basic', ['us-east-1', 'cn-shanghai']);
  expect(model).toMatchObject({
    edition: 'basic',
    id: 'cen-basic',
    attachedVpcs: ['vpc-1', 'vpc-2'],
    bandwidths: [{ regions: ['cn-shanghai', 'us-east-1'], bandwidthMbps: 5 }],
  });
  const far = model.edition === 'basic' ? model.tables.find(({ region }) => region === 'cn-shanghai') : undefined;
  expect(far?.routes).toContainEqual({ destination: '10.10.10.0/24', vpcId: 'vpc-1', region: 'us-east-1' });
  expect(far?.routes).toContainEqual({ destination: '172.16.10.0/24', vpcId: 'vpc-2', region: 'cn-shanghai' });
});
