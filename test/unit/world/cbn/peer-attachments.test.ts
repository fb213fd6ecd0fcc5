import type { JsonObject } from '../../../../shared/json';
import { child, type LocalCen, localCen, only, openService, putPackage } from './local-cen';
import { twoRegionNetwork } from './two-region-network';

interface WithRouters extends LocalCen {
  CenId: string;
  /** us-east-1, cn-shanghai, us-west-1 */
  routers: string[];
}

function withRouters(): WithRouters {
  const cen = localCen();
  openService(cen.state, 'transit-router');
  const CenId = cen.settled('CreateCen')['CenId'] as string;
  putPackage(cen.state, { id: 'cenbwp-1', bandwidthMbps: 10, status: 'InUse', cenId: CenId });
  putPackage(cen.state, { id: 'cenbwp-idle' });
  putPackage(cen.state, { id: 'cenbwp-eu', areas: ['europe', 'north-america'], status: 'InUse', cenId: CenId });
  const routers = ['us-east-1', 'cn-shanghai', 'us-west-1'].map(
    (RegionId) => cen.settled('CreateTransitRouter', { CenId, RegionId })['TransitRouterId'] as string,
  );
  return { ...cen, CenId, routers };
}

const wish = ({ CenId, routers }: WithRouters, change: JsonObject = {}): JsonObject => ({
  CenId,
  RegionId: 'us-east-1',
  TransitRouterId: routers[0]!,
  PeerTransitRouterId: routers[1]!,
  PeerTransitRouterRegionId: 'cn-shanghai',
  ...change,
});
const shown = (cen: LocalCen): JsonObject =>
  only(cen.call('ListTransitRouterPeerAttachments'), 'TransitRouterAttachments');
const BOUGHT = { CenBandwidthPackageId: 'cenbwp-1', Bandwidth: 10 };

test('a peer attachment without bandwidth is made, and has 0 Mbit/s: enough for a ping', () => {
  const cen = withRouters();
  const { TransitRouterAttachmentId } = cen.call('CreateTransitRouterPeerAttachment', wish(cen));
  const expected = {
    TransitRouterAttachmentId,
    TransitRouterAttachmentName: '',
    TransitRouterAttachmentDescription: '',
    CenId: cen.CenId,
    TransitRouterId: cen.routers[0],
    TransitRouterRegionId: 'us-east-1',
    RegionId: 'us-east-1',
    AutoPublishRouteEnabled: false,
    Status: 'Attaching',
    CreationTime: '2026-11-22T00:08Z',
    Tags: [],
    ResourceType: 'TR',
    PeerTransitRouterId: cen.routers[1],
    PeerTransitRouterRegionId: 'cn-shanghai',
    PeerTransitRouterOwnerId: 1234567890123456,
    Bandwidth: 0,
    BandwidthType: 'BandwidthPackage',
    CenBandwidthPackageId: '',
    DefaultLinkType: 'Gold',
    GeographicSpanId: 'north-america_china',
  };
  expect(shown(cen)).toEqual(expected);
  cen.wait(60);
  expect(shown(cen)).toEqual({ ...expected, Status: 'Attached' });
});

test('the near router may be named by CEN and region', () => {
  const cen = withRouters();
  const { TransitRouterId: _, ...byRegion } = wish(cen);
  cen.settled('CreateTransitRouterPeerAttachment', byRegion);
  expect(shown(cen)['TransitRouterId']).toBe(cen.routers[0]);
});

test('it is made once and found from either end', () => {
  const cen = withRouters();
  cen.settled('CreateTransitRouterPeerAttachment', wish(cen));
  const count = (input: JsonObject) => cen.call('ListTransitRouterPeerAttachments', input)['TotalCount'];
  expect(cen.routers.map((TransitRouterId) => count({ TransitRouterId }))).toEqual([1, 1, 0]);
  expect(['us-east-1', 'cn-shanghai', 'us-west-1'].map((RegionId) => count({ RegionId }))).toEqual([1, 1, 0]);
  expect([count({ CenId: cen.CenId }), count({ CenId: 'x' }), count({ Tag: [{ Key: 'x' }] })]).toEqual([1, 0, 0]);
  expect(count({ TransitRouterAttachmentId: 'tr-attach-none' })).toBe(0);
});

interface Refusal {
  reason: string;
  change: (cen: WithRouters) => JsonObject;
  given?: (cen: WithRouters) => void;
  code: string;
}

const REFUSALS: Refusal[] = [
  { reason: 'no such router', change: () => ({ TransitRouterId: 'tr-none' }), code: 'InvalidTransitRouterId.NotFound' },
  {
    reason: 'no such peer',
    change: () => ({ PeerTransitRouterId: 'tr-none' }),
    code: 'InvalidPeerTransitRouterId.NotFound',
  },
  {
    reason: 'the peer is of another CEN',
    given: (cen) => {
      const { CenId } = cen.settled('CreateCen');
      const other = cen.settled('CreateTransitRouter', { CenId: CenId!, RegionId: 'cn-shanghai' });
      cen.routers.push(other['TransitRouterId'] as string);
    },
    change: ({ routers }) => ({ PeerTransitRouterId: routers[3]! }),
    code: 'IllegalParam.PeerTransitRouterId',
  },
  {
    reason: 'a router is no peer of itself',
    change: ({ routers }) => ({ PeerTransitRouterId: routers[0]!, PeerTransitRouterRegionId: 'us-east-1' }),
    code: 'IllegalParam.PeerRegionId',
  },
  {
    reason: 'the peer is in another region than said',
    change: () => ({ PeerTransitRouterRegionId: 'us-west-1' }),
    code: 'IllegalParam.PeerRegionId',
  },
  {
    reason: 'linked already, from the other end',
    given: (cen) =>
      cen.settled('CreateTransitRouterPeerAttachment', {
        CenId: cen.CenId,
        TransitRouterId: cen.routers[1]!,
        PeerTransitRouterId: cen.routers[0]!,
      }),
    change: () => ({}),
    code: 'InvalidOperation',
  },
  {
    reason: 'bandwidth comes from a package',
    change: () => ({ Bandwidth: 1 }),
    code: 'IllegalParam.CenBandwidthPackageId',
  },
  {
    reason: 'no such package',
    change: () => ({ ...BOUGHT, CenBandwidthPackageId: 'cenbwp-none' }),
    code: 'IllegalParam.CenBandwidthPackageId',
  },
  {
    reason: 'the package spans other areas',
    change: () => ({ ...BOUGHT, CenBandwidthPackageId: 'cenbwp-eu' }),
    code: 'IllegalParam.CenBandwidthPackageId',
  },
  {
    reason: 'the package is not bound to the CEN',
    change: () => ({ ...BOUGHT, CenBandwidthPackageId: 'cenbwp-idle' }),
    code: 'InvalidOperation.BwpNotAssociated',
  },
  {
    reason: 'a package without a figure',
    change: () => ({ CenBandwidthPackageId: 'cenbwp-1' }),
    code: 'MissingParam.Bandwidth',
  },
  {
    reason: 'more than the package holds',
    change: () => ({ ...BOUGHT, Bandwidth: 11 }),
    code: 'InvalidOperation.BwpBandwidthExceeded',
  },
  {
    reason: 'packages have gold lines only',
    change: () => ({ ...BOUGHT, DefaultLinkType: 'Platinum' }),
    code: 'ParameterIllegal.BandwidthPackageDefaultLinkTypeOnlySupportGold',
  },
  {
    reason: 'data transfer across the mainland’s border is granted by a review',
    change: () => ({ BandwidthType: 'DataTransfer', Bandwidth: 10 }),
    code: 'OperationInvalid.UserCanNotBuyCrossBorderBwp',
  },
];

test.each(REFUSALS)('making it is refused as $code: $reason', ({ change, given, code }) => {
  const cen = withRouters();
  given?.(cen);
  expect(cen.refused('CreateTransitRouterPeerAttachment', wish(cen, change(cen))).code).toBe(code);
});

test('neither router nor CEN named is refused, and a region without a router too', () => {
  const cen = withRouters();
  const { TransitRouterId: _, CenId: __, ...nowhere } = wish(cen);
  expect(cen.refused('CreateTransitRouterPeerAttachment', nowhere).code).toBe('MissingParam.CenIdOrRegionId');
  const elsewhere = { ...nowhere, CenId: cen.CenId, RegionId: 'eu-west-1' };
  expect(cen.refused('CreateTransitRouterPeerAttachment', elsewhere).code).toBe('InvalidTransitRouterId.NotFound');
});

test('data transfer needs nothing inside one side of the border, and the grant across it', () => {
  const cen = withRouters();
  const transfer = { BandwidthType: 'DataTransfer', Bandwidth: 10, DefaultLinkType: 'Platinum' };
  cen.settled(
    'CreateTransitRouterPeerAttachment',
    wish(cen, { ...transfer, PeerTransitRouterId: cen.routers[2]!, PeerTransitRouterRegionId: 'us-west-1' }),
  );
  openService(cen.state, 'cross-border');
  cen.settled('CreateTransitRouterPeerAttachment', wish(cen, transfer));
  expect(cen.call('ListTransitRouterPeerAttachments')['TransitRouterAttachments']).toMatchObject([
    { Bandwidth: 10, BandwidthType: 'DataTransfer', DefaultLinkType: 'Platinum', CenBandwidthPackageId: '' },
    { Bandwidth: 10, BandwidthType: 'DataTransfer', DefaultLinkType: 'Platinum', CenBandwidthPackageId: '' },
  ]);
});

test.each([
  ['cn-hangzhou', true, 'both are on the mainland'],
  ['cn-hongkong', false, 'Hong Kong lies outside the mainland'],
] as [string, boolean, string][])(
  'a link of Shanghai with %s is allowed without the grant: %s, for %s',
  (RegionId, allowed) => {
    const cen = withRouters();
    const far = cen.settled('CreateTransitRouter', { CenId: cen.CenId, RegionId })['TransitRouterId']!;
    const input = {
      TransitRouterId: cen.routers[1]!,
      PeerTransitRouterId: far,
      BandwidthType: 'DataTransfer',
      Bandwidth: 10,
    };
    if (allowed) cen.call('CreateTransitRouterPeerAttachment', input);
    else
      expect(cen.refused('CreateTransitRouterPeerAttachment', input).code).toBe(
        'OperationInvalid.UserCanNotBuyCrossBorderBwp',
      );
  },
);

test('attachments share their package, and changing one does not count it against itself', () => {
  const cen = withRouters();
  const made = cen.settled('CreateTransitRouterPeerAttachment', wish(cen, { ...BOUGHT, Bandwidth: 6 }));
  const other = wish(cen, {
    TransitRouterId: cen.routers[2]!,
    RegionId: 'us-west-1',
    CenBandwidthPackageId: 'cenbwp-1',
  });
  expect(cen.refused('CreateTransitRouterPeerAttachment', { ...other, Bandwidth: 5 }).code).toBe(
    'InvalidOperation.BwpBandwidthExceeded',
  );
  cen.settled('CreateTransitRouterPeerAttachment', { ...other, Bandwidth: 4 });
  const { TransitRouterAttachmentId } = made;
  const update = { TransitRouterAttachmentId: TransitRouterAttachmentId! };
  expect(cen.refused('UpdateTransitRouterPeerAttachmentAttribute', { ...update, Bandwidth: 7 }).code).toBe(
    'InvalidOperation.BwpBandwidthExceeded',
  );
  cen.settled('UpdateTransitRouterPeerAttachmentAttribute', { ...update, Bandwidth: 5 });
  expect(
    cen.refused('UnassociateCenBandwidthPackage', { CenId: cen.CenId, CenBandwidthPackageId: 'cenbwp-1' }).code,
  ).toBe('InvalidOperation.CenBandwidthLimitsNotZero');
});

test('bandwidth changes in place; a name changes at once', () => {
  const cen = withRouters();
  const made = cen.settled('CreateTransitRouterPeerAttachment', wish(cen));
  const TransitRouterAttachmentId = made['TransitRouterAttachmentId']!;
  cen.call('UpdateTransitRouterPeerAttachmentAttribute', {
    TransitRouterAttachmentId,
    TransitRouterAttachmentName: 'link',
    TransitRouterAttachmentDescription: 'over the sea',
  });
  expect(shown(cen)).toMatchObject({
    Status: 'Attached',
    TransitRouterAttachmentName: 'link',
    TransitRouterAttachmentDescription: 'over the sea',
  });
  cen.wait(5);
  cen.call('UpdateTransitRouterPeerAttachmentAttribute', { TransitRouterAttachmentId, ...BOUGHT });
  // 15 s from here, not from the name's change.
  cen.wait(14);
  expect(shown(cen)).toMatchObject({ Status: 'Modifying', Bandwidth: 10, CenBandwidthPackageId: 'cenbwp-1' });
  const again = { TransitRouterAttachmentId, Bandwidth: 9 };
  expect(cen.refused('UpdateTransitRouterPeerAttachmentAttribute', again).code).toBe('IncorrectStatus.Attachment');
  cen.wait(1);
  expect(shown(cen)).toMatchObject({ Status: 'Attached', TransitRouterAttachmentName: 'link' });
});

test('going over to data transfer lets the package go', () => {
  const cen = withRouters();
  openService(cen.state, 'cross-border');
  const made = cen.settled('CreateTransitRouterPeerAttachment', wish(cen, BOUGHT));
  cen.settled('UpdateTransitRouterPeerAttachmentAttribute', {
    TransitRouterAttachmentId: made['TransitRouterAttachmentId']!,
    BandwidthType: 'DataTransfer',
  });
  expect(shown(cen)).toMatchObject({ BandwidthType: 'DataTransfer', Bandwidth: 10, CenBandwidthPackageId: '' });
  cen.settled('UnassociateCenBandwidthPackage', { CenId: cen.CenId, CenBandwidthPackageId: 'cenbwp-1' });
});

describe('deleting', () => {
  test('an id that names nothing is answered as success, and an update of it is not', () => {
    const cen = withRouters();
    const TransitRouterAttachmentId = 'tr-attach-none';
    expect(cen.call('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId })).toEqual({});
    expect(cen.refused('UpdateTransitRouterPeerAttachmentAttribute', { TransitRouterAttachmentId }).code).toBe(
      'InvalidTransitRouterAttachmentId.NotFound',
    );
  });

  test('a peer attachment is detaching for a while, and gone then', () => {
    const cen = withRouters();
    const made = cen.settled('CreateTransitRouterPeerAttachment', wish(cen));
    const { TransitRouterAttachmentId } = made;
    cen.call('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId: TransitRouterAttachmentId! });
    expect(shown(cen)['Status']).toBe('Detaching');
    cen.wait(30);
    expect(cen.call('ListTransitRouterPeerAttachments')['TransitRouterAttachments']).toEqual([]);
  });

  test('associations at either end keep it', () => {
    const network = twoRegionNetwork();
    const TransitRouterAttachmentId = network.ids.peer;
    for (const TransitRouterRouteTableId of network.ids.tables) {
      expect(network.refused('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId }).code).toBe(
        'OperationFailed.RouteTableAssociationExist',
      );
      network.settled('DissociateTransitRouterAttachmentFromRouteTable', {
        TransitRouterAttachmentId,
        TransitRouterRouteTableId,
      });
    }
    expect(network.refused('DeleteTransitRouterPeerAttachment', { TransitRouterAttachmentId }).code).toBe(
      'OperationFailed.RouteTablePropagationExist',
    );
  });

  test('one that is still attaching is refused', () => {
    const cen = withRouters();
    const { TransitRouterAttachmentId } = cen.call('CreateTransitRouterPeerAttachment', wish(cen));
    cen.wait(5);
    const input = { TransitRouterAttachmentId: TransitRouterAttachmentId!, Force: true };
    expect(cen.refused('DeleteTransitRouterPeerAttachment', input).code).toBe('IncorrectStatus.Attachment');
  });
});

test('dry runs of making and deleting answer with the request id alone and change nothing', () => {
  const cen = withRouters();
  expect(cen.call('CreateTransitRouterPeerAttachment', wish(cen, { DryRun: true }))).toEqual({});
  expect(cen.call('ListTransitRouterPeerAttachments')['TotalCount']).toBe(0);
  const made = cen.settled('CreateTransitRouterPeerAttachment', wish(cen));
  const { TransitRouterAttachmentId } = made;
  const dry = { TransitRouterAttachmentId: TransitRouterAttachmentId!, DryRun: true };
  expect(cen.call('DeleteTransitRouterPeerAttachment', dry)).toEqual({});
  expect(shown(cen)['Status']).toBe('Attached');
});

test('a classic attachment of an enterprise CEN is not found', () => {
  const cen = withRouters();
  expect(cen.refused('DetachCenChildInstance', child(cen.CenId, 'vpc-1', 'us-east-1')).code).toBe(
    'ParameterInstanceId',
  );
});
