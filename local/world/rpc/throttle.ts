/**
 * Calls per minute and API, for an account in a region: what the documentation states, and nothing where it states
 * nothing. Windows are counted in the cloud's time, so `--speed` scales them with everything else.
 */
import { ApiError, type RpcContext } from './action';

const MINUTE_MS = 60_000;

/** Calls in 60 seconds. facts: the VPC, VPN, CEN and transit-router pages, read 2026. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  CreateVpnRouteEntry: 60,
  DeleteVpnRouteEntry: 60,
  CreateVpnPbrRouteEntry: 60,
  DeleteVpnPbrRouteEntry: 60,
  DescribeVpnGateway: 600,
  DescribeVpnGateways: 600,
  DescribeVpnConnection: 600,
  DescribeVpnConnections: 600,
  DescribeVpnRouteEntries: 600,
  DescribeCustomerGateway: 600,
  DescribeCustomerGateways: 600,
  ModifyTunnelAttribute: 120,
  ModifyVpnPbrRouteEntryWeight: 120,
  ModifyVpnRouteEntryWeight: 120,
  DownloadVpnConnectionConfig: 30,
  DeleteVpc: 300,
  CreateCen: 300,
  DescribeCens: 300,
  CreateTransitRouter: 180,
  DeleteTransitRouter: 180,
  ListTransitRouters: 500,
};

const WINDOWS = 'rpc.windows';

interface Window {
  start: number;
  calls: number;
}

/** Throws where the window is full; a call that fails leaves no trace and so does not count. Limits can be raised as quotas `calls.<Action>`. */
export function throttle({ state, now, caller, region, settings }: RpcContext, action: string): void {
  const limit = settings.quotas[`calls.${action}`] ?? PER_MINUTE[action];
  if (limit === undefined) return;
  const key = `${caller.accountId}/${region}/${action}`;
  const standing = state.get<Window>(WINDOWS, key);
  const window = standing && now - standing.start < MINUTE_MS ? standing : { start: now, calls: 0 };
  if (window.calls >= limit) throw new ApiError(400, 'Throttling.User', 'Request was denied due to user flow control.');
  state.put(WINDOWS, key, { ...window, calls: window.calls + 1 });
}
