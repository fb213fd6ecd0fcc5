/** A proof for people: the matrix, what fails and why, and the counts. */
import { drawFailures, drawMatrix } from '../shared/network/matrix';
import type { Count, Proof, Verdict } from '../shared/network/proof';
import type { Colour, Terminal } from './terminal';

const COLOUR: Record<Verdict, Colour> = { reachable: 'green', assumed: 'yellow', starved: 'red', blocked: 'red' };

export function proofText(proof: Proof, { paint }: Pick<Terminal, 'paint'>): string {
  const matrix = drawMatrix(proof, (verdict, text) => paint(COLOUR[verdict], text));
  const { sitePairs, applications, tests } = proof.summary;
  if (sitePairs.total + applications.total === 0) return 'There are no two sites in it: nobody has anybody to reach.\n';
  const verdict = proof.ok ? paint('green', 'holds') : paint('red', 'does not hold');
  const counts = `${of(sitePairs)} site pairs, ${of(applications)} application ports, ${tests.hold} of ${tests.total} tests: the proof ${verdict}\n`;
  return `${matrix}${drawFailures(proof)}${counts}`;
}

const of = ({ total, reachable, assumed }: Count): string =>
  `${reachable} of ${total}${assumed > 0 ? ` (${assumed} assumed)` : ''}`;

export const proofDocument = ({ network, ok, pairs, tests, assumptions, summary }: Proof) => ({
  network,
  ok,
  pairs: pairs.map(({ from, to, port, verdict, reachable, path, blockedAt, cause, remedy, assumptions: rests }) => ({
    from,
    to,
    port,
    verdict,
    reachable,
    path: [...path],
    blockedAt,
    cause,
    remedy,
    assumptions: [...rests],
  })),
  tests: tests.map((test) => ({ ...test })),
  assumptions: assumptions.map((assumption) => ({ ...assumption })),
  summary: summaryDocument(summary),
});

export const summaryDocument = ({ sitePairs, applications, tests }: Proof['summary']) => ({
  sitePairs: { ...sitePairs },
  applications: { ...applications },
  tests: { ...tests },
});
