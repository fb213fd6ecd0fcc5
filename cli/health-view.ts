/** What the sweep found of a network, as documents and for people. */
import { type EpochMs, isoSeconds } from '../shared/clock';
import type { DriftReport } from '../shared/drift/drift-report';
import { tunnelCause } from '../shared/drift/tunnel-causes';
import type { TunnelHealth } from '../shared/drift/tunnel-health';
import { wrap } from '../shared/network/wrap-text';
import type { Colour, Terminal } from './terminal';

/** `code`: of the service, where it was asked. */
type Told = TunnelHealth & { code: string | null };

export type WatchDocument = ReturnType<typeof healthDocument>;

const time = (at: EpochMs): string => isoSeconds(at);

/** Drift of the last whole look since the last run; null before it. */
export const healthDocument = (watched: DriftReport | null, tunnels: readonly Told[]) => ({
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
  tunnels: tunnels.map(({ code, ...tunnel }) => ({ ...tunnel, since: time(tunnel.since), ...explained(code) })),
});

const COLOURS: Readonly<Record<TunnelHealth['state'], Colour>> = { up: 'green', down: 'red', 'never-up': 'yellow' };

/** Tunnels of a connection that are alike in one line, and each cause once, below all that have it. */
export function healthLines(tunnels: readonly Told[], { paint }: Pick<Terminal, 'paint'>): string[] {
  const alike = new Map<string, Told[]>();
  for (const tunnel of tunnels) {
    const key = `${tunnel.connection} ${tunnel.state} ${tunnel.since} ${tunnel.code}`;
    alike.set(key, [...(alike.get(key) ?? []), tunnel]);
  }
  const states = [...alike.values()].flatMap(([one, ...others]) => {
    if (!one) return [];
    const { connection, state, since, code } = one;
    const roles = [one, ...others].map(({ role }) => role).join(' and ');
    const began = state === 'never-up' ? '' : ` since ${time(since)}`;
    const told = `${`${connection} ${roles}`.trimEnd()}${began}${code === null ? '' : `: ${code}`}`;
    const [first = '', ...more] = wrap(told, INDENT);
    return [`${paint(COLOURS[state], state.padEnd(INDENT))}${first.trimStart()}`, ...more];
  });
  const codes = [...new Set(tunnels.flatMap(({ code }) => (code === null ? [] : [code])))];
  const causes = codes.flatMap((code) => {
    const { cause, remedy } = tunnelCause(code);
    return [
      ...wrap(`${code}: ${cause}.`, 0, INDENT),
      ...wrap(`→ ${remedy}`, INDENT, INDENT + 2).map((line) => paint('cyan', line)),
    ];
  });
  return [...states, ...causes];
}

const INDENT = 9;

function explained(code: string | null): { code: string | null; cause: string | null; remedy: string | null } {
  return code === null ? { code, cause: null, remedy: null } : { code, ...tunnelCause(code) };
}
