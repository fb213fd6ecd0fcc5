/**
 * What a proof says. A site pair holds when a packet from any address of A is routed to any address of B and its
 * reply back, before filters; the worst address is reported. An application pair adds groups and port.
 *
 * `starved`: a link on the way has no bandwidth. `assumed`: rests on an assumption about the cloud or a device that is
 * not the one under every proof, that offices run their packs; that one is referred to and changes no verdict.
 */
export type Verdict = 'reachable' | 'starved' | 'blocked' | 'assumed';

export interface Proof {
  network: string;
  /** Every test holds and every pair that access asks for is reachable (or assumed). */
  ok: boolean;
  pairs: PairProof[];
  tests: TestProof[];
  /** Each named once; pairs refer to them by id. */
  assumptions: Assumption[];
  summary: ProofSummary;
}

export interface PairProof {
  from: string;
  to: string;
  /** `tcp/443`; null for a pair of sites. */
  port: string | null;
  verdict: Verdict;
  /** True for reachable and assumed. */
  reachable: boolean;
  /** What access asks of this pair; a pair that it does not ask for may be blocked without failing the proof. */
  wanted: boolean;
  /** The hops of the packet, each with the table that it looks up: `table vtb-… of vpc virginia`. Up to the failing one. */
  path: string[];
  /** The hop's place; on the way back with `reply: ` in front. For a starved pair, the hop before the link. */
  blockedAt: string | null;
  cause: string | null;
  remedy: string | null;
  /** Ids of assumptions that the verdict rests on. */
  assumptions: string[];
}

export interface TestProof {
  from: string;
  to: string;
  port: string | null;
  expect: 'reachable' | 'blocked';
  holds: boolean;
}

export interface Assumption {
  id: string;
  text: string;
}

export interface ProofSummary {
  /** All of them, asked for or not. */
  sitePairs: Count;
  /** Those that access asks for: what it does not ask for had better be blocked. */
  applications: Count;
  tests: { total: number; hold: number };
}

export interface Count {
  total: number;
  /** Reachable and assumed. */
  reachable: number;
  assumed: number;
}
