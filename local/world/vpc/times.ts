/** The VPC writes times as ISO seconds, its VPN gateways as integers in milliseconds (network-apis, section 1). */
import { epochMs, isoSeconds } from '../../../shared/clock';

export const vpcTime = (instant: number): string => isoSeconds(epochMs(instant));
export const vpnTime = (instant: number): number => instant;
