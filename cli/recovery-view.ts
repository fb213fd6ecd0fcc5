/** What a recovery found and did, as a document and for people. */
import type { Recovery } from '../shared/recovery/recover';
import type { RecoveredResource } from '../shared/recovery/recover-record';
import { summaryDocument } from './proof-view';
import type { Terminal } from './terminal';

export interface RecoveryEntry {
  network: string;
  incarnation: string;
  state: 'recovered' | 'would-recover' | 'unchanged' | 'refused';
  reason: string | null;
  remedy: string | null;
  latest: number;
  live: number | null;
  run: string | null;
  outcome: string | null;
  left: number | null;
  proof: ReturnType<typeof summaryDocument> | null;
  resources: Pick<RecoveredResource, 'id' | 'cloudId' | 'ownership' | 'change'>[];
  unknown: string[];
}

export function recoveryEntry(recovery: Exclude<Recovery, { kind: 'unknown-network' }>): RecoveryEntry {
  const { kind, survey } = recovery;
  const { row, resources, unknown, traces } = survey;
  const refused = kind === 'refused' ? recovery : null;
  const done = kind === 'recovered' ? recovery : null;
  return {
    network: traces.network,
    incarnation: traces.incarnation,
    state: kind,
    reason: refused?.reason ?? null,
    remedy: refused?.remedy ?? null,
    latest: row.latest,
    live: done?.outcome === 'succeeded' ? row.latest : row.live,
    run: done?.run ?? null,
    outcome: done?.outcome ?? null,
    left: done?.left ?? null,
    proof: done?.proof ? summaryDocument(done.proof.summary) : null,
    resources: resources.map(({ id, cloudId, ownership, change }) => ({ id, cloudId, ownership, change })),
    unknown,
  };
}

const CHANGE = 10;

export function recoveryText(
  networks: readonly RecoveryEntry[],
  terminal: Pick<Terminal, 'columns' | 'paint'>,
): string {
  if (networks.length === 0) return 'The bucket remembers no network: there is nothing to recover.\n';
  return networks.map((entry) => `${networkLines(entry, terminal).join('\n')}\n`).join('\n');
}

function networkLines(entry: RecoveryEntry, { columns, paint }: Pick<Terminal, 'columns' | 'paint'>): string[] {
  const { resources, unknown } = entry;
  const shown = resources.filter(({ change }) => change !== 'unchanged');
  const unchanged = resources.length - shown.length;
  return [
    `${paint('bold', entry.network)} ${entry.incarnation}: ${verdict(entry, paint)}`,
    ...(entry.remedy === null ? [] : [entry.remedy]),
    ...shown.map((resource) => resourceLine(resource, columns, paint)),
    ...(unchanged === 0 ? [] : [`${String(unchanged).padStart(CHANGE)} as recorded`]),
    ...unknown.map((what) => `${paint('yellow', 'not known'.padEnd(CHANGE))} ${what}`),
  ];
}

function verdict({ state, reason, live, latest, left, proof }: RecoveryEntry, paint: Terminal['paint']): string {
  const revision = `revision ${latest}, live ${live ?? '-'}`;
  switch (state) {
    case 'unchanged':
      return paint('green', `${revision}: tables, bucket and cloud agree`);
    case 'would-recover':
      return paint('yellow', `${revision}: would be recovered`);
    case 'refused':
      return paint('red', reason ?? 'refused');
    case 'recovered': {
      const pairs = proof ? `${proof.sitePairs.reachable}/${proof.sitePairs.total} site pairs reachable` : 'no proof';
      return left === 0
        ? paint('green', `${revision}: recovered; nothing is left to do, ${pairs}`)
        : paint('yellow', `${revision}: recovered; ${left} resources are left to make: apply it again`);
    }
  }
}

/** An id is never cut: a cut one finds nothing. */
function resourceLine(
  { id, cloudId, ownership, change }: RecoveryEntry['resources'][number],
  columns: number,
  paint: Terminal['paint'],
): string {
  const what = cloudId === null ? 'nothing stands there' : `${cloudId}${ownership === 'borrowed' ? ' (borrowed)' : ''}`;
  const line = `${change.padEnd(CHANGE)} ${id}`;
  const painted = paint(change === 'absent' ? 'dim' : 'cyan', change.padEnd(CHANGE));
  const together = line.length + 2 + what.length <= columns;
  return `${painted} ${id}${together ? '  ' : `\n${' '.repeat(CHANGE + 1)}`}${what}`;
}
