/** Who gains, loses or changes their way from one revision to another, by the proofs of both. */
import { compareProofs, type Pair, type PairChanges } from '../shared/network/compare-proofs';
import { plannedModel } from '../shared/network/planned-model';
import { prove } from '../shared/network/prove';
import { desiredResources } from '../shared/plan/desired-resources';
import type { Topology } from '../shared/topology/topology';

export const pairChanges = (before: Topology, after: Topology): PairChanges =>
  compareProofs(proofOf(before), proofOf(after));

const proofOf = (topology: Topology) => prove(topology, plannedModel(topology, desiredResources(topology)));

/** A network of a thousand offices has a million pairs. */
const MOST_PAIRS = 500;

export const pairsDocument = (changes: PairChanges) => {
  const some = (pairs: readonly Pair[]) => ({
    total: pairs.length,
    first: pairs.slice(0, MOST_PAIRS).map((pair) => ({ ...pair })),
  });
  return { gained: some(changes.gained), lost: some(changes.lost), moved: some(changes.moved) };
};

const SHOWN = 12;

export function pairsText({ gained, lost, moved }: PairChanges): string {
  return [told('gained', gained), told('lost', lost), told('by another way', moved)].join('');
}

function told(what: string, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return '';
  const more = pairs.length - SHOWN;
  const lines = pairs
    .slice(0, SHOWN)
    .map(({ from, to, port }) => `  ${from} to ${to}${port === null ? '' : ` on ${port}`}\n`);
  const rest = more > 0 ? `  and ${more} more\n` : '';
  return `\n${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'} ${what}\n${lines.join('')}${rest}`;
}
