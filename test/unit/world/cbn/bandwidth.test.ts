import type { JsonObject } from '../../../../shared/json';
import { child, type LocalCen, localCen, only, pick, putBasicCen, putPackage, putVpc, withTwoVpcs } from './local-cen';

/** A basic CEN with a VPC in three regions, and an unbound package of 10 Mbit/s between China and North America. */
function attached(): LocalCen {
  const cen = withTwoVpcs(localCen());
  putBasicCen(cen.state, 'cen-basic');
  putVpc(cen.state, { id: 'vpc-3', region: 'us-west-1', cidr: '10.0.0.0/16' });
  putPackage(cen.state, { id: 'cenbwp-1', name: 'cn-na' });
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-3', 'us-west-1'));
  return cen;
}
const PACKAGE = { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' };
const bound = (): LocalCen => {
  const cen = attached();
  cen.settled('AssociateCenBandwidthPackage', PACKAGE);
  return cen;
};
const limit = (BandwidthLimit: number, regions = ['us-east-1', 'cn-shanghai']): JsonObject => ({
  CenId: 'cen-basic',
  LocalRegionId: regions[0]!,
  OppositeRegionId: regions[1]!,
  BandwidthLimit,
});
const packages = (body: JsonObject): unknown => (body['CenBandwidthPackages'] as JsonObject)['CenBandwidthPackage'];
const limits = (cen: LocalCen): unknown =>
  (
    cen.call('DescribeCenInterRegionBandwidthLimits', { CenId: 'cen-basic' })[
      'CenInterRegionBandwidthLimits'
    ] as JsonObject
  )['CenInterRegionBandwidthLimit'];

test('a package is idle, bound, in use, and idle again', () => {
  const cen = attached();
  const status = () => only(cen.call('DescribeCenBandwidthPackages'), 'CenBandwidthPackages', 'CenBandwidthPackage');
  expect(status()).toMatchObject({ Status: 'Idle', CenIds: { CenId: [] } });
  cen.call('AssociateCenBandwidthPackage', PACKAGE);
  expect(status()).toMatchObject({ Status: 'Idle', CenIds: { CenId: ['cen-basic'] } });
  cen.wait(5);
  expect(status()).toEqual({
    CenBandwidthPackageId: 'cenbwp-1',
    Name: 'cn-na',
    Description: '',
    Bandwidth: 10,
    BandwidthPackageChargeType: 'PREPAY',
    BusinessStatus: 'Normal',
    Status: 'InUse',
    CreationTime: '1970-01-01T00:00:00Z',
    ExpiredTime: '',
    GeographicRegionAId: 'china',
    GeographicRegionBId: 'north-america',
    GeographicSpanId: 'north-america_china',
    IsCrossBorder: true,
    CenIds: { CenId: ['cen-basic'] },
    OrginInterRegionBandwidthLimits: { OrginInterRegionBandwidthLimit: [] },
    Tags: { Tag: [] },
  });
  expect(only(cen.call('DescribeCens'), 'Cens', 'Cen')['CenBandwidthPackageIds']).toEqual({
    CenBandwidthPackageId: ['cenbwp-1'],
  });
  cen.call('UnassociateCenBandwidthPackage', PACKAGE);
  expect(status()).toMatchObject({ Status: 'InUse', CenIds: { CenId: [] } });
  cen.wait(5);
  expect(status()).toMatchObject({ Status: 'Idle', CenIds: { CenId: [] } });
});

test.each([
  [{ Filter: [{ Key: 'Status', Value: ['InUse'] }] }, ['cenbwp-1']],
  [{ Filter: [{ Key: 'CenId', Value: ['cen-basic'] }] }, ['cenbwp-1']],
  [{ Filter: [{ Key: 'CenBandwidthPackageId', Value: ['cenbwp-2'] }] }, ['cenbwp-2']],
  [{ Filter: [{ Key: 'Name', Value: ['spare'] }] }, ['cenbwp-2']],
  [
    {
      Filter: [
        { Key: 'Name', Value: ['spare'] },
        { Key: 'Status', Value: ['InUse'] },
      ],
    },
    [],
  ],
  [
    {
      IsOrKey: true,
      Filter: [
        { Key: 'Name', Value: ['spare'] },
        { Key: 'Status', Value: ['InUse'] },
      ],
    },
    ['cenbwp-1', 'cenbwp-2'],
  ],
  [{ Tag: [{ Key: 'any' }] }, []],
] as [JsonObject, string[]][])('packages: %j finds %j', (input, ids) => {
  const cen = bound();
  putPackage(cen.state, { id: 'cenbwp-2', name: 'spare' });
  expect(pick(packages(cen.call('DescribeCenBandwidthPackages', input)), 'CenBandwidthPackageId')).toEqual(ids);
});

test('a limit is being set for a moment; either order of the regions names it', () => {
  const cen = bound();
  cen.call('SetCenInterRegionBandwidthLimit', limit(4));
  expect(limits(cen)).toEqual([
    {
      CenId: 'cen-basic',
      LocalRegionId: 'cn-shanghai',
      OppositeRegionId: 'us-east-1',
      BandwidthLimit: 4,
      GeographicSpanId: 'north-america_china',
      BandwidthPackageId: 'cenbwp-1',
      Status: 'Modifying',
    },
  ]);
  cen.wait(10);
  expect(limits(cen)).toMatchObject([{ Status: 'Active' }]);
  cen.settled('SetCenInterRegionBandwidthLimit', limit(6, ['cn-shanghai', 'us-east-1']));
  expect(limits(cen)).toMatchObject([{ BandwidthLimit: 6, Status: 'Active' }]);
});

test('a limit of 0 takes the limit away, and one that is not there stays away', () => {
  const cen = bound();
  cen.settled('SetCenInterRegionBandwidthLimit', limit(4));
  cen.settled('SetCenInterRegionBandwidthLimit', limit(0));
  expect(limits(cen)).toEqual([]);
  cen.settled('SetCenInterRegionBandwidthLimit', limit(0));
  expect(limits(cen)).toEqual([]);
});

test('the limits of a span share its package', () => {
  const cen = bound();
  cen.settled('SetCenInterRegionBandwidthLimit', limit(6));
  expect(cen.refused('SetCenInterRegionBandwidthLimit', limit(5, ['us-west-1', 'cn-shanghai'])).code).toBe(
    'InvalidOperation.BwpBandwidthExceeded',
  );
  cen.settled('SetCenInterRegionBandwidthLimit', limit(4, ['us-west-1', 'cn-shanghai']));
  // A limit that is changed does not count against itself.
  expect(cen.refused('SetCenInterRegionBandwidthLimit', limit(7)).code).toBe('InvalidOperation.BwpBandwidthExceeded');
  cen.settled('SetCenInterRegionBandwidthLimit', limit(5));
});

interface Refusal {
  reason: string;
  from: () => LocalCen;
  action: string;
  input: JsonObject;
  code: string;
}

const REFUSALS: Refusal[] = [
  {
    reason: 'nothing is bought for the span',
    from: attached,
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(4),
    code: 'InvalidOperation.BwpForGeoSpanNotAssociated',
  },
  {
    reason: 'the package is bound, but not in use yet',
    from: () => {
      const cen = attached();
      cen.call('AssociateCenBandwidthPackage', PACKAGE);
      cen.wait(4);
      return cen;
    },
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(4),
    code: 'InvalidOperation.BwpForGeoSpanNotAssociated',
  },
  {
    reason: 'the package spans other areas',
    from: bound,
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(4, ['us-east-1', 'us-west-1']),
    code: 'InvalidOperation.BwpForGeoSpanNotAssociated',
  },
  {
    reason: 'nothing is attached in Europe',
    from: bound,
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(4, ['us-east-1', 'eu-west-1']),
    code: 'InvalidOperation.NoChildInstanceEitherRegion',
  },
  {
    reason: 'a region has no bandwidth to itself',
    from: bound,
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(4, ['us-east-1', 'us-east-1']),
    code: 'ParameterIllegal.BandwidthLimit',
  },
  {
    reason: 'less than nothing',
    from: bound,
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(-1),
    code: 'InvalidParameter',
  },
  {
    reason: 'no such package',
    from: attached,
    action: 'AssociateCenBandwidthPackage',
    input: { ...PACKAGE, CenBandwidthPackageId: 'cenbwp-none' },
    code: 'ParameterBwpInstanceId',
  },
  {
    reason: 'bound already',
    from: bound,
    action: 'AssociateCenBandwidthPackage',
    input: PACKAGE,
    code: 'InvalidOperation.BwpInstanceStatus',
  },
  {
    reason: 'one package a span',
    from: () => {
      const cen = bound();
      putPackage(cen.state, { id: 'cenbwp-2' });
      return cen;
    },
    action: 'AssociateCenBandwidthPackage',
    input: { ...PACKAGE, CenBandwidthPackageId: 'cenbwp-2' },
    code: 'InvalidOperation.BwpForGeoSpanAlreadyAssociated',
  },
  {
    reason: 'bound to nothing',
    from: attached,
    action: 'UnassociateCenBandwidthPackage',
    input: PACKAGE,
    code: 'InvalidOperation.BwpInstanceStatus',
  },
  {
    reason: 'a limit still uses it',
    from: () => {
      const cen = bound();
      cen.settled('SetCenInterRegionBandwidthLimit', limit(1));
      return cen;
    },
    action: 'UnassociateCenBandwidthPackage',
    input: PACKAGE,
    code: 'InvalidOperation.CenBandwidthLimitsNotZero',
  },
  {
    reason: 'the last change of the limit is not through',
    from: () => {
      const cen = bound();
      cen.call('SetCenInterRegionBandwidthLimit', limit(1));
      cen.wait(5);
      return cen;
    },
    action: 'SetCenInterRegionBandwidthLimit',
    input: limit(2),
    code: 'InvalidOperation.CenInstanceStatus',
  },
];

test.each(REFUSALS)('$action is refused as $code: $reason', ({ from, action, input, code }) => {
  expect(from().refused(action, input).code).toBe(code);
});

test('an enterprise CEN has no such limits: its peer attachments carry the bandwidth', () => {
  const cen = localCen();
  const { CenId } = cen.settled('CreateCen');
  expect(cen.refused('SetCenInterRegionBandwidthLimit', { ...limit(1), CenId: CenId! }).code).toBe(
    'OperationUnsupported.TransitRouterType',
  );
});

test('limits are found by region', () => {
  const cen = bound();
  cen.settled('SetCenInterRegionBandwidthLimit', limit(1));
  const count = (TrRegionId: string) => cen.call('DescribeCenInterRegionBandwidthLimits', { TrRegionId })['TotalCount'];
  expect([count('us-east-1'), count('cn-shanghai'), count('us-west-1')]).toEqual([1, 1, 0]);
});
