/** Packages that a client buys, changes and gives back. */
import type { JsonObject } from '../../../../shared/json';
import {
  child,
  type LocalCen,
  localCen,
  only,
  openService,
  pick,
  putBasicCen,
  putPackage,
  withTwoVpcs,
} from './local-cen';

const EUROPE: JsonObject = {
  Bandwidth: 10,
  GeographicRegionAId: 'North-America',
  GeographicRegionBId: 'Europe',
  BandwidthPackageChargeType: 'POSTPAY',
};
const DAY_S = 86_400;

const bought = (cen: LocalCen, change: JsonObject = {}): JsonObject => {
  const { CenBandwidthPackageId } = cen.call('CreateCenBandwidthPackage', { ...EUROPE, ...change });
  cen.wait(5);
  return { CenBandwidthPackageId: CenBandwidthPackageId! };
};
const packages = (cen: LocalCen, filter: JsonObject = {}): JsonObject[] =>
  (cen.call('DescribeCenBandwidthPackages', filter)['CenBandwidthPackages'] as { CenBandwidthPackage: JsonObject[] })
    .CenBandwidthPackage;

test('a package is there a moment later, idle, with all that was said of it', () => {
  const cen = localCen();
  const said = { Name: 'na-eu', Description: 'two offices', Tag: [{ Key: 'k', Value: 'v' }] };
  const made = cen.call('CreateCenBandwidthPackage', { ...EUROPE, ...said });
  expect(made).toEqual({ CenBandwidthPackageId: expect.stringMatching(/^cenbwp-/), CenBandwidthPackageOrderId: '' });
  expect(packages(cen)).toEqual([]);
  const { CenBandwidthPackageId } = made;
  expect(cen.refused('ModifyCenBandwidthPackageSpec', { CenBandwidthPackageId: CenBandwidthPackageId! }).code).toBe(
    'ParameterBwpInstanceId',
  );
  cen.wait(5);
  expect(packages(cen)).toMatchObject([
    {
      CenBandwidthPackageId,
      Name: 'na-eu',
      Description: 'two offices',
      Bandwidth: 10,
      Status: 'Idle',
      BandwidthPackageChargeType: 'POSTPAY',
      ExpiredTime: '',
      GeographicSpanId: 'europe_north-america',
      IsCrossBorder: false,
      Tags: { Tag: [{ Key: 'k', Value: 'v' }] },
    },
  ]);
});

test('a prepaid one has an order and an end, and cannot be given back before it', () => {
  const cen = localCen();
  const paid = { BandwidthPackageChargeType: 'PREPAY', PricingCycle: 'Month', Period: 1, AutoPay: true };
  const prepaid = bought(cen, paid);
  expect(packages(cen)).toMatchObject([{ CreationTime: '2026-11-22T00:00:00Z', ExpiredTime: '2026-12-22T00:00:00Z' }]);
  expect(cen.refused('DeleteCenBandwidthPackage', prepaid)).toEqual({ status: 403, code: 'Forbidden.Release' });
  cen.wait(30 * DAY_S);
  cen.call('DeleteCenBandwidthPackage', prepaid);
  expect(packages(cen)).toEqual([]);
});

test('a year is twelve months of thirty days', () => {
  const cen = localCen();
  bought(cen, { BandwidthPackageChargeType: 'PREPAY', PricingCycle: 'Year', Period: 1, AutoPay: true });
  expect(packages(cen)).toMatchObject([{ ExpiredTime: '2027-11-17T00:00:00Z' }]);
});

test('an order that is not paid gives an id and no package', () => {
  const cen = localCen();
  const { BandwidthPackageChargeType: _, ...prepaid } = EUROPE;
  const order = cen.settled('CreateCenBandwidthPackage', prepaid);
  expect(order['CenBandwidthPackageOrderId']).not.toBe('');
  expect(packages(cen)).toEqual([]);
});

test.each<[why: string, change: JsonObject, code: string]>([
  [
    'across the border without the grant',
    { GeographicRegionBId: 'China' },
    'OperationInvalid.UserCanNotBuyCrossBorderBwp',
  ],
  ['to an area that is none', { GeographicRegionBId: 'Atlantis' }, 'InvalidParameter'],
  ['of 1 Mbit/s', { Bandwidth: 1 }, 'InvalidParameter'],
  ['of 10,001 Mbit/s', { Bandwidth: 10_001 }, 'InvalidParameter'],
  ['with a tag of the system', { Tag: [{ Key: 'acs:x', Value: 'v' }] }, 'IllegalParam.TagKey'],
])('none is sold %s', (_, change, code) => {
  expect(localCen().refused('CreateCenBandwidthPackage', { ...EUROPE, ...change }).code).toBe(code);
});

test('across the border it is sold to who has the grant, whichever side is named first', () => {
  const cen = localCen();
  openService(cen.state, 'cross-border');
  for (const [GeographicRegionAId, GeographicRegionBId] of [
    ['China', 'North-America'],
    ['North-America', 'China'],
  ] as const)
    bought(cen, { GeographicRegionAId, GeographicRegionBId });
  expect(pick(packages(cen), 'GeographicSpanId')).toEqual(['north-america_china', 'north-america_china']);
  // Who asks in an order reads it back in that order: Terraform would buy another package otherwise.
  expect(pick(packages(cen), 'GeographicRegionAId')).toEqual(['china', 'north-america']);
  expect(pick(packages(cen), 'GeographicRegionBId')).toEqual(['north-america', 'china']);
});

test('its name, its description and its bandwidth are changed at once', () => {
  const cen = localCen();
  const one = bought(cen);
  cen.call('ModifyCenBandwidthPackageAttribute', { ...one, Name: 'renamed' });
  cen.call('ModifyCenBandwidthPackageAttribute', { ...one, Description: 'd' });
  cen.call('ModifyCenBandwidthPackageSpec', { ...one, Bandwidth: 20 });
  expect(packages(cen)).toMatchObject([{ Name: 'renamed', Description: 'd', Bandwidth: 20 }]);
  for (const action of ['ModifyCenBandwidthPackageAttribute', 'DeleteCenBandwidthPackage'])
    expect(cen.refused(action, { CenBandwidthPackageId: 'cenbwp-9' })).toEqual({
      status: 404,
      code: 'ParameterBwpInstanceId',
    });
});

test('bound, it gives no less than is taken of it, and stays until it is unbound', () => {
  const cen = withTwoVpcs(localCen());
  openService(cen.state, 'cross-border');
  putBasicCen(cen.state, 'cen-basic');
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
  const one = bought(cen, { GeographicRegionBId: 'China' });
  const bound = { CenId: 'cen-basic', ...one };
  const limit = { CenId: 'cen-basic', LocalRegionId: 'us-east-1', OppositeRegionId: 'cn-shanghai' };
  cen.call('AssociateCenBandwidthPackage', bound);
  expect(cen.refused('DeleteCenBandwidthPackage', one).code).toBe('InvalidOperation.BwpInstanceStatus');
  cen.wait(5);
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 6 });
  expect(cen.refused('ModifyCenBandwidthPackageSpec', { ...one, Bandwidth: 5 }).code).toBe(
    'InvalidOperation.BwpBandwidthExceeded',
  );
  cen.call('ModifyCenBandwidthPackageSpec', { ...one, Bandwidth: 6 });
  expect(cen.refused('DeleteCenBandwidthPackage', one).code).toBe('InvalidOperation.BwpInstanceStatus');
  cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 0 });
  cen.settled('UnassociateCenBandwidthPackage', bound);
  cen.call('DeleteCenBandwidthPackage', one);
  expect(packages(cen)).toEqual([]);
});

test('what the account brought takes tags, is found by them, and is never given back', () => {
  const cen = localCen();
  putPackage(cen.state, { id: 'cenbwp-1' });
  const tag = { ResourceType: 'bandwidthpackage', ResourceId: ['cenbwp-1'], Tag: [{ Key: 'k', Value: 'v' }] };
  cen.call('TagResources', tag);
  expect(pick(packages(cen, { Tag: [{ Key: 'k', Value: 'v' }] }), 'CenBandwidthPackageId')).toEqual(['cenbwp-1']);
  expect(packages(cen, { Tag: [{ Key: 'other' }] })).toEqual([]);
  const listed = cen.call('ListTagResources', { ResourceType: 'BandwidthPackage', ResourceId: ['cenbwp-1'] });
  expect(only(listed, 'TagResources', 'TagResource')).toMatchObject({ TagKey: 'k', TagValue: 'v' });
  expect(cen.refused('DeleteCenBandwidthPackage', { CenBandwidthPackageId: 'cenbwp-1' }).code).toBe(
    'Forbidden.Release',
  );
});

describe('areas', () => {
  test('an area tells its regions, page by page', () => {
    const cen = localCen();
    const regions = (input: JsonObject) => cen.call('DescribeGeographicRegionMembership', input);
    expect(regions({ GeographicRegionId: 'europe' })).toEqual({
      PageNumber: 1,
      PageSize: 10,
      TotalCount: 2,
      RegionIds: { RegionId: [{ RegionId: 'eu-central-1' }, { RegionId: 'eu-west-1' }] },
    });
    expect(regions({ GeographicRegionId: 'china', PageSize: 5 })).toMatchObject({ TotalCount: 13, PageSize: 5 });
    expect(cen.refused('DescribeGeographicRegionMembership', { GeographicRegionId: 'atlantis' }).code).toBe(
      'InvalidParameter',
    );
  });

  test('the pairs that a package can join are every two areas, and each with itself', () => {
    const cen = localCen();
    const spans = (input: JsonObject): JsonObject => cen.call('DescribeCenGeographicSpans', input);
    expect(spans({ PageSize: 50 })['TotalCount']).toBe(15);
    expect(
      only(spans({ GeographicSpanId: 'north-america_china' }), 'GeographicSpanModels', 'GeographicSpanModel'),
    ).toEqual({
      GeographicSpanId: 'north-america_china',
      LocalGeoRegionId: 'china',
      OppositeGeoRegionId: 'north-america',
    });
  });

  test('a CEN tells what is left of its package for two areas', () => {
    const cen = withTwoVpcs(localCen());
    putBasicCen(cen.state, 'cen-basic');
    putPackage(cen.state, { id: 'cenbwp-1' });
    cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
    cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
    const asked = { CenId: 'cen-basic', GeographicRegionAId: 'China', GeographicRegionBId: 'North-America' };
    const left = (): unknown => cen.call('DescribeCenGeographicSpanRemainingBandwidth', asked)['RemainingBandwidth'];
    expect(left()).toBe(0);
    cen.settled('AssociateCenBandwidthPackage', { CenId: 'cen-basic', CenBandwidthPackageId: 'cenbwp-1' });
    expect(left()).toBe(10);
    const limit = { CenId: 'cen-basic', LocalRegionId: 'us-east-1', OppositeRegionId: 'cn-shanghai' };
    cen.settled('SetCenInterRegionBandwidthLimit', { ...limit, BandwidthLimit: 4 });
    expect(left()).toBe(6);
    expect(cen.refused('DescribeCenGeographicSpanRemainingBandwidth', { ...asked, CenId: 'cen-9' }).code).toBe(
      'ParameterCenInstanceId',
    );
  });
});
