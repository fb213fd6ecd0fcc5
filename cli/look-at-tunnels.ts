/** A network's tunnels as they are now, and what the service knows of those that are not up. */
import { diagnoseTunnels } from '../shared/alicloud/reads/diagnoses';
import { withParallelism } from '../shared/alicloud/with-parallelism';
import { withPatience } from '../shared/alicloud/with-patience';
import { look } from '../shared/drift/find-drift';
import { healthOf, type TunnelHealth } from '../shared/drift/tunnel-health';
import { type Cloud, cloudErrorOf } from '../shared/engine/cloud';
import type { ResourceRecord } from '../shared/engine/record';
import type { NetworkRow } from '../shared/engine/run';
import { kindForReading } from '../shared/resources/kind-for-reading';
import type { CommandContext } from './command';
import { type Connection, pause } from './connection';

export interface TunnelNow extends TunnelHealth {
  /** The service's code; null where it is up, or nothing is known. */
  code: string | null;
}

const LOOKS_AT_ONCE = 8;

/** `known`: what the sweep has seen of them; it tells one that is down from one that never came up. */
export async function lookAtTunnels(
  { clock }: CommandContext,
  { runs, cloud, target }: Connection,
  { name: network, incarnation }: NetworkRow,
  known: readonly TunnelHealth[],
): Promise<TunnelNow[]> {
  const owner = { network, incarnation };
  const records = await runs.allRecords(owner);
  const references = new Map(records.map((record) => [record.id, record]));
  const connections = records.flatMap((record) =>
    record.kind === 'vpn-connection' && record.cloudId !== null && record.desired ? [record] : [],
  );
  const asked = withParallelism(withPatience(cloud, pause), LOOKS_AT_ONCE);
  const { attributes } = await look(
    { cloud: asked, deployment: target.deployment, kindOf: kindForReading },
    connections.flatMap((record) => (record.desired ? [{ owner, record, desired: record.desired, references }] : [])),
  );
  const tunnels = connections.flatMap(({ id }) => healthOf(id, attributes.get(id) ?? {}, known, clock.now()));
  const codes = await diagnose(asked, connections, tunnels);
  return tunnels.map((tunnel) => ({ ...tunnel, code: codes.get(keyOf(tunnel)) ?? null }));
}

const keyOf = ({ connection, tunnel }: TunnelHealth): string => `${connection} ${tunnel}`;

/** A gateway at a time. Whoever may not ask is told the state alone. */
async function diagnose(
  cloud: Cloud,
  connections: readonly ResourceRecord[],
  tunnels: readonly TunnelHealth[],
): Promise<Map<string, string>> {
  const down = tunnels.filter(({ state }) => state !== 'up');
  const codes = new Map<string, string>();
  for (const gatewayId of new Set(connections.map(({ attributes }) => String(attributes.gatewayId)))) {
    const own = connections.filter(({ attributes }) => attributes.gatewayId === gatewayId);
    const mine = down.filter(({ connection }) => own.some(({ id }) => id === connection));
    if (mine.length === 0) continue;
    const idOf = ({ connection }: TunnelHealth) => own.find(({ id }) => id === connection)?.cloudId ?? '';
    const found = await quietly(
      diagnoseTunnels(cloud, own[0]?.region ?? '', gatewayId, {
        tunnels: mine.flatMap(({ tunnel }) => (tunnel === '' ? [] : [tunnel])),
        connections: mine.flatMap((one) => (one.tunnel === '' ? [idOf(one)] : [])),
      }),
    );
    for (const one of mine) {
      const code = found?.get(one.tunnel || idOf(one));
      if (code !== undefined) codes.set(keyOf(one), code);
    }
  }
  return codes;
}

async function quietly<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (cloudErrorOf(error)?.class === 'fatal') return null;
    throw error;
  }
}
