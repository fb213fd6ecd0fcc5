/** Why tunnels do not come up, by the service's own codes. Its logs and the values that it compares may hold secrets (W7). */
import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { text } from '../parse-response';

const listing = z.object({
  TotalCount: z.number().optional(),
  VpnConnections: z.array(z.object({ VpnConnectionId: text, TunnelId: text, FailedReasonCode: text })).default([]),
});

export interface Diagnosed {
  /** Of tunnels, where a connection has two. */
  tunnels: readonly string[];
  /** Those that have one tunnel. */
  connections: readonly string[];
}

/** Codes by the id of the tunnel, or of the connection; without those of which nothing is known. */
export async function diagnoseTunnels(
  cloud: Cloud,
  region: string,
  gatewayId: string,
  { tunnels, connections }: Diagnosed,
): Promise<ReadonlyMap<string, string>> {
  const parameters = {
    VpnGatewayId: gatewayId,
    TunnelIds: tunnels.slice(0, MOST_ASKED),
    VpnConnectionIds: connections.slice(0, MOST_ASKED),
  };
  const found = await numberedPages(
    cloud,
    { service: 'vpc', region, action: 'DiagnoseVpnConnections', parameters },
    { schema: listing, items: ({ VpnConnections }) => VpnConnections, pageSize: 50 },
  );
  return new Map(
    found.flatMap(({ VpnConnectionId, TunnelId, FailedReasonCode }) =>
      FailedReasonCode === '' ? [] : [[TunnelId || VpnConnectionId, FailedReasonCode] as const],
    ),
  );
}

/** Of one gateway; a gateway has ten connections, unless its quota was raised. */
const MOST_ASKED = 50;
