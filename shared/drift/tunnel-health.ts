/** A tunnel's state over time: up, down, or never come up. Pure. */
import * as z from 'zod';
import type { EpochMs } from '../clock';
import { epoch, resourceId } from '../engine/stored-shapes';
import type { JsonObject } from '../json';
import type { ResourceId } from '../plan/desired';

export interface TunnelHealth {
  connection: ResourceId;
  /** The service's; empty where there is one tunnel. */
  tunnel: string;
  /** `master`, `slave`, or empty where there is one tunnel. */
  role: string;
  /** The cloud's end. */
  address: string;
  state: 'up' | 'down' | 'never-up';
  /** As the service says it: `ike_sa_not_established`. */
  negotiation: string;
  /** When it was first seen in this state. */
  since: EpochMs;
}

export const tunnelHealth: z.ZodType<TunnelHealth> = z.object({
  connection: resourceId,
  tunnel: z.string(),
  role: z.string(),
  address: z.string(),
  state: z.enum(['up', 'down', 'never-up']),
  negotiation: z.string(),
  since: epoch,
});

/** A tunnel that is in another state than it was. */
export interface TunnelChange {
  /** `vpn-connection/office-1 slave` */
  tunnel: string;
  from: TunnelHealth['state'];
  to: TunnelHealth['state'];
  /** Since when it was in the state that it left. */
  since: EpochMs;
  negotiation: string;
}

/** What is seen for the first time has changed nothing. */
export function tunnelChanges(before: readonly TunnelHealth[], now: readonly TunnelHealth[]): TunnelChange[] {
  return now.flatMap(({ connection, role, state: to, negotiation }) => {
    const known = before.find((one) => one.connection === connection && one.role === role);
    if (!known || known.state === to) return [];
    const { state: from, since } = known;
    return [{ tunnel: `${connection} ${role}`.trimEnd(), from, to, since, negotiation }];
  });
}

/** Of what a vpn-connection's look keeps; see shared/resources/tunnel-parameters.ts. */
const seenTunnels = z.object({
  tunnels: z.array(z.object({ id: z.string(), role: z.string(), internetIp: z.string(), negotiation: z.string() })),
});

const ESTABLISHED = 'ipsec_sa_established';

/** What is seen now, with what was known of the same tunnel before. */
export function healthOf(
  connection: ResourceId,
  attributes: JsonObject,
  known: readonly TunnelHealth[],
  now: EpochMs,
): TunnelHealth[] {
  const parsed = seenTunnels.safeParse(attributes);
  if (!parsed.success) return [];
  return parsed.data.tunnels.map(({ id: tunnel, role, internetIp: address, negotiation }) => {
    const before = known.find((one) => one.connection === connection && one.role === role);
    const wasUp = before !== undefined && before.state !== 'never-up';
    const state = negotiation === ESTABLISHED ? 'up' : wasUp ? 'down' : 'never-up';
    const since = before?.state === state ? before.since : now;
    return { connection, tunnel, role, address, state, negotiation, since };
  });
}
