import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { goneAsNull } from '../gone-as-null';
import { callFor, text, wireTags } from '../parse-response';

const vpnGateway = z.object({
  VpnGatewayId: z.string(),
  VpcId: z.string(),
  Name: text,
  /** `init`, `provisioning`, `active`, `updating`, `deleting` */
  Status: z.string(),
  BusinessStatus: z.string().default('Normal'),
  InternetIp: text,
  /** Only where every connection has two tunnels. */
  DisasterRecoveryInternetIp: text,
  VSwitchId: text,
  DisasterRecoveryVSwitchId: text,
  /** `100` or `100M` */
  Spec: text,
  AutoPropagate: z.boolean().default(false),
  Tags: wireTags,
});
export type VpnGatewayReading = z.infer<typeof vpnGateway>;

const listing = z.object({
  TotalCount: z.number(),
  VpnGateways: z.object({ VpnGateway: z.array(vpnGateway) }),
});

/** Of one VPC, or all of the region. */
export const listVpnGateways = (cloud: Cloud, region: string, vpcId?: string): Promise<VpnGatewayReading[]> =>
  numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DescribeVpnGateways', parameters: { VpcId: vpcId } },
    { schema: listing, items: ({ VpnGateways }) => VpnGateways.VpnGateway, pageSize: 50 },
  );

/** Null where there is none of that id. */
export const readVpnGateway = (cloud: Cloud, region: string, id: string): Promise<VpnGatewayReading | null> =>
  goneAsNull(
    callFor(
      cloud,
      { service: 'vpc', region, action: 'DescribeVpnGateway', parameters: { VpnGatewayId: id } },
      vpnGateway,
    ),
  );

export const vSwitchesOf = ({ VSwitchId, DisasterRecoveryVSwitchId }: VpnGatewayReading): string[] =>
  [...new Set([VSwitchId, DisasterRecoveryVSwitchId])].filter((id) => id !== '');

const zones = z.object({ AvailableZoneIdList: z.array(z.object({ ZoneId: z.string() })) });

/** Where a gateway of that bandwidth can stand. */
export async function gatewayZones(cloud: Cloud, region: string, bandwidthMbps: number): Promise<string[]> {
  const { AvailableZoneIdList } = await callFor(
    cloud,
    {
      service: 'vpc',
      region,
      action: 'DescribeVpnGatewayAvailableZones',
      parameters: { Spec: `${bandwidthMbps}M` },
    },
    zones,
  );
  return AvailableZoneIdList.map(({ ZoneId }) => ZoneId);
}
