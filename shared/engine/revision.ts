/**
 * What a revision's object holds: a topology file as it was handed in, or the order to take the network down, which is a
 * revision like any other: planned, superseded, proven and kept, and followed by whatever is wanted next.
 */
import * as z from 'zod';
import { FORMAT } from '../format';
import { canonicalJson } from '../json';
import { parseTopology } from '../topology/parse-topology';
import { quotasOf, tunnelOf } from '../topology/resolve/defaults';
import type { NetworkName, Topology } from '../topology/topology';
import type { WrittenKey } from './objects';
import type { NetworkRow } from './run';

export const topologyObject = (network: string, hash: string): WrittenKey => `revisions/${network}/${hash}.yaml`;

/** By its number: two orders of one network are two revisions. */
export const destructionObject = (network: string, revision: number): WrittenKey =>
  `revisions/${network}/destroy-${revision}.json`;

export const destructionText = (network: string, revision: number): string =>
  canonicalJson({ format: FORMAT, network, revision, destroy: true });

const DESTRUCTION = /^revisions\/[^/]+\/destroy-\d+\.json$/;

const destructionSchema = z.object({ format: z.literal(FORMAT), network: z.string(), destroy: z.literal(true) });

/** Null where the object holds neither. */
export function readRevision(bytes: Uint8Array, object: string): Topology | null {
  if (!isDestruction(object)) return parseTopology(bytes, object).topology;
  const parsed = destructionSchema.safeParse(json(bytes));
  return parsed.success ? nothingOf(parsed.data.network) : null;
}

export const isDestruction = (object: string): boolean => DESTRUCTION.test(object);

/** Whether nothing of the network stands, and nothing is on its way. */
export const isDestroyed = ({ latestObject, latest, live, activeRun }: NetworkRow): boolean =>
  isDestruction(latestObject) && live === latest && activeRun === null;

/** A network of nothing: every resource that is recorded of it is wanted no more. */
export const nothingOf = (network: string): Topology => ({
  version: 1,
  name: network as NetworkName,
  tunnel: tunnelOf(undefined),
  quotas: quotasOf(undefined),
  backbone: { edition: 'transit-router', cen: null, bandwidthPackage: null, links: [] },
  vpcs: [],
  offices: [],
  access: { stated: true, rules: [] },
  tests: [],
  onRemoval: 'destroy',
  approval: null,
  protect: false,
  onDrift: 'report',
  adopt: [],
});

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
