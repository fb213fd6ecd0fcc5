/** What a change does to who reaches whom: the proof of before against the proof of after. */
import type { PairProof, Proof } from './proof';

export interface Pair {
  from: string;
  to: string;
  /** `tcp/443`; null for a pair of sites. */
  port: string | null;
}

export interface PairChanges {
  gained: Pair[];
  lost: Pair[];
  /** Reached before and after, by another way. */
  moved: Pair[];
}

export function compareProofs(before: Proof, after: Proof): PairChanges {
  const ways = (proof: Proof) =>
    new Map(proof.pairs.filter((pair) => pair.reachable && pair.wanted).map((pair) => [nameOf(pair), pair]));
  const [then, now] = [ways(before), ways(after)];
  const changes: PairChanges = { gained: [], lost: [], moved: [] };
  for (const [name, pair] of now) {
    const old = then.get(name);
    if (!old) changes.gained.push(endsOf(pair));
    else if (wayOf(old) !== wayOf(pair)) changes.moved.push(endsOf(pair));
  }
  for (const [name, pair] of then) if (!now.has(name)) changes.lost.push(endsOf(pair));
  return changes;
}

const endsOf = ({ from, to, port }: PairProof): Pair => ({ from, to, port });
const nameOf = ({ from, to, port }: Pair): string => `${from} ${to} ${port ?? ''}`;
const wayOf = ({ path }: PairProof): string => path.join('\n');
