import { type DriftReport, readDriftReport } from '../../shared/drift/drift-report';
import type { TunnelHealth } from '../../shared/drift/tunnel-health';
import { isDestroyed } from '../../shared/engine/revision';
import type { NetworkRow } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { type Command, LOCAL_OPTION } from '../command';
import { type Connection, connect } from '../connection';
import { findingLines } from '../drift-view';
import { readReport } from '../follow-run';
import { healthDocument, healthLines, type WatchDocument } from '../health-view';
import { lookAtTunnels, type TunnelNow } from '../look-at-tunnels';
import { summaryDocument } from '../proof-view';
import type { Terminal } from '../terminal';

type StatusEntry = WatchDocument & {
  network: string;
  live: number | null;
  latest: number;
  run: string | null;
  outcome: string | null;
  /** Taken down: nothing of it stands. */
  destroyed: boolean;
  proof: ReturnType<typeof summaryDocument> | null;
};

export const status: Command = {
  summary:
    'list the networks: what is live, what is wanted, how the last run ended; of one, what drifted and its tunnels',
  argument: '[network]',
  options: [LOCAL_OPTION],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const rows = (await connection.runs.listNetworks()).filter(({ latest }) => latest > 0);
    const wanted = name === '' ? rows : rows.filter((row) => row.name === name);
    if (name !== '' && wanted.length === 0)
      throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
    const watched = await Promise.all(wanted.map((row) => readDriftReport(connection, row)));
    // Of one that was asked for, as they are now; of all, as the sweep saw them last.
    const tunnelsOf = async (row: NetworkRow, known: readonly TunnelHealth[]): Promise<TunnelNow[]> =>
      name === '' ? known.map((one) => ({ ...one, code: null })) : lookAtTunnels(context, connection, row, known);
    const tunnels = await Promise.all(wanted.map((row, index) => tunnelsOf(row, watched[index]?.tunnels ?? [])));
    const networks = await Promise.all(
      wanted.map((row, index) =>
        entry(connection, row, { report: watched[index] ?? null, tunnels: tunnels[index] ?? [] }),
      ),
    );
    const findings = name === '' ? [] : (watched[0]?.findings ?? []);
    const lines = [
      ...findingLines(findings, context.terminal),
      ...(name === '' ? [] : healthLines(tunnels[0] ?? [], context.terminal)),
    ];
    return {
      exitCode: 0,
      document: { networks: networks.map((one) => ({ ...one })) },
      text: `${table(networks, context.terminal)}${lines.map((line) => `${line}\n`).join('')}`,
    };
  },
};

interface Watched {
  report: DriftReport | null;
  tunnels: readonly TunnelNow[];
}

async function entry(
  connection: Connection,
  row: NetworkRow,
  { report: watched, tunnels }: Watched,
): Promise<StatusEntry> {
  const run = row.activeRun ?? row.lastRun;
  const last = run ? await connection.runs.readRun(run) : null;
  const report = last ? await readReport(connection, last) : null;
  return {
    network: row.name,
    live: row.live,
    latest: row.latest,
    run,
    outcome: row.activeRun ? null : row.outcome,
    destroyed: isDestroyed(row),
    proof: report?.proof ? summaryDocument(report.proof) : null,
    // What was found before the last run is no longer so.
    ...healthDocument(watched?.run === row.lastRun ? watched : null, isDestroyed(row) ? [] : tunnels),
  };
}

/** 80 columns. */
function table(networks: readonly StatusEntry[], { paint }: Terminal): string {
  if (networks.length === 0) return 'No networks yet. Upload a topology, or `trunkline apply FILE`.\n';
  const rows = networks.map(({ network, live, latest, outcome, destroyed, proof, drift, tunnels }) => {
    const state = destroyed ? 'destroyed' : (outcome ?? 'running');
    const pairs = proof ? `${proof.sitePairs.reachable}/${proof.sitePairs.total}` : '-';
    const up = tunnels.filter((tunnel) => tunnel.state === 'up').length;
    const colour = state === 'succeeded' ? 'green' : state === 'running' ? 'cyan' : destroyed ? 'dim' : 'red';
    const drifted = drift ? String(drift.findings.length) : '-';
    const cells = [
      network.slice(0, 28).padEnd(28),
      String(live ?? '-').padStart(4),
      String(latest).padStart(6),
      ` ${paint(colour, state.padEnd(10))}`,
      pairs.padStart(11),
      paint(drift && drift.findings.length > 0 ? 'red' : 'dim', drifted.padStart(5)),
      (tunnels.length > 0 ? `${up}/${tunnels.length} up` : '-').padStart(9),
    ];
    return `${cells.join(' ')}\n`;
  });
  const head = ['NETWORK'.padEnd(28), 'LIVE', 'LATEST', ' STATE     ', ' SITE PAIRS', 'DRIFT', '  TUNNELS'].join(' ');
  return `${head}\n${rows.join('')}`;
}
