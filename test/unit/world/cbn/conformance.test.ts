/** Every action's parameters and answers, held to the published ones. */
import { cbnActions } from '../../../../local/world/cbn/actions';
import { leftOut, readActionSchema, unlikePublished, unpublished } from './action-schema';
import {
  child,
  type LocalCen,
  localCen,
  openService,
  putBasicCen,
  putEntry,
  putPackage,
  withTwoVpcs,
} from './local-cen';
import { publication, twoRegionNetwork } from './two-region-network';

const schema = readActionSchema();
const held = cbnActions.flatMap((action) => {
  const found = schema?.get(`cbn.${action.name}`);
  return found ? [{ name: action.name, parameters: action.parameters, found }] : [];
});

/** Of newer releases than the metadata. */
const NEWER = new Set([
  'CreateCen ResourceGroupId unknown there',
  'CreateTransitRouterVpcAttachment Options unknown there',
  'UpdateTransitRouterVpcAttachmentAttribute Options unknown there',
  // A value may be empty, which the wire cannot tell from none.
  'TagResources Tag.Value required there alone',
  // The API reference says it of each zone that is named, the metadata only of the action that makes them.
  'UpdateTransitRouterVpcAttachmentZones AddZoneMappings.VSwitchId required here alone',
  'UpdateTransitRouterVpcAttachmentZones AddZoneMappings.ZoneId required here alone',
  'UpdateTransitRouterVpcAttachmentZones RemoveZoneMappings.VSwitchId required here alone',
  'UpdateTransitRouterVpcAttachmentZones RemoveZoneMappings.ZoneId required here alone',
]);

const under = (place: string, fields: readonly string[]): string[] => fields.map((field) => `${place}.${field}`);

/** An entry that is static has these, a learned one those; a black hole leads nowhere. */
const OF_SOME_ENTRIES = [
  ...under('ListTransitRouterRouteEntries.TransitRouterRouteEntries[]', [
    'CreateTime',
    'TransitRouterRouteEntryDescription',
    'TransitRouterRouteEntryId',
    'TransitRouterRouteEntryName',
    'TransitRouterRouteEntryNextHopId',
    'TransitRouterRouteEntryNextHopResourceId',
    'TransitRouterRouteEntryNextHopResourceType',
    'TransitRouterRouteEntryOriginResourceId',
    'TransitRouterRouteEntryOriginResourceType',
  ]),
  ...under('ListTransitRouterRouteEntries.TransitRouterRouteEntries[].PathAttributes', [
    'OriginInstanceId',
    'OriginInstanceType',
  ]),
];

/** What the SDKs know and nothing here has: orders that wait, prefix lists. */
const NOT_MODELLED = [
  ...under('DescribeCenBandwidthPackages.CenBandwidthPackages.CenBandwidthPackage[]', [
    'HasReservationData',
    'ReservationActiveTime',
    'ReservationBandwidth',
    'ReservationInternetChargeType',
    'ReservationOrderType',
    'ResourceGroupId',
  ]),
  ...under('ListTransitRouterRouteEntries.TransitRouterRouteEntries[]', ['PrefixListId', 'Tag']),
];

/** In the metadata one shape stands for attachments of every kind. These no SDK's model of the action has. */
const OF_OTHER_ACTIONS = [
  ...under('DescribeCenBandwidthPackages.CenBandwidthPackages.CenBandwidthPackage[]', [
    'Ratio',
    'ServiceType',
    'TypeFor95',
  ]),
  ...under('DescribeCenInterRegionBandwidthLimits.CenInterRegionBandwidthLimits.CenInterRegionBandwidthLimit[]', [
    'TransitRouterAttachmentId',
  ]),
  ...under('ListTransitRouterPeerAttachments.TransitRouterAttachments[]', [
    'BandwidthPackageId',
    'ChargeType',
    'EcrId',
    'EcrOwnerId',
    'OrderType',
    'ServiceMode',
    'VbrId',
    'VbrOwnerId',
    'VbrRegionId',
    'VpcId',
    'VpcOwnerId',
    'VpcRegionId',
    'VpnId',
    'VpnOwnerId',
    'VpnRegionId',
    'ZoneMappings',
    'Zones',
  ]),
  ...under('ListTransitRouterRouteEntries.TransitRouterRouteEntries[]', ['AsPaths', 'Communities', 'Preference']),
  ...under('ListTransitRouterRouteTableAssociations.TransitRouterAssociations[]', [
    'ChildInstanceRouteTableId',
    'DestinationCidrBlock',
    'ServiceType',
  ]),
  ...under('ListTransitRouterVpcAttachments.TransitRouterAttachments[]', [
    'Bandwidth',
    'BandwidthPackageId',
    'BandwidthType',
    'CenBandwidthPackageId',
    'DefaultLinkType',
    'EcrId',
    'EcrOwnerId',
    'GeographicSpanId',
    'PeerTransitRouterId',
    'PeerTransitRouterOwnerId',
    'PeerTransitRouterRegionId',
    'ServiceMode',
    'VbrId',
    'VbrOwnerId',
    'VbrRegionId',
    'VpnId',
    'VpnOwnerId',
    'VpnRegionId',
    'Zones',
  ]),
  ...under('ListTransitRouters.TransitRouters[]', ['ServiceMode', 'TransitRouterPrimaryStandbyZoneInfoList']),
];

if (schema === null)
  test.skip('SKIPPED: there is no action-schema.json in a folder beside the project', () => undefined);
else holdToMetadata();

function holdToMetadata(): void {
  test('the metadata knows 45 of the actions', () => {
    expect(held).toHaveLength(45);
  });

  test.each(held)('$name takes exactly the published parameters', ({ name, parameters, found }) => {
    const differences = unlikePublished(parameters, found.params).map((difference) => `${name} ${difference}`);
    expect(differences.filter((difference) => !NEWER.has(difference))).toEqual([]);
  });

  test.each(held)('$name answers nothing but published fields of the published types', ({ name, found }) => {
    const answers = answersOf(name);
    expect(answers.length).toBeGreaterThan(0);
    for (const body of answers) expect(unpublished(body, found.response, name)).toEqual([]);
  });

  test.each(held)('$name leaves out no published field, save those that are told of above', ({ name, found }) => {
    // An answer without a body is that of an action that has none.
    const answers = answersOf(name).filter((body) => Object.keys(body).length > 0);
    const { some, always } = leftOut(answers, found.response, name);
    const own = (places: readonly string[]): string[] => places.filter((each) => each.startsWith(`${name}.`)).sort();
    const never = own([...NOT_MODELLED, ...OF_OTHER_ACTIONS]);
    expect(always.filter((place) => place !== `${name}.RequestId`)).toEqual(never);
    expect(some.filter((place) => place !== `${name}.RequestId`)).toEqual(own([...never, ...OF_SOME_ENTRIES]));
  });
}

let collected: LocalCen['answers'] | undefined;
function answersOf(action: string): object[] {
  collected ??= [...enterpriseAnswers(), ...basicAnswers()];
  return collected.filter((answer) => answer.action === action).map(({ body }) => body);
}

function enterpriseAnswers(): LocalCen['answers'] {
  const network = twoRegionNetwork();
  const { cen, routers, tables, attachments, peer } = network.ids;
  const { TransitRouterRouteEntryId } = network.settled('CreateTransitRouterRouteEntry', {
    TransitRouterRouteTableId: tables[0],
    TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
    TransitRouterRouteEntryNextHopType: 'BlackHole',
  });
  network.settled('TagResources', { ResourceType: 'Cen', ResourceId: [cen], Tag: [{ Key: 'k', Value: 'v' }] });
  network.call('DescribeCens');
  network.call('ListTransitRouters');
  network.call('ListTransitRouterVpcAttachments');
  network.call('ListTransitRouterPeerAttachments');
  network.call('ListTransitRouterRouteTableAssociations');
  network.call('ListTransitRouterRouteTablePropagations', { TransitRouterRouteTableId: tables[0] });
  network.call('ListTransitRouterRouteEntries', { TransitRouterRouteTableId: tables[0] });
  network.call('UntagResources', { ResourceType: 'Cen', ResourceId: [cen], All: true });
  network.settled('ModifyCenAttribute', { CenId: cen, Name: 'new' });
  network.settled('DeleteTransitRouterRouteEntry', { TransitRouterRouteEntryId: TransitRouterRouteEntryId! });
  const both = { TransitRouterAttachmentId: attachments[0], TransitRouterRouteTableId: tables[0] };
  network.settled('DissociateTransitRouterAttachmentFromRouteTable', both);
  network.settled('DisableTransitRouterRouteTablePropagation', both);
  network.settled('UpdateTransitRouterVpcAttachmentAttribute', { TransitRouterAttachmentId: attachments[0] });
  network.settled('UpdateTransitRouterPeerAttachmentAttribute', { TransitRouterAttachmentId: peer });
  network.settled('UpdateTransitRouterVpcAttachmentZones', {
    TransitRouterAttachmentId: attachments[0],
    RemoveZoneMappings: [{ ZoneId: 'us-east-1b', VSwitchId: 'vsw-1b' }],
  });
  network.settled('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId: peer, Force: true });
  network.settled('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: attachments[0] });
  network.settled('UpdateTransitRouter', { TransitRouterId: routers[0], RegionId: 'us-east-1' });
  network.settled('DeleteTransitRouter', { TransitRouterId: routers[0] });
  return network.answers;
}

function basicAnswers(): LocalCen['answers'] {
  const cen = withTwoVpcs(localCen());
  openService(cen.state, 'transit-router');
  putBasicCen(cen.state, 'cen-basic');
  putPackage(cen.state, { id: 'cenbwp-1' });
  putEntry(cen.state, { id: 'rte-1', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  putEntry(cen.state, { id: 'rte-2', routeTableId: 'vtb-vpc-2', destination: '10.10.10.0/24' });
  const [first, second] = [child('cen-basic', 'vpc-1', 'us-east-1'), child('cen-basic', 'vpc-2', 'cn-shanghai')];
  const bound = { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' };
  const limit = { CenId: 'cen-basic', LocalRegionId: 'us-east-1', OppositeRegionId: 'cn-shanghai' };
  const bought = cen.settled('CreateCenBandwidthPackage', {
    Bandwidth: 2,
    GeographicRegionAId: 'Europe',
    GeographicRegionBId: 'North-America',
    BandwidthPackageChargeType: 'POSTPAY',
  });
  const own = { CenBandwidthPackageId: bought['CenBandwidthPackageId']! };
  cen.settled('ModifyCenBandwidthPackageAttribute', { ...own, Name: 'new' });
  cen.settled('ModifyCenBandwidthPackageSpec', { ...own, Bandwidth: 3 });
  cen.settled('DeleteCenBandwidthPackage', own);
  cen.settled('AttachCenChildInstance', first);
  cen.settled('AttachCenChildInstance', second);
  cen.settled('AssociateCenBandwidthPackage', bound);
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 4 });
  cen.settled('PublishRouteEntries', publication('cen-basic', 0));
  cen.settled('PublishRouteEntries', { ...publication('cen-basic', 1), DestinationCidrBlock: '10.10.10.0/24' });
  cen.call('DescribeCens');
  cen.call('DescribeCenAttachedChildInstances', { CenId: 'cen-basic' });
  cen.call('DescribeCenAttachedChildInstanceAttribute', first);
  cen.call('DescribeCenBandwidthPackages');
  cen.call('DescribeCenInterRegionBandwidthLimits', { CenId: 'cen-basic' });
  cen.call('DescribePublishedRouteEntries', second);
  cen.settled('WithdrawPublishedRouteEntries', publication('cen-basic', 0));
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 0 });
  cen.settled('UnassociateCenBandwidthPackage', bound);
  cen.settled('DetachCenChildInstance', first);
  cen.settled('DetachCenChildInstance', second);
  cen.settled('DeleteCen', { CenId: 'cen-basic' });
  return cen.answers;
}
