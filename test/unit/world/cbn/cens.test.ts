import { ROUTER_ENTRIES } from '../../../../local/world/cbn/records';
import type { JsonObject } from '../../../../shared/json';
import { child, localCen, only, openService, pick, putBasicCen, putPackage, withTwoVpcs } from './local-cen';
import { type Network, publication, twoRegionNetwork } from './two-region-network';

const cens = (body: JsonObject): unknown => (body['Cens'] as JsonObject)['Cen'];

test('a new CEN is being created for a moment, and then active', () => {
  const cen = localCen();
  const { CenId } = cen.call('CreateCen', { Name: 'backbone', Description: 'ours' });
  expect(CenId).toMatch(/^cen-[0-9a-z]{22}$/);
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')).toEqual({
    CenId,
    Name: 'backbone',
    Description: 'ours',
    ProtectionLevel: 'REDUCED',
    Status: 'Creating',
    CreationTime: '2026-11-22T00:00:00Z',
    Ipv6Level: 'DISABLED',
    ResourceGroupId: '',
    CenBandwidthPackageIds: { CenBandwidthPackageId: [] },
    Tags: { Tag: [] },
  });
  cen.wait(5);
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')['Status']).toBe('Active');
});

test('a repeated token makes no second CEN, and a token with other parameters is refused', () => {
  const cen = localCen();
  const first = cen.call('CreateCen', { Name: 'one', ClientToken: 'token' });
  expect(cen.call('CreateCen', { Name: 'one', ClientToken: 'token' })).toEqual(first);
  expect(cen.refused('CreateCen', { Name: 'two', ClientToken: 'token' }).code).toBe('IdempotenceParam.NotMatch');
  expect(cen.call('DescribeCens')['TotalCount']).toBe(1);
});

test('a sixth CEN is refused, unless the account’s quota was raised', () => {
  const five = localCen();
  for (let made = 0; made < 5; made += 1) five.call('CreateCen');
  expect(five.refused('CreateCen')).toEqual({ status: 400, code: 'QuotaExceeded.CenCountExceeded' });
  const raised = localCen({ quotas: { cens: 6 } });
  for (let made = 0; made < 6; made += 1) raised.call('CreateCen');
});

describe('listing', () => {
  const three = () => {
    const cen = localCen();
    for (const Name of ['a', 'b', 'c']) cen.call('CreateCen', { Name, Tag: [{ Key: 'name', Value: Name }] });
    return cen;
  };

  test.each([
    [{ PageSize: 2 }, ['a', 'b'], { PageNumber: 1, PageSize: 2, TotalCount: 3 }],
    [{ PageSize: 2, PageNumber: 2 }, ['c'], { PageNumber: 2, PageSize: 2, TotalCount: 3 }],
    [{ PageSize: 2, PageNumber: 3 }, [], { PageNumber: 3, PageSize: 2, TotalCount: 3 }],
    [{}, ['a', 'b', 'c'], { PageNumber: 1, PageSize: 10, TotalCount: 3 }],
    [{ Filter: [{ Key: 'Name', Value: ['a', 'c'] }] }, ['a', 'c'], { TotalCount: 2 }],
    [{ Filter: [{ Key: 'CenId', Value: ['cen-none'] }] }, [], { TotalCount: 0 }],
    [{ Tag: [{ Key: 'name', Value: 'b' }] }, ['b'], { TotalCount: 1 }],
    [{ Tag: [{ Key: 'name' }] }, ['a', 'b', 'c'], { TotalCount: 3 }],
  ] as [JsonObject, string[], JsonObject][])('%j finds %j', (input, names, paging) => {
    const body = three().call('DescribeCens', input);
    expect(pick(cens(body), 'Name')).toEqual(names);
    expect(body).toMatchObject(paging);
  });

  test('a page larger than the service allows is refused', () => {
    expect(three().refused('DescribeCens', { PageSize: 51 }).code).toBe('InvalidParameter');
  });
});

test('a CEN is written by one at a time: the next write is told to come again, with HTTP 500', () => {
  const cen = localCen();
  const { CenId } = cen.settled('CreateCen');
  cen.call('ModifyCenAttribute', { CenId: CenId!, Name: 'first' });
  expect(cen.refused('ModifyCenAttribute', { CenId: CenId!, Name: 'second' })).toEqual({
    status: 500,
    code: 'Operation.Blocking',
  });
  cen.wait(3);
  cen.call('ModifyCenAttribute', { CenId: CenId!, Name: 'second', Description: 'changed' });
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')).toMatchObject({ Name: 'second', Description: 'changed' });
});

test.each([
  ['ModifyCenAttribute', ({ cen }) => ({ CenId: cen, Name: 'x' })],
  ['DeleteCen', ({ cen }) => ({ CenId: cen })],
  ['AttachCenChildInstance', ({ cen }) => child(cen, 'vpc-1', 'us-east-1')],
  ['DetachCenChildInstance', ({ cen }) => child(cen, 'vpc-1', 'us-east-1')],
  ['AssociateCenBandwidthPackage', ({ cen }) => ({ CenId: cen, CenBandwidthPackageId: 'cenbwp-1' })],
  ['UnassociateCenBandwidthPackage', ({ cen }) => ({ CenId: cen, CenBandwidthPackageId: 'cenbwp-1' })],
  [
    'SetCenInterRegionBandwidthLimit',
    ({ cen }) => ({ CenId: cen, LocalRegionId: 'us-east-1', OppositeRegionId: 'cn-shanghai', BandwidthLimit: 1 }),
  ],
  ['PublishRouteEntries', ({ cen }) => publication(cen, 0)],
  ['CreateTransitRouter', ({ cen }) => ({ CenId: cen, RegionId: 'eu-west-1' })],
  ['UpdateTransitRouter', ({ routers }) => ({ TransitRouterId: routers[0], RegionId: 'us-east-1' })],
  ['DeleteTransitRouter', ({ routers }) => ({ TransitRouterId: routers[0] })],
  [
    'CreateTransitRouterVpcAttachment',
    ({ routers }) => ({
      TransitRouterId: routers[0],
      VpcId: 'vpc-1',
      ZoneMappings: [{ ZoneId: 'us-east-1a', VSwitchId: 'vsw-1a' }],
    }),
  ],
  ['UpdateTransitRouterVpcAttachmentAttribute', ({ attachments }) => ({ TransitRouterAttachmentId: attachments[0] })],
  ['UpdateTransitRouterVpcAttachmentZones', ({ attachments }) => ({ TransitRouterAttachmentId: attachments[0] })],
  ['DeleteTransitRouterVpcAttachment', ({ attachments }) => ({ TransitRouterAttachmentId: attachments[0] })],
  [
    'CreateTransitRouterPeerAttachment',
    ({ routers }) => ({ TransitRouterId: routers[0], PeerTransitRouterId: routers[1] }),
  ],
  ['UpdateTransitRouterPeerAttachmentAttribute', ({ peer }) => ({ TransitRouterAttachmentId: peer })],
  ['DeleteTransitRouterPeerAttachment', ({ peer }) => ({ TransitRouterAttachmentId: peer })],
  ['AssociateTransitRouterAttachmentWithRouteTable', bothOf],
  ['DissociateTransitRouterAttachmentFromRouteTable', bothOf],
  ['EnableTransitRouterRouteTablePropagation', bothOf],
  ['DisableTransitRouterRouteTablePropagation', bothOf],
  [
    'CreateTransitRouterRouteEntry',
    ({ tables }) => ({
      TransitRouterRouteTableId: tables[0],
      TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
      TransitRouterRouteEntryNextHopType: 'BlackHole',
    }),
  ],
  ['DeleteTransitRouterRouteEntry', () => ({ TransitRouterRouteEntryId: 'rte-black-hole' })],
] as [string, (ids: Network['ids']) => JsonObject][])('%s waits for its turn on the CEN', (action, input) => {
  const network = twoRegionNetwork();
  const { cen, tables } = network.ids;
  network.state.put(ROUTER_ENTRIES, 'rte-black-hole', { id: 'rte-black-hole', tableId: tables[0], status: 'Active' });
  network.call('ModifyCenAttribute', { CenId: cen, Name: 'taken' });
  expect(network.refused(action, input(network.ids))).toEqual({ status: 500, code: 'Operation.Blocking' });
});

test('a withdrawal waits for it, too, and is told so by another code', () => {
  const network = twoRegionNetwork();
  const { cen } = network.ids;
  network.call('ModifyCenAttribute', { CenId: cen, Name: 'taken' });
  expect(network.refused('WithdrawPublishedRouteEntries', publication(cen, 0))).toEqual({
    status: 409,
    code: 'InvalidOperation.CenInstanceStatus',
  });
});

function bothOf({ attachments, tables }: Network['ids']): JsonObject {
  return { TransitRouterAttachmentId: attachments[0], TransitRouterRouteTableId: tables[0] };
}

test('another CEN is not blocked, and a refused write blocks nobody', () => {
  const cen = localCen();
  const { CenId: one } = cen.settled('CreateCen');
  const { CenId: two } = cen.settled('CreateCen');
  cen.call('ModifyCenAttribute', { CenId: one!, Name: 'one' });
  cen.call('ModifyCenAttribute', { CenId: two!, Name: 'two' });
  cen.wait(3);
  expect(cen.refused('UnassociateCenBandwidthPackage', { CenId: one!, CenBandwidthPackageId: 'none' }).code).toBe(
    'ParameterBwpInstanceId',
  );
  cen.call('ModifyCenAttribute', { CenId: one!, Name: 'still open' });
});

test('durations are scaled by the settings', () => {
  const cen = localCen({ durationFactor: 0.1 });
  cen.call('CreateCen');
  cen.wait(0.4);
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')['Status']).toBe('Creating');
  cen.wait(0.1);
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')['Status']).toBe('Active');
});

describe('writing', () => {
  test.each([
    ['ModifyCenAttribute', { CenId: 'cen-none' }, 'ParameterCenInstanceId', 'it does not exist'],
    ['DeleteCen', { CenId: 'cen-none' }, 'ParameterCenInstanceId', 'it does not exist, which a delete takes as done'],
    ['ModifyCenAttribute', {}, 'MissingParameter', 'it must be named'],
    ['ModifyCenAttribute', { CenId: 'x', Name: 'http://x' }, 'InvalidParameter', 'a name is no address'],
    ['CreateCen', { ProtectionLevel: 'FULL' }, 'InvalidParameter', 'overlapping blocks are always allowed now'],
    ['CreateCen', { Tag: [{ Key: 'acs:x', Value: '' }] }, 'IllegalParam.TagKey', 'the prefix is the system’s'],
    ['CreateCen', { Tag: [{ Key: 'k', Value: 'https://x' }] }, 'IllegalParam.TagValue', 'a value is no address'],
    ['CreateCen', { Tag: [{ Key: 'k' }, { Key: 'k' }] }, 'IllegalParam.TagKey', 'a key has one value'],
  ] as [string, JsonObject, string, string][])('%s %j is refused as %s: %s', (action, input, code) => {
    expect(localCen().refused(action, input).code).toBe(code);
  });

  test('a CEN that is being created cannot be changed yet', () => {
    const cen = localCen();
    const { CenId } = cen.call('CreateCen');
    expect(cen.refused('ModifyCenAttribute', { CenId: CenId!, Name: 'x' })).toEqual({
      status: 409,
      code: 'InvalidOperation.CenInstanceStatus',
    });
  });
});

describe('deleting', () => {
  test('an empty CEN is being deleted for a while, and takes its empty routers along', () => {
    const cen = localCen();
    openService(cen.state, 'transit-router');
    const { CenId } = cen.settled('CreateCen');
    cen.settled('CreateTransitRouter', { CenId: CenId!, RegionId: 'us-east-1' });
    cen.call('DeleteCen', { CenId: CenId! });
    expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')['Status']).toBe('Deleting');
    cen.wait(10);
    expect(cen.call('DescribeCens')['TotalCount']).toBe(0);
    expect(cen.call('ListTransitRouters')['TotalCount']).toBe(0);
    expect(cen.refused('DeleteCen', { CenId: CenId! })).toEqual({ status: 404, code: 'ParameterCenInstanceId' });
  });

  test('attachments of transit routers keep it', () => {
    const network = twoRegionNetwork();
    expect(network.refused('DeleteCen', { CenId: network.ids.cen })).toEqual({
      status: 409,
      code: 'InvalidOperation.AttachedChildInstanceExist',
    });
  });

  test('basic attachments and bandwidth packages keep it', () => {
    const cen = withTwoVpcs(localCen());
    putBasicCen(cen.state, 'cen-basic');
    putPackage(cen.state, { id: 'cenbwp-1' });
    cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
    cen.settled('AssociateCenBandwidthPackage', { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' });
    const remove = () => cen.refused('DeleteCen', { CenId: 'cen-basic' }).code;
    expect(remove()).toBe('InvalidOperation.AttachedChildInstanceExist');
    cen.settled('DetachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
    expect(remove()).toBe('InvalidOperation.BwpAssociated');
    cen.settled('UnassociateCenBandwidthPackage', { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' });
    cen.settled('DeleteCen', { CenId: 'cen-basic' });
    expect(cen.call('DescribeCens')['TotalCount']).toBe(0);
  });

  test('static routes of its routers keep it', () => {
    const cen = localCen();
    openService(cen.state, 'transit-router');
    const { CenId } = cen.settled('CreateCen');
    const { TransitRouterId } = cen.settled('CreateTransitRouter', { CenId: CenId!, RegionId: 'us-east-1' });
    const table = only(
      cen.call('ListTransitRouterRouteTables', { TransitRouterId: TransitRouterId! }),
      'TransitRouterRouteTables',
    )['TransitRouterRouteTableId']!;
    cen.settled('CreateTransitRouterRouteEntry', {
      TransitRouterRouteTableId: table,
      TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
      TransitRouterRouteEntryNextHopType: 'BlackHole',
    });
    expect(cen.refused('DeleteCen', { CenId: CenId! }).code).toBe('OperationFailed.DeleteCenWithRouteEntry');
    expect(cen.refused('DeleteTransitRouter', { TransitRouterId: TransitRouterId! }).code).toBe(
      'OperationFailed.DeleteTransitRouter',
    );
  });
});
