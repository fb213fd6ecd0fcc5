import { ROUTE_ENTRIES } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import { child, type LocalCen, localCen, only, pick, putBasicCen, putEntry, withTwoVpcs } from './local-cen';
import { publication, twoRegionNetwork } from './two-region-network';

/** Both VPCs in a basic CEN, with an office's route behind either. */
function basicNetwork(quotas: Record<string, number> = {}): LocalCen {
  const cen = withTwoVpcs(localCen({ quotas }));
  putBasicCen(cen.state, 'cen-basic');
  putEntry(cen.state, { id: 'rte-office-1', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  putEntry(cen.state, { id: 'rte-office-3', routeTableId: 'vtb-vpc-2', destination: '10.20.10.0/24' });
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
  return cen;
}
const OFFICE = publication('cen-basic', 0);
const published = (cen: LocalCen, input: JsonObject = {}): JsonObject[] =>
  (
    cen.call('DescribePublishedRouteEntries', {
      ...child('cen-basic', 'vpc-1', 'us-east-1'),
      ChildInstanceRouteTableId: 'vtb-vpc-1',
      ...input,
    })['PublishedRouteEntries'] as JsonObject
  )['PublishedRouteEntry'] as JsonObject[];
const region = (cen: LocalCen, CenRegionId: string, Status = 'Active'): unknown[] =>
  pick(
    (
      cen.call('DescribeCenRegionDomainRouteEntries', { CenId: 'cen-basic', CenRegionId, Status, PageSize: 500 })[
        'CenRouteEntries'
      ] as JsonObject
    )['CenRouteEntry'],
    'DestinationCidrBlock',
    'NextHopInstanceId',
    'Type',
    'Status',
  );

test('vSwitch routes are published by themselves, a route to a VPN gateway is not', () => {
  const cen = basicNetwork();
  expect(pick(published(cen), 'DestinationCidrBlock', 'RouteType', 'PublishStatus', 'OperationalMode')).toEqual([
    '10.10.10.0/24 Custom NonPublished true',
    '192.168.10.0/24 System Published true',
    '192.168.11.0/24 System Published true',
  ]);
});

test('a publication is through after a few seconds, and reaches every region', () => {
  const cen = basicNetwork();
  cen.call('PublishRouteEntries', OFFICE);
  const status = () => pick(published(cen, { DestinationCidrBlock: '10.10.10.0/24' }), 'PublishStatus');
  expect(status()).toEqual(['NonPublished']);
  cen.wait(10);
  expect(status()).toEqual(['Published']);
  expect(region(cen, 'cn-shanghai')).toEqual([
    '10.10.10.0/24 vpc-1 CEN Active',
    '172.16.10.0/24 vpc-2 System Active',
    '172.16.11.0/24 vpc-2 System Active',
    '192.168.10.0/24 vpc-1 CEN Active',
    '192.168.11.0/24 vpc-1 CEN Active',
  ]);
  expect(region(cen, 'us-east-1')[0]).toBe('10.10.10.0/24 vpc-1 Custom Active');
  expect(region(cen, 'eu-west-1')).toEqual([]);
});

test('what is published stays published when it is published again', () => {
  const cen = basicNetwork();
  cen.settled('PublishRouteEntries', OFFICE);
  cen.call('PublishRouteEntries', OFFICE);
  expect(pick(published(cen), 'PublishStatus')).toEqual(['Published', 'Published', 'Published']);
});

test('a withdrawn route is told no more, and withdrawing it again changes nothing', () => {
  const cen = basicNetwork();
  cen.settled('PublishRouteEntries', OFFICE);
  cen.settled('WithdrawPublishedRouteEntries', OFFICE);
  cen.settled('WithdrawPublishedRouteEntries', OFFICE);
  expect(pick(published(cen), 'PublishStatus')).toEqual(['NonPublished', 'Published', 'Published']);
  expect(region(cen, 'cn-shanghai')).not.toContain('10.10.10.0/24 vpc-1 CEN Active');
});

test('a vSwitch’s own route can be withdrawn and told again', () => {
  const cen = basicNetwork();
  const own = { ...OFFICE, DestinationCidrBlock: '192.168.10.0/24' };
  cen.settled('WithdrawPublishedRouteEntries', own);
  cen.settled('WithdrawPublishedRouteEntries', own);
  expect(pick(published(cen), 'PublishStatus')).toEqual(['NonPublished', 'NonPublished', 'Published']);
  cen.settled('PublishRouteEntries', own);
  cen.settled('PublishRouteEntries', own);
  expect(pick(published(cen), 'PublishStatus')).toEqual(['NonPublished', 'Published', 'Published']);
});

test('a route that is deleted and made anew must be published anew', () => {
  const cen = basicNetwork();
  cen.settled('PublishRouteEntries', OFFICE);
  cen.state.delete(ROUTE_ENTRIES, 'rte-office-1');
  expect(pick(published(cen), 'DestinationCidrBlock')).not.toContain('10.10.10.0/24');
  putEntry(cen.state, { id: 'rte-again', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  expect(pick(published(cen, { DestinationCidrBlock: '10.10.10.0/24' }), 'PublishStatus')).toEqual(['NonPublished']);
  cen.settled('PublishRouteEntries', OFFICE);
  expect(pick(published(cen, { DestinationCidrBlock: '10.10.10.0/24' }), 'PublishStatus')).toEqual(['Published']);
});

test('a detached VPC’s publications do not come back with it', () => {
  const cen = basicNetwork();
  cen.settled('PublishRouteEntries', OFFICE);
  cen.settled('DetachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
  expect(pick(published(cen, { DestinationCidrBlock: '10.10.10.0/24' }), 'PublishStatus')).toEqual(['NonPublished']);
});

test('neither do those of a VPC whose router’s attachment goes and comes', () => {
  const network = twoRegionNetwork();
  const { cen, routers, attachments } = network.ids;
  network.settled('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: attachments[0], Force: true });
  network.settled('CreateTransitRouterVpcAttachment', {
    TransitRouterId: routers[0],
    VpcId: 'vpc-1',
    ZoneMappings: [{ ZoneId: 'us-east-1a', VSwitchId: 'vsw-1a' }],
  });
  const body = network.call('DescribePublishedRouteEntries', {
    ...child(cen, 'vpc-1', 'us-east-1'),
    DestinationCidrBlock: '10.10.10.0/24',
  });
  expect(only(body, 'PublishedRouteEntries', 'PublishedRouteEntry')['PublishStatus']).toBe('NonPublished');
});

interface Refusal {
  reason: string;
  change?: JsonObject;
  given?: (cen: LocalCen) => void;
  code: string;
}

const REFUSALS: Refusal[] = [
  { reason: 'no such CEN', change: { CenId: 'cen-none' }, code: 'ParameterCenInstanceId' },
  { reason: 'no such VPC', change: { ChildInstanceId: 'vpc-none' }, code: 'ParameterInstanceId' },
  {
    reason: 'the table is another VPC’s',
    change: { ChildInstanceRouteTableId: 'vtb-vpc-2' },
    code: 'Instance.NotExist',
  },
  {
    reason: 'custom tables do not speak',
    change: { ChildInstanceRouteTableId: 'vtb-vpc-1-custom' },
    code: 'InvalidOperation.UnsupportRouteTableType',
  },
  { reason: 'no such route', change: { DestinationCidrBlock: '10.99.0.0/24' }, code: 'InvalidOperation.NotFoundRoute' },
  { reason: 'no block', change: { DestinationCidrBlock: 'everywhere' }, code: 'InvalidParameter' },
  {
    reason: 'a route to a transit router would go round',
    given: (cen) =>
      putEntry(cen.state, {
        id: 'rte-office-1',
        routeTableId: 'vtb-vpc-1',
        destination: '10.10.10.0/24',
        nextHopType: 'Attachment',
      }),
    code: 'InvalidOperation.UnsupportnexthopType',
  },
  {
    reason: 'the route is still on its way',
    given: (cen) =>
      putEntry(cen.state, {
        id: 'rte-office-1',
        routeTableId: 'vtb-vpc-1',
        destination: '10.10.10.0/24',
        status: 'Pending',
      }),
    code: 'InvalidOperation.ChildInstanceStatus',
  },
  {
    reason: 'the VPC is not attached',
    given: (cen) => cen.settled('DetachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1')),
    code: 'Instance.NotExist',
  },
  {
    reason: 'the VPC is being detached',
    given: (cen) => {
      cen.call('DetachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
      cen.wait(5);
    },
    code: 'InvalidOperation.ChildInstanceStatus',
  },
  {
    reason: 'the VPC is attached to another CEN only',
    given: (cen) => {
      cen.settled('DetachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
      putBasicCen(cen.state, 'cen-other');
      cen.settled('AttachCenChildInstance', child('cen-other', 'vpc-1', 'us-east-1'));
    },
    code: 'Instance.NotExist',
  },
  {
    reason: 'its withdrawal is under way',
    given: (cen) => {
      cen.settled('PublishRouteEntries', OFFICE);
      cen.call('WithdrawPublishedRouteEntries', OFFICE);
      cen.wait(5);
    },
    code: 'InvalidOperation.ChildInstanceStatus',
  },
  {
    reason: 'its publication is under way',
    given: (cen) => {
      cen.call('PublishRouteEntries', OFFICE);
      cen.wait(5);
    },
    code: 'InvalidOperation.ChildInstanceStatus',
  },
];

test.each(REFUSALS)('publishing and withdrawing are refused as $code: $reason', ({ change, given, code }) => {
  const cen = basicNetwork();
  given?.(cen);
  for (const action of ['PublishRouteEntries', 'WithdrawPublishedRouteEntries'])
    expect(cen.refused(action, { ...OFFICE, ...change }).code).toBe(code);
});

test('a basic CEN holds so many routes, those on their way included', () => {
  const cen = basicNetwork({ routesPerCen: 5 });
  cen.call('PublishRouteEntries', OFFICE);
  cen.wait(5);
  expect(cen.refused('PublishRouteEntries', publication('cen-basic', 1)).code).toBe(
    'QuotaExceeded.CenRouteCountExceeded',
  );
});

test('an enterprise VPC’s route is published the same way', () => {
  const network = twoRegionNetwork();
  const body = network.call('DescribePublishedRouteEntries', {
    ...child(network.ids.cen, 'vpc-1', 'us-east-1'),
    DestinationCidrBlock: '10.10.10.0/24',
  });
  expect(only(body, 'PublishedRouteEntries', 'PublishedRouteEntry')).toEqual({
    DestinationCidrBlock: '10.10.10.0/24',
    ChildInstanceRouteTableId: 'vtb-vpc-1',
    NextHopType: 'VpnGateway',
    NextHopId: 'vpn-1',
    RouteType: 'Custom',
    OperationalMode: true,
    PublishStatus: 'Published',
    Conflicts: { Conflict: [] },
  });
});

test('of equal routes the earlier one stands; the later is rejected, and says what it conflicts with', () => {
  const cen = basicNetwork();
  putEntry(cen.state, { id: 'rte-twin', routeTableId: 'vtb-vpc-2', destination: '10.10.10.0/24' });
  cen.settled('PublishRouteEntries', OFFICE);
  cen.settled('PublishRouteEntries', { ...publication('cen-basic', 1), DestinationCidrBlock: '10.10.10.0/24' });
  expect(region(cen, 'us-east-1', 'Rejected')).toEqual(['10.10.10.0/24 vpc-2 CEN Rejected']);
  expect(region(cen, 'us-east-1')[0]).toBe('10.10.10.0/24 vpc-1 Custom Active');
  const twin = cen.call('DescribePublishedRouteEntries', {
    ...child('cen-basic', 'vpc-2', 'cn-shanghai'),
    DestinationCidrBlock: '10.10.10.0/24',
  });
  expect(only(twin, 'PublishedRouteEntries', 'PublishedRouteEntry')['Conflicts']).toEqual({
    Conflict: [
      {
        DestinationCidrBlock: '10.10.10.0/24',
        InstanceId: 'vpc-1',
        InstanceType: 'VPC',
        RegionId: 'us-east-1',
        Status: 'conflict',
      },
    ],
  });
  cen.settled('WithdrawPublishedRouteEntries', OFFICE);
  expect(region(cen, 'us-east-1')[0]).toBe('10.10.10.0/24 vpc-2 CEN Active');
});

test('a VPC’s table from CEN’s side holds its own routes and what it learned', () => {
  const cen = basicNetwork();
  cen.settled('PublishRouteEntries', publication('cen-basic', 1));
  const list = (input: JsonObject) =>
    (
      cen.call('DescribeCenChildInstanceRouteEntries', { ...child('cen-basic', 'vpc-1', 'us-east-1'), ...input })[
        'CenRouteEntries'
      ] as JsonObject
    )['CenRouteEntry'];
  expect(pick(list({}), 'DestinationCidrBlock', 'Type', 'NextHopType', 'NextHopInstanceId', 'PublishStatus')).toEqual([
    '10.10.10.0/24 Custom VpnGateway vpn-1 NonPublished',
    '192.168.10.0/24 System local  Published',
    '192.168.11.0/24 System local  Published',
    '10.20.10.0/24 CEN VPC vpc-2 NonPublished',
    '172.16.10.0/24 CEN VPC vpc-2 NonPublished',
    '172.16.11.0/24 CEN VPC vpc-2 NonPublished',
  ]);
  expect(
    pick(list({ ChildInstanceRouteTableId: 'vtb-vpc-1-custom' }), 'DestinationCidrBlock', 'PublishStatus'),
  ).toEqual(['192.168.10.0/24 NonPublished', '192.168.11.0/24 NonPublished']);
  expect(list({ Status: 'Rejected' })).toEqual([]);
  expect(list({ ChildInstanceRouteTableId: 'vtb-vpc-2' })).toEqual([]);
});

test.each(['DescribePublishedRouteEntries', 'DescribeCenChildInstanceRouteEntries'])(
  '%s of no CEN is not found',
  (action) => {
    expect(basicNetwork().refused(action, child('cen-none', 'vpc-1', 'us-east-1')).code).toBe('ParameterCenInstanceId');
  },
);

test('the routes of a region of no CEN are not found', () => {
  const input = { CenId: 'cen-none', CenRegionId: 'us-east-1' };
  expect(basicNetwork().refused('DescribeCenRegionDomainRouteEntries', input).code).toBe('ParameterCenInstanceId');
});
