import { ROUTE_ENTRIES, VPN_GATEWAYS, VSWITCHES, type VSwitchRecord } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import {
  child,
  type LocalCen,
  localCen,
  only,
  openService,
  putBasicCen,
  putEntry,
  putVpc,
  putVSwitch,
  withTwoVpcs,
} from './local-cen';
import { twoRegionNetwork } from './two-region-network';

interface WithRouter extends LocalCen {
  CenId: string;
  TransitRouterId: string;
}

/** A router in us-east-1, where VPC 1 is. */
function withRouter(quotas: Record<string, number> = {}): WithRouter {
  const cen = withTwoVpcs(localCen({ quotas }));
  openService(cen.state, 'transit-router');
  const CenId = cen.settled('CreateCen')['CenId'] as string;
  const made = cen.settled('CreateTransitRouter', { CenId, RegionId: 'us-east-1' });
  return { ...cen, CenId, TransitRouterId: made['TransitRouterId'] as string };
}

const ZONES = [
  { ZoneId: 'us-east-1a', VSwitchId: 'vsw-1a' },
  { ZoneId: 'us-east-1b', VSwitchId: 'vsw-1b' },
];
const wish = (cen: WithRouter, change: JsonObject = {}): JsonObject => ({
  TransitRouterId: cen.TransitRouterId,
  RegionId: 'us-east-1',
  VpcId: 'vpc-1',
  ZoneMappings: ZONES,
  ...change,
});
const attach = (cen: WithRouter, change: JsonObject = {}): string =>
  cen.settled('CreateTransitRouterVpcAttachment', wish(cen, change))['TransitRouterAttachmentId'] as string;
const addresses = (cen: LocalCen, id: string): string[] => cen.state.get<VSwitchRecord>(VSWITCHES, id)!.usedAddresses;

test('an attachment is attaching for a minute and a half, takes an address of each vSwitch, and is attached', () => {
  const cen = withRouter();
  const { TransitRouterAttachmentId } = cen.call(
    'CreateTransitRouterVpcAttachment',
    wish(cen, {
      TransitRouterAttachmentName: 'one',
      TransitRouterAttachmentDescription: 'first',
      Tag: [{ Key: 'k', Value: 'v' }],
    }),
  );
  expect(TransitRouterAttachmentId).toMatch(/^tr-attach-/);
  const expected = {
    TransitRouterAttachmentId,
    TransitRouterAttachmentName: 'one',
    TransitRouterAttachmentDescription: 'first',
    CenId: cen.CenId,
    TransitRouterId: cen.TransitRouterId,
    TransitRouterRegionId: 'us-east-1',
    RegionId: 'us-east-1',
    AutoPublishRouteEnabled: false,
    Status: 'Attaching',
    CreationTime: '2026-11-22T00:04Z',
    Tags: [{ Key: 'k', Value: 'v' }],
    ResourceType: 'VPC',
    VpcId: 'vpc-1',
    VpcOwnerId: 1234567890123456,
    VpcRegionId: 'us-east-1',
    ChargeType: 'POSTPAY',
    OrderType: 'PayByCenOwner',
    ZoneMappings: ZONES.map((zone) => ({ ...zone, NetworkInterfaceId: expect.stringMatching(/^eni-/) })),
  };
  expect(cen.call('ListTransitRouterVpcAttachments', { CenId: cen.CenId })).toEqual({
    MaxResults: 20,
    NextToken: '',
    TotalCount: 1,
    TransitRouterAttachments: [expected],
  });
  expect([addresses(cen, 'vsw-1a'), addresses(cen, 'vsw-1b')]).toEqual([['192.168.10.252'], ['192.168.11.252']]);
  cen.wait(90);
  expect(only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['Status']).toBe('Attached');
});

test('a router comes by itself where CEN and region are named and there is none', () => {
  const cen = withRouter();
  const input = {
    CenId: cen.CenId,
    RegionId: 'cn-shanghai',
    VpcId: 'vpc-2',
    ZoneMappings: [{ ZoneId: 'cn-shanghai-b', VSwitchId: 'vsw-2a' }],
  };
  cen.settled('CreateTransitRouterVpcAttachment', input);
  expect(cen.call('ListTransitRouters', { RegionId: 'cn-shanghai' })['TotalCount']).toBe(1);
  // In a region that has one, that one is used.
  const { TransitRouterId: _, ...byRegion } = wish(cen, { CenId: cen.CenId });
  cen.settled('CreateTransitRouterVpcAttachment', byRegion);
  expect(cen.call('ListTransitRouters')['TotalCount']).toBe(2);
});

interface Refusal {
  reason: string;
  change?: JsonObject;
  given?: (cen: WithRouter) => void;
  quotas?: Record<string, number>;
  code: string;
}

const synchronised = { AutoPublishRouteEnabled: true };
const REFUSALS: Refusal[] = [
  { reason: 'no such router', change: { TransitRouterId: 'tr-none' }, code: 'InvalidTransitRouterId.NotFound' },
  { reason: 'no such VPC', change: { VpcId: 'vpc-none' }, code: 'InvalidVpcId.NotFound' },
  { reason: 'the VPC is in another region', change: { VpcId: 'vpc-2' }, code: 'IllegalParam.TransitRouterRegionId' },
  {
    reason: 'one zone twice',
    change: { ZoneMappings: [ZONES[0]!, { ...ZONES[1]!, ZoneId: 'us-east-1a' }] },
    code: 'Duplicated.ZoneMapping',
  },
  {
    reason: 'the vSwitch is in another zone',
    change: { ZoneMappings: [{ ZoneId: 'us-east-1b', VSwitchId: 'vsw-1a' }] },
    code: 'IllegalParam.ZoneId',
  },
  {
    reason: 'the vSwitch is another VPC’s',
    change: { ZoneMappings: [{ ZoneId: 'cn-shanghai-b', VSwitchId: 'vsw-2a' }] },
    code: 'IllegalParam.VSwitchId',
  },
  {
    reason: 'no such vSwitch',
    change: { ZoneMappings: [{ ZoneId: 'us-east-1a', VSwitchId: 'vsw-none' }] },
    code: 'InvalidVSwitchId.NotFound',
  },
  {
    reason: 'no address left in the vSwitch',
    given: ({ state }) => {
      putVSwitch(state, {
        id: 'vsw-1a',
        vpcId: 'vpc-1',
        zone: 'us-east-1a',
        cidr: '192.168.10.0/29',
        usedAddresses: ['192.168.10.1', '192.168.10.2', '192.168.10.3', '192.168.10.4'],
      });
    },
    code: 'InsufficientIpAddr.vsw',
  },
  { reason: 'attached already', given: (cen) => attach(cen), code: 'InvalidOperation.ChildInstanceAlreadyAttached' },
  {
    reason: 'an entry of the VPC’s tables is on its way',
    given: ({ state }) =>
      putEntry(state, { id: 'rte', routeTableId: 'vtb-vpc-1', destination: '10.0.0.0/8', status: 'Pending' }),
    code: 'IncorrectStatus.VpcRouteTable',
  },
  {
    reason: 'the VPN gateway injects routes of its own',
    change: synchronised,
    given: ({ state }) => state.put(VPN_GATEWAYS, 'vpn-1', { id: 'vpn-1', vpcId: 'vpc-1', autoPropagate: true }),
    code: 'InvalidOperation.VpnAssociated',
  },
  {
    reason: 'a basic CEN writes into the VPC already',
    change: synchronised,
    given: (cen) => {
      putBasicCen(cen.state, 'cen-basic');
      cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1'));
    },
    code: 'InvalidOperation.VpcAutoRoutesPublishInOtherCEN',
  },
  {
    reason: 'another router writes into the VPC already',
    change: synchronised,
    given: (cen) => {
      const { CenId } = cen.settled('CreateCen');
      const { RegionId, VpcId, ZoneMappings } = wish(cen);
      cen.settled('CreateTransitRouterVpcAttachment', {
        CenId: CenId!,
        RegionId: RegionId!,
        VpcId: VpcId!,
        ZoneMappings: ZoneMappings!,
        ...synchronised,
      });
    },
    code: 'InvalidOperation.VpcAutoRoutesPublishInOtherCEN',
  },
  {
    reason: 'an entry of the VPC’s tables is on its way out',
    given: ({ state }) =>
      putEntry(state, { id: 'rte', routeTableId: 'vtb-vpc-1-custom', destination: '10.0.0.0/8', status: 'Deleting' }),
    code: 'IncorrectStatus.VpcRouteTable',
  },
  {
    reason: 'the router synchronises as many as it can',
    change: synchronised,
    quotas: { synchronisedVpcsPerTransitRouter: 1 },
    given: (cen) => {
      putVpc(cen.state, { id: 'vpc-3', region: 'us-east-1', cidr: '10.0.0.0/16' });
      putVSwitch(cen.state, { id: 'vsw-3', vpcId: 'vpc-3', zone: 'us-east-1a', cidr: '10.0.0.0/24' });
      attach(cen, { ...synchronised, VpcId: 'vpc-3', ZoneMappings: [{ ZoneId: 'us-east-1a', VSwitchId: 'vsw-3' }] });
    },
    code: 'QuotaExceeded.VpcAutoRoutesPublishPerTransitRouter',
  },
  {
    reason: 'the router has as many as it can',
    quotas: { vpcAttachmentsPerTransitRouter: 0 },
    code: 'QuotaExceeded.CenQuotaVpcAttachPerTransitRouter',
  },
  { reason: 'all checks passed, and nothing is made', change: { DryRun: true }, code: 'DryRunOperation' },
];

test.each(REFUSALS)('attaching is refused as $code: $reason', ({ change, given, quotas, code }) => {
  const cen = withRouter(quotas);
  given?.(cen);
  const before = { list: cen.call('ListTransitRouterVpcAttachments'), used: addresses(cen, 'vsw-1a') };
  expect(cen.refused('CreateTransitRouterVpcAttachment', wish(cen, change)).code).toBe(code);
  expect({ list: cen.call('ListTransitRouterVpcAttachments'), used: addresses(cen, 'vsw-1a') }).toEqual(before);
});

test('neither router nor CEN named is refused', () => {
  const { TransitRouterId: _, RegionId: __, ...nowhere } = wish(withRouter());
  expect(withRouter().refused('CreateTransitRouterVpcAttachment', nowhere).code).toBe('MissingParam.CenIdOrRegionId');
});

test('a gateway’s own propagation does not matter to an attachment that is not synchronised', () => {
  const cen = withRouter();
  cen.state.put(VPN_GATEWAYS, 'vpn-1', { id: 'vpn-1', vpcId: 'vpc-1', autoPropagate: true });
  const id = attach(cen);
  expect(
    cen.refused('UpdateTransitRouterVpcAttachmentAttribute', { TransitRouterAttachmentId: id, ...synchronised }).code,
  ).toBe('InvalidOperation.VpnAssociated');
});

test('synchronisation is changed in place; a name changes at once', () => {
  const cen = withRouter();
  const id = attach(cen);
  const shown = () => only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments');
  cen.call('UpdateTransitRouterVpcAttachmentAttribute', {
    TransitRouterAttachmentId: id,
    TransitRouterAttachmentName: 'new',
    TransitRouterAttachmentDescription: 'newer',
  });
  expect(shown()).toMatchObject({
    Status: 'Attached',
    TransitRouterAttachmentName: 'new',
    TransitRouterAttachmentDescription: 'newer',
  });
  cen.wait(5);
  cen.call('UpdateTransitRouterVpcAttachmentAttribute', { TransitRouterAttachmentId: id, ...synchronised });
  // 20 s from here, not from the name's change.
  cen.wait(19);
  expect(shown()).toMatchObject({ Status: 'Modifying', AutoPublishRouteEnabled: true });
  expect(
    cen.refused('UpdateTransitRouterVpcAttachmentAttribute', {
      TransitRouterAttachmentId: id,
      AutoPublishRouteEnabled: false,
    }).code,
  ).toBe('IncorrectStatus.Attachment');
  cen.wait(1);
  expect(shown()).toMatchObject({
    Status: 'Attached',
    AutoPublishRouteEnabled: true,
    TransitRouterAttachmentName: 'new',
  });
});

test('a deleted attachment gives its addresses back', () => {
  const cen = withRouter();
  const TransitRouterAttachmentId = attach(cen);
  cen.call('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId });
  expect(only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['Status']).toBe('Detaching');
  expect(addresses(cen, 'vsw-1a')).toEqual(['192.168.10.252']);
  cen.wait(60);
  expect(cen.call('ListTransitRouterVpcAttachments')['TotalCount']).toBe(0);
  expect([addresses(cen, 'vsw-1a'), addresses(cen, 'vsw-1b')]).toEqual([[], []]);
  expect(cen.refused('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId }).code).toBe(
    'InvalidTransitRouterAttachmentId.NotFound',
  );
});

test('a dry deletion answers with the request id alone and deletes nothing', () => {
  const cen = withRouter();
  const TransitRouterAttachmentId = attach(cen);
  expect(cen.call('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId, DryRun: true })).toEqual({});
  expect(only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['Status']).toBe('Attached');
});

test('what hangs on an attachment keeps it, one after the other, unless it is forced', () => {
  const network = twoRegionNetwork();
  const [id] = network.ids.attachments;
  const [table] = network.ids.tables;
  const both = { TransitRouterAttachmentId: id, TransitRouterRouteTableId: table };
  const remove = () => network.refused('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: id }).code;
  network.settled('CreateTransitRouterRouteEntry', {
    TransitRouterRouteTableId: table,
    TransitRouterRouteEntryDestinationCidrBlock: '10.77.0.0/16',
    TransitRouterRouteEntryNextHopType: 'Attachment',
    TransitRouterRouteEntryNextHopId: id,
  });
  putEntry(network.state, {
    id: 'rte-to-router',
    routeTableId: 'vtb-vpc-1-custom',
    destination: '10.88.0.0/16',
    nextHopType: 'Attachment',
    nextHopId: id,
  });
  expect(remove()).toBe('OperationFailed.RouteTableAssociationExist');
  network.settled('DissociateTransitRouterAttachmentFromRouteTable', both);
  expect(remove()).toBe('OperationFailed.RouteTablePropagationExist');
  network.settled('DisableTransitRouterRouteTablePropagation', both);
  expect(remove()).toBe('OperationFailed.AttachmentReferencedVpcRouteEntryExisted');
  network.state.delete(ROUTE_ENTRIES, 'rte-to-router');
  expect(remove()).toBe('OperationFailed.RouteEntryExist');
  putEntry(network.state, {
    id: 'rte-coming',
    routeTableId: 'vtb-vpc-1',
    destination: '10.66.0.0/16',
    status: 'Pending',
  });
  expect(network.refused('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: id, Force: true }).code).toBe(
    'IncorrectStatus.VpcRouteTable',
  );
  network.state.delete(ROUTE_ENTRIES, 'rte-coming');
  putEntry(network.state, {
    id: 'rte-to-router',
    routeTableId: 'vtb-vpc-1-custom',
    destination: '10.88.0.0/16',
    nextHopType: 'Attachment',
    nextHopId: id,
  });
  network.settled('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: id, Force: true });
  expect(network.state.get(ROUTE_ENTRIES, 'rte-to-router')).toBeUndefined();
  expect(network.routerTable(0)).toEqual(['10.20.10.0/24 → peer', '172.16.10.0/24 → peer', '172.16.11.0/24 → peer']);
});

describe('zones', () => {
  const zones = (cen: LocalCen): unknown =>
    only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['ZoneMappings'];
  const one = () => {
    const cen = withRouter();
    return { ...cen, id: attach(cen, { ZoneMappings: [ZONES[0]!] }) };
  };
  const change = ({ id }: { id: string }, add: JsonObject[], remove: JsonObject[]): JsonObject => ({
    TransitRouterAttachmentId: id,
    AddZoneMappings: add,
    RemoveZoneMappings: remove,
  });

  test('one is added and another given up, with their addresses', () => {
    const cen = one();
    cen.call('UpdateTransitRouterVpcAttachmentZones', change(cen, [ZONES[1]!], [ZONES[0]!]));
    expect(zones(cen)).toMatchObject([ZONES[1]!]);
    expect([addresses(cen, 'vsw-1a'), addresses(cen, 'vsw-1b')]).toEqual([[], ['192.168.11.252']]);
    expect(only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['Status']).toBe('Modifying');
    cen.wait(20);
    expect(only(cen.call('ListTransitRouterVpcAttachments'), 'TransitRouterAttachments')['Status']).toBe('Attached');
  });

  test.each([
    ['the last one cannot be given up', [], [ZONES[0]!], 'IllegalParam.ZoneMappings'],
    ['what it has not cannot be given up', [], [ZONES[1]!], 'IllegalParam.ZoneMappings'],
    ['nothing asked for', [], [], 'IllegalParam.ZoneMappings'],
    ['a zone is there already', [ZONES[0]!], [], 'Duplicated.ZoneMapping'],
    ['no such vSwitch', [{ ...ZONES[1]!, VSwitchId: 'vsw-none' }], [], 'InvalidVSwitchId.NotFound'],
  ] as [string, JsonObject[], JsonObject[], string][])('a change is refused: %s', (_, add, remove, code) => {
    const cen = one();
    expect(cen.refused('UpdateTransitRouterVpcAttachmentZones', change(cen, add, remove)).code).toBe(code);
    expect(zones(cen)).toMatchObject([ZONES[0]!]);
    expect(addresses(cen, 'vsw-1a')).toEqual(['192.168.10.252']);
  });

  test('of what is not there, or not ready, nothing is changed', () => {
    const cen = one();
    const none = change({ id: 'tr-attach-none' }, [ZONES[1]!], []);
    expect(cen.refused('UpdateTransitRouterVpcAttachmentZones', none).code).toBe(
      'InvalidTransitRouterAttachmentId.NotFound',
    );
    cen.call('UpdateTransitRouterVpcAttachmentZones', change(cen, [ZONES[1]!], []));
    cen.wait(5);
    expect(cen.refused('UpdateTransitRouterVpcAttachmentZones', change(cen, [], [ZONES[0]!])).code).toBe(
      'IncorrectStatus.Attachment',
    );
  });
});

test('lists narrow by everything they can', () => {
  const { call, ids } = twoRegionNetwork();
  const count = (input: JsonObject) => call('ListTransitRouterVpcAttachments', input)['TotalCount'];
  expect(count({ CenId: ids.cen })).toBe(2);
  expect(count({ CenId: 'cen-none' })).toBe(0);
  expect(count({ RegionId: 'us-east-1' })).toBe(1);
  expect(count({ TransitRouterId: ids.routers[1] })).toBe(1);
  expect(count({ TransitRouterAttachmentId: ids.attachments[0], VpcId: 'vpc-1' })).toBe(1);
  expect(count({ TransitRouterAttachmentId: ids.attachments[0], VpcId: 'vpc-2' })).toBe(0);
  expect(count({ Status: 'Detaching' })).toBe(0);
  expect(count({ OrderType: 'PayByResourceOwner' })).toBe(0);
  expect(count({ Tag: [{ Key: 'none' }] })).toBe(0);
});

test.each<[what: string, unready: (cen: LocalCen) => void, code: string]>([
  [
    'the VPC',
    ({ state }) => state.put('vpc.vpcs', 'vpc-1', { ...state.get<object>('vpc.vpcs', 'vpc-1'), status: 'Pending' }),
    'OperationFailed.InvalidVpcStatus',
  ],
  [
    'a vSwitch',
    ({ state }) =>
      putVSwitch(state, {
        id: 'vsw-1c',
        vpcId: 'vpc-1',
        zone: 'us-east-1a',
        cidr: '192.168.12.0/24',
        status: 'Pending',
      }),
    'IncorrectVSwitchStatus',
  ],
])('nothing is attached to a VPC while %s is coming or going', (_, unready, code) => {
  const cen = withRouter();
  putBasicCen(cen.state, 'cen-basic');
  const before = attach(cen, { ZoneMappings: [ZONES[0]!] });
  unready(cen);
  expect(cen.refused('AttachCenChildInstance', child('cen-basic', 'vpc-1', 'us-east-1')).code).toBe(code);
  const more = { TransitRouterAttachmentId: before, AddZoneMappings: [ZONES[1]!] };
  expect(cen.refused('UpdateTransitRouterVpcAttachmentZones', more).code).toBe(code);
  cen.settled('DeleteTransitRouterVpcAttachment', { TransitRouterAttachmentId: before });
  expect(cen.refused('CreateTransitRouterVpcAttachment', wish(cen)).code).toBe(code);
});
