import type { JsonObject } from '../../../../shared/json';
import { type LocalCen, localCen, only, openService, pick, putBasicCen, withTwoVpcs } from './local-cen';
import { twoRegionNetwork } from './two-region-network';

/** An account that has opened the service, with an empty CEN. */
function opened(): LocalCen & { CenId: string } {
  const cen = withTwoVpcs(localCen());
  openService(cen.state, 'transit-router');
  return { ...cen, CenId: cen.settled('CreateCen')['CenId'] as string };
}

describe('the service', () => {
  test('must be opened once before anything is made', () => {
    const cen = localCen();
    const { CenId } = cen.settled('CreateCen');
    const code = 'Forbbiden.TransitRouterServiceNotOpen';
    expect(cen.refused('CheckTransitRouterService').code).toBe('USER_NOT_OPEN_TR_SERVICE');
    expect(cen.refused('CreateTransitRouter', { CenId: CenId!, RegionId: 'us-east-1' }).code).toBe(code);
    const { OrderId } = cen.call('OpenTransitRouterService');
    expect(OrderId).toMatch(/^\d+$/);
    expect(cen.call('CheckTransitRouterService')).toEqual({ Enabled: 'true' });
  });

  test('stays as it was when it is opened again', () => {
    const cen = localCen();
    const first = cen.call('OpenTransitRouterService');
    cen.wait(10);
    expect(cen.call('OpenTransitRouterService')).toEqual(first);
  });
});

test('a router is being created for a while, and brings its system table', () => {
  const cen = opened();
  const { TransitRouterId } = cen.call('CreateTransitRouter', {
    CenId: cen.CenId,
    RegionId: 'cn-shanghai',
    TransitRouterName: 'east',
    TransitRouterDescription: 'of Shanghai',
    Tag: [{ Key: 'k', Value: 'v' }],
  });
  expect(TransitRouterId).toMatch(/^tr-[0-9a-z]{22}$/);
  const expected = {
    TransitRouterId,
    CenId: cen.CenId,
    RegionId: 'cn-shanghai',
    AliUid: 1234567890123456,
    TransitRouterName: 'east',
    TransitRouterDescription: 'of Shanghai',
    Type: 'Enterprise',
    Status: 'Creating',
    CreationTime: '2026-11-22T00:02Z',
    SupportMulticast: false,
    TransitRouterCidrList: [],
    Tags: [{ Key: 'k', Value: 'v' }],
  };
  expect(cen.call('ListTransitRouters', { CenId: cen.CenId })).toEqual({
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
    TransitRouters: [expected],
  });
  cen.wait(20);
  expect(only(cen.call('ListTransitRouters'), 'TransitRouters')).toEqual({ ...expected, Status: 'Active' });
  expect(cen.call('ListTransitRouterRouteTables', { TransitRouterId: TransitRouterId! })).toEqual({
    MaxResults: 20,
    NextToken: '',
    TotalCount: 1,
    TransitRouterRouteTables: [
      {
        TransitRouterRouteTableId: expect.stringMatching(/^vtb-/),
        TransitRouterRouteTableName: '',
        TransitRouterRouteTableDescription: '',
        TransitRouterRouteTableType: 'System',
        TransitRouterRouteTableStatus: 'Active',
        TransitRouterId,
        RegionId: 'cn-shanghai',
        CreateTime: '2026-11-22T00:02Z',
        RouteTableOptions: { MultiRegionECMP: 'disable' },
        Tags: [],
      },
    ],
  });
});

test.each([
  [{ RegionId: 'us-east-1' }, ['us-east-1']],
  [{ TransitRouterName: 'b' }, ['cn-shanghai']],
  [{ Status: 'Creating' }, []],
  [{ Type: 'Basic' }, []],
  [{ Type: 'Enterprise' }, ['us-east-1', 'cn-shanghai']],
  [{ Tag: [{ Key: 'side', Value: '1' }] }, ['us-east-1']],
  [{ PageSize: 1, PageNumber: 2 }, ['cn-shanghai']],
  [{ TransitRouterId: 'tr-none' }, []],
  [{ CenId: 'cen-none' }, []],
] as [JsonObject, string[]][])('routers: %j finds those of %j', (input, regions) => {
  const cen = opened();
  const { CenId } = cen;
  cen.settled('CreateTransitRouter', {
    CenId,
    RegionId: 'us-east-1',
    TransitRouterName: 'a',
    Tag: [{ Key: 'side', Value: '1' }],
  });
  cen.settled('CreateTransitRouter', { CenId, RegionId: 'cn-shanghai', TransitRouterName: 'b' });
  expect(pick(cen.call('ListTransitRouters', input)['TransitRouters'], 'RegionId')).toEqual(regions);
});

interface Refusal {
  reason: string;
  input?: JsonObject;
  given?: (cen: ReturnType<typeof opened>) => void;
  code: string;
}

const REFUSALS: Refusal[] = [
  { reason: 'no such CEN', input: { CenId: 'cen-none' }, code: 'InvalidCenId.NotFound' },
  {
    reason: 'one a region and CEN',
    given: (cen) => cen.settled('CreateTransitRouter', { CenId: cen.CenId, RegionId: 'us-east-1' }),
    code: 'InstanceExist.TransitRouterInstance',
  },
  {
    reason: 'a basic CEN has basic routers',
    given: (cen) => putBasicCen(cen.state, 'cen-basic'),
    input: { CenId: 'cen-basic' },
    code: 'OperationUnsupported.TransitRouterType',
  },
  {
    reason: 'multicast is not modelled',
    input: { SupportMulticast: true },
    code: 'OperationUnsupported.SupportMulticast',
  },
  {
    reason: 'neither are the router’s own blocks',
    input: { TransitRouterCidrList: '[{"Cidr":"10.0.0.0/24"}]' },
    code: 'OperationUnsupported.TransitRouterCidrList',
  },
  { reason: 'all checks passed, and nothing is made', input: { DryRun: true }, code: 'DryRunOperation' },
];

test.each(REFUSALS)('making a router is refused as $code: $reason', ({ input, given, code }) => {
  const cen = opened();
  given?.(cen);
  const before = cen.call('ListTransitRouters')['TotalCount'];
  expect(cen.refused('CreateTransitRouter', { CenId: cen.CenId, RegionId: 'us-east-1', ...input }).code).toBe(code);
  expect(cen.call('ListTransitRouters')['TotalCount']).toBe(before);
});

test('a dry run takes neither the token nor the CEN', () => {
  const cen = opened();
  const input = { CenId: cen.CenId, RegionId: 'us-east-1', ClientToken: 'token' };
  cen.refused('CreateTransitRouter', { ...input, DryRun: true });
  cen.call('CreateTransitRouter', input);
});

test('a router’s name and description change at once', () => {
  const cen = opened();
  const made = cen.settled('CreateTransitRouter', { CenId: cen.CenId, RegionId: 'us-east-1', TransitRouterName: 'a' });
  const router = { RegionId: 'us-east-1', TransitRouterId: made['TransitRouterId']! };
  cen.settled('UpdateTransitRouter', { ...router, TransitRouterDescription: 'east coast' });
  cen.settled('UpdateTransitRouter', { ...router, TransitRouterName: 'b' });
  expect(only(cen.call('ListTransitRouters'), 'TransitRouters')).toMatchObject({
    TransitRouterName: 'b',
    TransitRouterDescription: 'east coast',
    Status: 'Active',
  });
  expect(cen.refused('UpdateTransitRouter', { ...router, RegionId: 'cn-shanghai' }).code).toBe('IllegalParam.RegionId');
  expect(cen.refused('UpdateTransitRouter', { ...router, TransitRouterId: 'tr-none' }).code).toBe(
    'InvalidTransitRouterId.NotFound',
  );
});

test('an empty router is being deleted for a while, and its table goes with it', () => {
  const cen = opened();
  const { TransitRouterId } = cen.settled('CreateTransitRouter', { CenId: cen.CenId, RegionId: 'us-east-1' });
  cen.call('DeleteTransitRouter', { TransitRouterId: TransitRouterId! });
  expect(only(cen.call('ListTransitRouters'), 'TransitRouters')['Status']).toBe('Deleting');
  cen.wait(15);
  expect(cen.call('ListTransitRouters')['TransitRouters']).toEqual([]);
  expect(cen.refused('ListTransitRouterRouteTables', { TransitRouterId: TransitRouterId! }).code).toBe(
    'InvalidTransitRouterId.NotFound',
  );
  expect(cen.refused('DeleteTransitRouter', { TransitRouterId: TransitRouterId! })).toEqual({
    status: 404,
    code: 'ParameterInstanceId',
  });
});

test('a router that is being created cannot be deleted yet, an attached one not at all', () => {
  const cen = opened();
  const { TransitRouterId } = cen.call('CreateTransitRouter', { CenId: cen.CenId, RegionId: 'us-east-1' });
  cen.wait(5);
  expect(cen.refused('DeleteTransitRouter', { TransitRouterId: TransitRouterId! }).code).toBe(
    'IncorrectStatus.TransitRouterInstance',
  );
  const network = twoRegionNetwork();
  expect(network.refused('DeleteTransitRouter', { TransitRouterId: network.ids.routers[1] }).code).toBe(
    'InvalidOperation.AttachedChildInstanceExist',
  );
});

test('a router can reach into every zone of its region, and into none for multicast', () => {
  const zones = (input: JsonObject) => opened().call('ListTransitRouterAvailableResource', input);
  expect(zones({ RegionId: 'us-east-1' })).toEqual({
    AvailableZones: ['us-east-1a', 'us-east-1b'],
    MasterZones: ['us-east-1a', 'us-east-1b'],
    SlaveZones: ['us-east-1a', 'us-east-1b'],
    SupportMulticast: false,
  });
  expect(zones({ RegionId: 'cn-shanghai', SupportMulticast: true })['AvailableZones']).toEqual([]);
});

test('tables are found by id, name, status and type, but not without saying whose', () => {
  const { call, refused, ids } = twoRegionNetwork();
  const count = (input: JsonObject) => call('ListTransitRouterRouteTables', input)['TotalCount'];
  expect(refused('ListTransitRouterRouteTables').code).toBe('MissingParam.TransitRouterIdOrTransitRouterRouteTables');
  expect(count({ TransitRouterRouteTableIds: ids.tables })).toBe(2);
  expect(count({ TransitRouterId: ids.routers[0], TransitRouterRouteTableIds: [ids.tables[1]] })).toBe(0);
  expect(count({ TransitRouterId: ids.routers[0], TransitRouterRouteTableType: 'Custom' })).toBe(0);
  expect(count({ TransitRouterId: ids.routers[0], TransitRouterRouteTableStatus: 'Creating' })).toBe(0);
  expect(count({ TransitRouterId: ids.routers[0], TransitRouterRouteTableNames: ['other'] })).toBe(0);
  expect(count({ TransitRouterId: ids.routers[0], RouteTableOptions: { MultiRegionECMP: 'enable' } })).toBe(0);
});
