/** The older edition, whose CEN exists already: two VPCs, a package, a limit, as Terraform's provider orders them. */
import type { JsonObject } from '../../../shared/json';
import { putBasicCen } from '../../unit/world/cbn/local-cen';
import { at, cbn, provider, type Request, vpc } from './provider';

const CenId = 'cen-basic';
const SIDES = [
  { RegionId: 'cn-hongkong', ZoneId: 'cn-hongkong-b', block: 3 },
  { RegionId: 'cn-shanghai', ZoneId: 'cn-shanghai-b', block: 4 },
] as const;

const { world, apply, until, read, passed } = provider();
putBasicCen(world.state, CenId);

const each = (request: (side: (typeof SIDES)[number], index: number) => Request): Request[] => SIDES.map(request);

const vpcs: string[] = [];
const vSwitches: string[] = [];
const child = (index: number): JsonObject => ({
  CenId,
  ChildInstanceId: vpcs[index]!,
  ChildInstanceType: 'VPC',
  ChildInstanceRegionId: SIDES[index]!.RegionId,
});
const attached = (index: number) => cbn('DescribeCenAttachedChildInstanceAttribute', child(index));
const packages = (id: string) =>
  cbn('DescribeCenBandwidthPackages', { Filter: [{ Key: 'CenBandwidthPackageId', Value: [id] }] });
const PACKAGE = ['CenBandwidthPackages', 'CenBandwidthPackage', 0] as const;
const LIMITS = ['CenInterRegionBandwidthLimits', 'CenInterRegionBandwidthLimit', 0] as const;
const limit = (BandwidthLimit: number): Request =>
  cbn('SetCenInterRegionBandwidthLimit', {
    CenId,
    LocalRegionId: 'cn-hongkong',
    OppositeRegionId: 'cn-shanghai',
    BandwidthLimit,
  });
const limits = cbn('DescribeCenInterRegionBandwidthLimits', { CenId });
let CenBandwidthPackageId = '';

test('it attaches both VPCs at once', () => {
  const made = apply(...each(({ RegionId, block }) => vpc('CreateVpc', { RegionId, CidrBlock: `10.${block}.0.0/16` })));
  vpcs.push(...made.map((body) => String(body['VpcId'])));
  for (const [index, VpcId] of vpcs.entries())
    until(
      vpc('DescribeVpcAttribute', { RegionId: SIDES[index]!.RegionId, VpcId }),
      (body) => body['Status'],
      'Available',
    );
  const vSwitch = (index: number) => ({ VpcId: vpcs[index]!, CidrBlock: `10.${SIDES[index]!.block}.0.0/24` });
  const inside = apply(
    ...each(({ RegionId, ZoneId }, index) => vpc('CreateVSwitch', { RegionId, ZoneId, ...vSwitch(index) })),
  );
  vSwitches.push(...inside.map((body) => String(body['VSwitchId'])));
  // A vSwitch is waited for; a CEN takes no VPC in which one is still being made.
  for (const [index, VSwitchId] of vSwitches.entries())
    until(
      vpc('DescribeVSwitchAttributes', { RegionId: SIDES[index]!.RegionId, VSwitchId }),
      (body) => body['Status'],
      'Available',
    );
  apply(...each((_, index) => cbn('AttachCenChildInstance', child(index))));
  for (const index of [0, 1]) until(attached(index), (body) => body['Status'], 'Attached');
});

test('it buys a package, and reads its sides as it named them', () => {
  const [bought] = apply(
    cbn('CreateCenBandwidthPackage', {
      Bandwidth: 10,
      GeographicRegionAId: 'China',
      GeographicRegionBId: 'Asia-Pacific',
      BandwidthPackageChargeType: 'POSTPAY',
      Name: 'acme',
    }),
  );
  CenBandwidthPackageId = String(bought!['CenBandwidthPackageId']);
  until(packages(CenBandwidthPackageId), (body) => at(body, ...PACKAGE, 'Status'), 'Idle');
  expect(at(read(packages(CenBandwidthPackageId)), ...PACKAGE)).toMatchObject({
    Bandwidth: 10,
    GeographicRegionAId: 'china',
    GeographicRegionBId: 'asia-pacific',
    GeographicSpanId: 'asia-pacific_china',
    BandwidthPackageChargeType: 'POSTPAY',
  });
  apply(cbn('AssociateCenBandwidthPackage', { CenId, CenBandwidthPackageId }));
  until(packages(CenBandwidthPackageId), (body) => at(body, ...PACKAGE, 'Status'), 'InUse');
});

test('it sets the limit between the regions, and another', () => {
  for (const bandwidth of [5, 8]) {
    apply(limit(bandwidth));
    until(limits, (body) => at(body, ...LIMITS, 'Status'), 'Active');
    expect(at(read(limits), ...LIMITS, 'BandwidthLimit')).toBe(bandwidth);
  }
});

test('it takes everything back, a package last', () => {
  apply(limit(0));
  until(limits, (body) => at(body, ...LIMITS, 'Status'), null);
  apply(
    cbn('UnassociateCenBandwidthPackage', { CenId, CenBandwidthPackageId }),
    ...each((_, index) => cbn('DetachCenChildInstance', child(index))),
  );
  until(packages(CenBandwidthPackageId), (body) => at(body, ...PACKAGE, 'Status'), 'Idle');
  apply(cbn('DeleteCenBandwidthPackage', { CenBandwidthPackageId }));
  for (const VpcId of vpcs)
    until(
      cbn('DescribeCenAttachedChildInstances', { CenId, ChildInstanceType: 'VPC' }),
      (body) =>
        (at(body, 'ChildInstances', 'ChildInstance') as JsonObject[]).some(
          ({ ChildInstanceId }) => ChildInstanceId === VpcId,
        ) || null,
      null,
    );
  apply(
    ...each(({ RegionId }, index) => vpc('DeleteVSwitch', { RegionId, VSwitchId: vSwitches[index]! })),
    ...each(({ RegionId }, index) => vpc('DeleteVpc', { RegionId, VpcId: vpcs[index]! })),
  );
});

test('what was refused on the way passed: these, and no others', () => {
  expect([...passed].sort()).toEqual([
    'AttachCenChildInstance Operation.Blocking',
    'DeleteVpc DependencyViolation.VSwitch',
    'DetachCenChildInstance Operation.Blocking',
  ]);
});
