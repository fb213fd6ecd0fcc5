/**
 * Which pairs lose their way while a plan is carried out, though they have it before and after: its blast radius. A pair
 * that keeps its way under the topology that is live, or has it under the one that comes, is up.
 */
import type { DesiredResource } from '../plan/desired';
import type { Topology } from '../topology/topology';
import { plannedModel } from './planned-model';
import type { PairProof } from './proof';
import { prove } from './prove';

export interface Interruption {
  from: string;
  to: string;
  /** `tcp/443`; null for a pair of sites. */
  port: string | null;
  /** Where the packet stops, and why, in the first state that lacks a way. */
  blockedAt: string | null;
  cause: string | null;
}

export interface Change {
  /** The revision that is live. */
  before: Topology;
  after: Topology;
  /** What stands on the way from one to the other, both ends included. */
  states: readonly (readonly DesiredResource[])[];
}

/** In the order of the proof's pairs; wanted ones only. */
export function interruptionsOf({ before, after, states }: Change): Interruption[] {
  const [first, last] = [states.at(0), states.at(-1)];
  const poorer = states.filter(
    (state, index) => index > 0 && index < states.length - 1 && lacks(state, states[index - 1]),
  );
  if (!first || !last || poorer.length === 0) return [];
  const wanted = reachable(after, last);
  const stays = new Map([...reachable(before, first)].filter(([name]) => wanted.has(name)));
  const lost = new Map<string, Interruption>();
  for (const state of poorer) {
    if (stays.size === lost.size) break;
    const now = reachable(before, state);
    const then = reachable(after, state);
    const missing = [...stays.keys()].filter((name) => !lost.has(name) && !now.has(name) && !then.has(name));
    if (missing.length === 0) continue;
    const blocked = new Map(pairsOf(before, state).map((pair) => [nameOf(pair), pair]));
    for (const name of missing) {
      const { from, to, port, blockedAt = null, cause = null } = blocked.get(name) ?? (stays.get(name) as PairProof);
      lost.set(name, { from, to, port, blockedAt, cause });
    }
  }
  return [...stays.keys()].flatMap((name) => lost.get(name) ?? []);
}

/** Whether something that stood before does not, or is another thing. Whoever only gains loses no way. */
function lacks(state: readonly DesiredResource[], before: readonly DesiredResource[] = []): boolean {
  const standing = new Map(state.map(({ id, desired }) => [id, desired]));
  return before.some(({ id, desired }) => standing.get(id) !== desired);
}

const MOST_NAMED = 6;

/**
 * `office-3 and virginia, office-1`: whoever loses most first, until every pair is named once, whichever way it goes. An
 * application is named only where its site is still reached.
 */
export function tellInterruptions(interruptions: readonly Interruption[]): string[] {
  const others = new Map<string, Set<string>>();
  const note = (one: string, other: string) => others.set(one, (others.get(one) ?? new Set()).add(other));
  const sites = new Set(interruptions.flatMap(({ from, to, port }) => (port === null ? [`${from} ${to}`] : [])));
  for (const { from, to, port } of interruptions) {
    if (port !== null && sites.has(`${from} ${siteOf(to)}`)) continue;
    note(from, to);
    note(to, from);
  }
  const told: string[] = [];
  while (others.size > 0) {
    const [site, lost] = [...others].reduce((most, next) => (next[1].size > most[1].size ? next : most));
    const named = [...lost].slice(0, MOST_NAMED);
    const more = lost.size - named.length;
    told.push(`${site} and ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`);
    others.delete(site);
    for (const other of lost) {
      others.get(other)?.delete(site);
      if (others.get(other)?.size === 0) others.delete(other);
    }
  }
  return told;
}

/** `virginia` of `virginia.orders`. */
const siteOf = (name: string): string => name.split('.')[0] ?? name;

const nameOf = ({ from, to, port }: PairProof): string => `${from} ${to} ${port ?? ''}`;

const pairsOf = (topology: Topology, resources: readonly DesiredResource[]): PairProof[] =>
  prove(topology, plannedModel(topology, resources)).pairs;

const reachable = (topology: Topology, resources: readonly DesiredResource[]): Map<string, PairProof> =>
  new Map(
    pairsOf(topology, resources)
      .filter((pair) => pair.reachable && pair.wanted)
      .map((pair) => [nameOf(pair), pair]),
  );
