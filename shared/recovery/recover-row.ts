/** The network's row as the bucket has it, laid over the row that stands: what is newer wins, either way. Pure. */
import type { NetworkRow } from '../engine/run';
import { newestNote, type Traces } from './traces';

export interface RowFinding {
  row: NetworkRow;
  changed: boolean;
  /** Why nothing may be written: rows and bucket tell of different networks. */
  conflict: string | null;
}

export function recoverRow(standing: NetworkRow | null, traces: Traces): RowFinding {
  const base = standing?.latest ? standing : { ...(standing ?? NOTHING), ...identityOf(traces) };
  const conflict = conflictOf(standing, traces);
  if (conflict !== null) return { row: base, changed: false, conflict };
  const row = { ...base, ...newerRevision(base, traces), ...newerRuns(base, traces) };
  return { row, changed: JSON.stringify(row) !== JSON.stringify(standing), conflict };
}

const NOTHING: Omit<NetworkRow, 'name' | 'incarnation' | 'source'> = {
  latest: 0,
  latestHash: '',
  latestObject: '',
  live: null,
  liveObject: null,
  activeRun: null,
  runs: 0,
  lastRun: null,
  outcome: null,
  question: null,
  version: 0,
};

const identityOf = ({ network, incarnation, source }: Traces) => ({ name: network, incarnation, source });

function conflictOf(standing: NetworkRow | null, { network, incarnation, runs, topology }: Traces): string | null {
  if (standing && standing.incarnation !== incarnation)
    return `the tables know ${network} as ${standing.incarnation}, the bucket as ${incarnation}: two lives of one name`;
  const newest = newestNote({ runs });
  if (newest && !topology) return `revision ${newest.revision} of ${network} is gone: ${newest.topologyObject}`;
  if (standing && newest && topology && standing.latest === newest.revision && standing.latestHash !== topology.hash)
    return `the tables and the bucket have different files as revision ${newest.revision} of ${network}`;
  return null;
}

function newerRevision(base: NetworkRow, { runs, topology }: Traces): Partial<NetworkRow> {
  const newest = newestNote({ runs });
  const applied = runs.flatMap(({ note, outcome }) => (note && outcome === 'succeeded' ? [note] : []));
  const last = applied.findLast(({ revision }) => revision > (base.live ?? 0));
  return {
    ...(last ? { live: last.revision, liveObject: last.topologyObject } : {}),
    ...(newest && topology && newest.revision > base.latest
      ? { latest: newest.revision, latestHash: topology.hash, latestObject: topology.object }
      : {}),
  };
}

/** The sequence goes on beyond every run that anybody has seen: late messages find no task of theirs. */
function newerRuns(base: NetworkRow, { runs }: Traces): Partial<NetworkRow> {
  const last = runs.at(-1);
  if (!last || last.sequence <= base.runs) return {};
  // Without a report it was cut off, or superseded by one that never began.
  return { runs: last.sequence, lastRun: last.run, outcome: last.outcome ?? 'failed' };
}
