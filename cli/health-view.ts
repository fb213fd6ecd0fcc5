/** What the sweep found of a network, as documents and for people. */
import { type EpochMs, isoSeconds } from '../shared/clock';
import type { DriftReport } from '../shared/drift/drift-report';
import type { TunnelHealth } from '../shared/drift/tunnel-health';
import type { Colour, Terminal } from './terminal';

export type WatchDocument = ReturnType<typeof healthDocument>;

const time = (at: EpochMs): string => isoSeconds(at);

/** Drift of the last whole look since the last run; null before it. */
export const healthDocument = (watched: DriftReport | null, tunnels: readonly TunnelHealth[]) => ({
  drift:
    watched?.checkedAt != null
      ? {
          checkedAt: time(watched.checkedAt),
          looked: watched.looked,
          findings: watched.findings.map(({ version: _version, ...finding }) => ({ ...finding })),
          notSeen: watched.notSeen.map((one) => ({ ...one })),
          repair: watched.repair && { ...watched.repair, at: time(watched.repair.at) },
        }
      : null,
  tunnels: tunnels.map((tunnel) => ({ ...tunnel, since: time(tunnel.since) })),
});

const COLOURS: Readonly<Record<TunnelHealth['state'], Colour>> = { up: 'green', down: 'red', 'never-up': 'yellow' };

export const healthLines = (tunnels: readonly TunnelHealth[], { paint }: Pick<Terminal, 'paint'>): string[] =>
  tunnels.map(
    ({ connection, role, state, since }) =>
      `${paint(COLOURS[state], state.padEnd(9))}${`${connection} ${role}`.trimEnd()} since ${time(since)}`,
  );
