/**
 * How far a tunnel has come. Each has three sets of parameters: the cloud's, the office's, and the agreed one. The office's
 * device applies what stands on the cloud's side at once, after a while, or never, as the account's file says; until then
 * it runs what it had before. What a device is not named for answers nothing.
 */
import { type EpochMs, minutes } from '../../../shared/clock';
import type { Context } from '../world';
import { dueAfter } from './durations';
import {
  CUSTOMER_GATEWAYS,
  type CustomerGatewayRecord,
  OFFICES,
  type OfficeRecord,
  type TunnelRecord,
  type VpnConnectionRecord,
} from './records';

export type NegotiationStatus =
  | 'ike_sa_not_established'
  | 'ike_sa_established'
  | 'ipsec_sa_not_established'
  | 'ipsec_sa_established';

type Seen = Pick<Context, 'now' | 'state' | 'settings'>;

export function statusOf(
  context: Seen,
  { effectImmediately }: VpnConnectionRecord,
  tunnel: TunnelRecord,
): NegotiationStatus {
  const applied = appliedAt(context, tunnel);
  // Else it is negotiated by traffic, and none flows here.
  if (applied === null || !effectImmediately) return 'ike_sa_not_established';
  if (context.now < applied)
    return tunnel.differs === 'phase-2' ? 'ipsec_sa_not_established' : 'ike_sa_not_established';
  return context.now < negotiated(context, applied) ? 'ike_sa_established' : 'ipsec_sa_established';
}

/** When the device has what stands on the cloud's side; null for never. */
function appliedAt(
  { state, settings }: Seen,
  { customerGatewayId, standsSince, version }: TunnelRecord,
): EpochMs | null {
  const peer = state.get<CustomerGatewayRecord>(CUSTOMER_GATEWAYS, customerGatewayId);
  const office = peer && state.get<OfficeRecord>(OFFICES, peer.ipAddress);
  if (!office || office.appliesAfterMinutes === null || (office.once && version > 1)) return null;
  return (standsSince + minutes(office.appliesAfterMinutes) * settings.durationFactor) as EpochMs;
}

const negotiated = (context: Seen, applied: EpochMs): EpochMs => dueAfter({ ...context, now: applied }, 'negotiation');

/** What the office's side, as it was agreed on before, and the new settings disagree on. */
export function differenceOf(
  before: TunnelRecord,
  after: Pick<TunnelRecord, 'ike' | 'ipsec' | 'customerGatewayId'>,
): TunnelRecord['differs'] {
  if (before.customerGatewayId !== after.customerGatewayId || differ(before.ike, after.ike)) return 'phase-1';
  // What was not agreed on before is not by this.
  return before.differs === 'phase-1' && !differ(before.ipsec, after.ipsec) ? 'phase-1' : 'phase-2';
}

const differ = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).some((key) => one[key] !== other[key]);
