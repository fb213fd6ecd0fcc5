import { isDestroyed } from '../../shared/engine/revision';
import type { NetworkRow } from '../../shared/engine/run';
import { TrunklineError } from '../../shared/errors';
import { type Command, LOCAL_OPTION } from '../command';
import { type Connection, connect } from '../connection';
import { readReport } from '../follow-run';
import { summaryDocument } from '../proof-view';
import type { Terminal } from '../terminal';

interface StatusEntry {
  network: string;
  live: number | null;
  latest: number;
  run: string | null;
  outcome: string | null;
  /** Taken down: nothing of it stands. */
  destroyed: boolean;
  proof: ReturnType<typeof summaryDocument> | null;
}

export const status: Command = {
  summary: 'list the networks: what is live, what is wanted, how the last run ended',
  argument: '[network]',
  options: [LOCAL_OPTION],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const rows = (await connection.runs.listNetworks()).filter(({ latest }) => latest > 0);
    const wanted = name === '' ? rows : rows.filter((row) => row.name === name);
    if (name !== '' && wanted.length === 0)
      throw new TrunklineError('NetworkUnknown', `there is no network named ${name}`);
    const networks = await Promise.all(wanted.map((row) => entry(connection, row)));
    return {
      exitCode: 0,
      document: { networks: networks.map((one) => ({ ...one })) },
      text: table(networks, context.terminal),
    };
  },
};

async function entry(connection: Connection, row: NetworkRow): Promise<StatusEntry> {
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
  };
}

function table(networks: readonly StatusEntry[], { paint }: Terminal): string {
  if (networks.length === 0) return 'No networks yet. Upload a topology, or `trunkline apply FILE`.\n';
  const rows = networks.map(({ network, live, latest, outcome, destroyed, proof }) => {
    const state = destroyed ? 'destroyed' : (outcome ?? 'running');
    const pairs = proof ? `${proof.sitePairs.reachable}/${proof.sitePairs.total}` : '-';
    const colour = state === 'succeeded' ? 'green' : state === 'running' ? 'cyan' : destroyed ? 'dim' : 'red';
    return `${network.slice(0, 36).padEnd(36)} ${String(live ?? '-').padStart(5)} ${String(latest).padStart(7)}  ${paint(colour, state.padEnd(11))} ${pairs.padStart(11)}\n`;
  });
  return `${'NETWORK'.padEnd(36)} ${'LIVE'.padStart(5)} ${'LATEST'.padStart(7)}  ${'STATE'.padEnd(11)} ${'SITE PAIRS'.padStart(11)}\n${rows.join('')}`;
}
