import { error } from '../finding';
import type { Lint } from './lint';

/** What the provider's two sites sell between them; the international one has no 5, 20 and 50, which the file cannot know. */
const SOLD_MBPS: readonly number[] = [5, 10, 20, 50, 100, 200, 500, 1_000];

export const gatewayBandwidth: Lint = ({ topology: { vpcs } }) =>
  vpcs.flatMap(({ name, gateway: { bandwidthMbps } }) => {
    if (SOLD_MBPS.includes(bandwidthMbps)) return [];
    return error(['vpcs', name, 'gateway', 'bandwidthMbps'], {
      code: 'gateway-bandwidth',
      message: `no VPN gateway has ${bandwidthMbps} Mbit/s`,
      remedy: `Use ${SOLD_MBPS.join(', ')}.`,
    });
  });
