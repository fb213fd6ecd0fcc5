/** The transit-router network of two regions, built by requests alone. */
import type { JsonObject } from '../../../../shared/json';
import { type LocalCen, localCen, openService, putEntry, withTwoVpcs } from './local-cen';

export interface Network extends LocalCen {
  ids: {
    cen: string;
    routers: [string, string];
    tables: [string, string];
    attachments: [string, string];
    peer: string;
  };
  /** `destination nextHop` of a router's table, active entries. */
  routerTable(side: 0 | 1): string[];
}

const REGIONS = ['us-east-1', 'cn-shanghai'] as const;
const ZONES = [
  [
    { ZoneId: 'us-east-1a', VSwitchId: 'vsw-1a' },
    { ZoneId: 'us-east-1b', VSwitchId: 'vsw-1b' },
  ],
  [
    { ZoneId: 'cn-shanghai-b', VSwitchId: 'vsw-2a' },
    { ZoneId: 'cn-shanghai-g', VSwitchId: 'vsw-2b' },
  ],
];

/** Everything in place: offices' routes 10.10.10.0/24 behind VPC 1 and 10.20.10.0/24 behind VPC 2, both published. */
export function twoRegionNetwork(): Network {
  const cen = withTwoVpcs(localCen());
  openService(cen.state, 'transit-router');
  openService(cen.state, 'cross-border');
  putEntry(cen.state, { id: 'rte-office-1', routeTableId: 'vtb-vpc-1', destination: '10.10.10.0/24' });
  putEntry(cen.state, { id: 'rte-office-3', routeTableId: 'vtb-vpc-2', destination: '10.20.10.0/24' });

  const CenId = cen.settled('CreateCen', { Name: 'backbone' })['CenId'] as string;
  const routers = REGIONS.map(
    (RegionId) => cen.settled('CreateTransitRouter', { CenId, RegionId })['TransitRouterId'] as string,
  ) as [string, string];
  const tables = routers.map((TransitRouterId) => {
    const [table] = cen.call('ListTransitRouterRouteTables', { TransitRouterId })[
      'TransitRouterRouteTables'
    ] as JsonObject[];
    return table!['TransitRouterRouteTableId'] as string;
  }) as [string, string];
  const attachments = routers.map(
    (TransitRouterId, side) =>
      cen.settled('CreateTransitRouterVpcAttachment', {
        TransitRouterId,
        RegionId: REGIONS[side]!,
        VpcId: `vpc-${side + 1}`,
        ZoneMappings: ZONES[side]!,
        AutoPublishRouteEnabled: true,
      })['TransitRouterAttachmentId'] as string,
  ) as [string, string];
  const peer = cen.settled('CreateTransitRouterPeerAttachment', {
    CenId,
    RegionId: REGIONS[0],
    TransitRouterId: routers[0],
    PeerTransitRouterId: routers[1],
    PeerTransitRouterRegionId: REGIONS[1],
    BandwidthType: 'DataTransfer',
    Bandwidth: 10,
    AutoPublishRouteEnabled: true,
  })['TransitRouterAttachmentId'] as string;
  for (const side of [0, 1] as const)
    for (const TransitRouterAttachmentId of [attachments[side], peer]) {
      const both = { TransitRouterAttachmentId, TransitRouterRouteTableId: tables[side] };
      cen.settled('AssociateTransitRouterAttachmentWithRouteTable', both);
      cen.settled('EnableTransitRouterRouteTablePropagation', both);
    }
  cen.settled('PublishRouteEntries', publication(CenId, 0));
  cen.settled('PublishRouteEntries', publication(CenId, 1));

  const names = new Map([
    [attachments[0], 'vpc-1'],
    [attachments[1], 'vpc-2'],
    [peer, 'peer'],
  ]);
  return {
    ...cen,
    ids: { cen: CenId, routers, tables, attachments, peer },
    routerTable: (side) =>
      (
        cen.call('ListTransitRouterRouteEntries', { TransitRouterRouteTableId: tables[side], MaxResults: 100 })[
          'TransitRouterRouteEntries'
        ] as JsonObject[]
      ).map((entry) =>
        [
          entry['TransitRouterRouteEntryDestinationCidrBlock'],
          names.get(entry['TransitRouterRouteEntryNextHopId'] as string) ?? 'black hole',
        ].join(' → '),
      ),
  };
}

/** An office's route, to be published or withdrawn. */
export const publication = (CenId: string, side: 0 | 1): JsonObject => ({
  CenId,
  ChildInstanceId: `vpc-${side + 1}`,
  ChildInstanceType: 'VPC',
  ChildInstanceRegionId: REGIONS[side],
  ChildInstanceRouteTableId: `vtb-vpc-${side + 1}`,
  DestinationCidrBlock: ['10.10.10.0/24', '10.20.10.0/24'][side]!,
});
