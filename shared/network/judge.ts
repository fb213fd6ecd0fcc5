/**
 * The verdict on one pair: a packet from every address of the one end to every address of the other, and the reply
 * back. The worst address decides. Ways are shared, so a pair costs a few reads; only what fails is looked into.
 */
import type { Topology } from '../topology/topology';
import type { Atom } from './address-space';
import { ATTACHMENT_TABLE, GATEWAY_TABLE } from './assumptions';
import { type Carrier, createCarrier, hopsOf, type Way } from './carry';
import { diagnose, type Failure } from './diagnose';
import type { Fabric } from './fabric';
import { type DropReason, type Hop, REPLY } from './hop';
import type { Assumption, PairProof } from './proof';
import type { Refusal } from './security-groups';

/** One end of a pair: some addresses of a site. */
export interface Endpoint {
  /** `virginia`, or `virginia.orders` */
  name: string;
  site: string;
  atoms: readonly Atom[];
}

export type Finding = Pick<PairProof, 'verdict' | 'path' | 'blockedAt' | 'cause' | 'remedy' | 'assumptions'>;

/** The groups passed on either side of the way there, as texts; and what the target's group refuses, if it does. */
export interface Passage {
  before: readonly string[];
  after: readonly string[];
  refusal: Refusal | null;
}

export type Judge = (from: Endpoint, to: Endpoint, passage?: Passage) => Finding;

const NO_PASSAGE: Passage = { before: [], after: [], refusal: null };
const NONE: string[] = [];
const FOR_ALL: ReadonlySet<DropReason['kind']> = new Set(['no-tunnel', 'selector']);

export function createJudge(fabric: Fabric, topology: Topology): Judge {
  const asBound = createCarrier(fabric);
  const doubts = doubtsOf(fabric);
  const explain = createExplain(fabric);
  return (from, to, passage = NO_PASSAGE) => {
    const trip = travel(asBound, from, to);
    // In the packet's order: the way there, the target's group, the way back.
    if (passage.refusal && (trip.kind !== 'lost' || trip.back)) return refused(trip, passage, passage.refusal);
    if (trip.kind === 'lost') return blocked(trip, explain(trip), passage);
    const path = pathOf(trip, passage);
    if (trip.kind === 'starved') return starved(topology, trip, path);
    const assumptions = doubts.flatMap(({ carrier, assumption }) =>
      travel(carrier, from, to).kind === 'carried' ? [] : [assumption.id],
    );
    const verdict = assumptions.length > 0 ? 'assumed' : 'reachable';
    return { verdict, path, blockedAt: null, cause: null, remedy: null, assumptions };
  };
}

/** A way there, the reply's where it came to that, and how the two ended. */
interface Trip {
  kind: 'carried' | 'starved' | 'lost';
  there: Way;
  back: Way | null;
  /** For a lost one: whom the failing way was for. */
  site: string;
  atom: Atom;
}

/** All ways there before any way back: what blocks the packet is named before what blocks its reply. */
function travel(carrier: Carrier, from: Endpoint, to: Endpoint): Trip {
  let worst: Trip | null = null;
  for (const source of from.atoms)
    for (const destination of to.atoms) {
      const there = carrier.from(from.site, source, destination);
      if (!arrives(there, to.site)) return { kind: 'lost', there, back: null, site: to.site, atom: destination };
    }
  for (const source of from.atoms)
    for (const destination of to.atoms) {
      const there = carrier.from(from.site, source, destination);
      const back = carrier.from(to.site, destination, source);
      if (!arrives(back, from.site)) return { kind: 'lost', there, back, site: from.site, atom: source };
      const kind = there.starvedAt || back.starvedAt ? 'starved' : 'carried';
      if (worst === null || (kind === 'starved' && worst.kind === 'carried'))
        worst = { kind, there, back, site: to.site, atom: destination };
    }
  return worst ?? noAddress(carrier, from, to);
}

const arrives = (way: Way, site: string): boolean => way.end.kind !== 'dropped' && way.end.name === site;

/** An end without addresses (no vSwitch is named for it): nothing can be sent, and nothing can arrive. */
function noAddress(carrier: Carrier, from: Endpoint, to: Endpoint): Trip {
  const empty = from.atoms.length === 0 ? from : to;
  const there = carrier.from(`${empty.name}, which has no address`, 0, 0);
  return { kind: 'lost', there, back: null, site: to.site, atom: 0 };
}

/** The readings of the tables that the cloud leaves open, where this network has a table to read otherwise. */
function doubtsOf(fabric: Fabric): { carrier: Carrier; assumption: Assumption }[] {
  const isCustom = (vpcName: string, vSwitchIds: readonly string[]): boolean => {
    const vpc = fabric.vpcs.get(vpcName)?.model;
    const bound = vpc?.vSwitches.filter((it) => vSwitchIds.includes(it.id)).map((it) => it.tableId) ?? [];
    return vpc?.tables.some((table) => table.kind === 'custom' && bound.includes(table.id)) ?? false;
  };
  const doubts: { carrier: Carrier; assumption: Assumption }[] = [];
  if (fabric.model.gateways.some((gateway) => isCustom(gateway.vpc, gateway.vSwitchIds)))
    doubts.push({ carrier: createCarrier(fabric, 'gateway-system'), assumption: GATEWAY_TABLE });
  if ([...fabric.vpcAttachments.values()].some((it) => isCustom(it.vpc, it.vSwitchIds)))
    doubts.push({ carrier: createCarrier(fabric, 'attachment-system'), assumption: ATTACHMENT_TABLE });
  return doubts;
}

/** Explanations are kept by way: a thousand offices that fail at one table share one. */
function createExplain(fabric: Fabric): (trip: Trip) => Failure {
  const known = new Map<Way, Map<string, Failure>>();
  const explained = (way: Way, site: string, atom: Atom): Failure => {
    const failures = known.get(way) ?? new Map<string, Failure>();
    const failure = failures.get(site) ?? diagnose(fabric, way, site, atom);
    known.set(way, failures.set(site, failure));
    return failure;
  };
  return ({ there, back, site, atom }) => {
    const way = back ?? there;
    // What an office's device refuses, it refuses whomever it was for.
    if (!way.rest && way.hop.at.kind === 'office' && way.end.kind === 'dropped' && FOR_ALL.has(way.end.reason.kind))
      return explained(way, '', atom);
    // The first hop of an office is its own; what follows is shared.
    if (way.hop.at.kind !== 'office' || !way.rest || way.rest.end !== way.end) return diagnose(fabric, way, site, atom);
    const failure = explained(way.rest, site, atom);
    return { ...failure, hops: [way.hop, ...failure.hops] };
  };
}

function blocked({ there, back }: Trip, failure: Failure, passage: Passage): Finding {
  const { cause, remedy, place, hops } = failure;
  const path = back
    ? [...passage.before, ...textsOf(there), ...passage.after, ...hops.map((hop) => hop.replyText)]
    : [...passage.before, ...hops.map((hop) => hop.text)];
  return { verdict: 'blocked', path, blockedAt: back ? REPLY + place : place, cause, remedy, assumptions: NONE };
}

function refused({ there }: Trip, { before, after }: Passage, refusal: Refusal): Finding {
  const path = [...before, ...textsOf(there), ...after];
  return refuse(refusal, path);
}

export const refuse = ({ place, cause, remedy }: Refusal, path: string[]): Finding => ({
  verdict: 'blocked',
  path,
  blockedAt: place,
  cause,
  remedy,
  assumptions: NONE,
});

function starved(topology: Topology, { there, back }: Trip, path: string[]): Finding {
  const hop: Hop | null = there.starvedAt ?? back?.starvedAt ?? null;
  const links = topology.backbone.links.length;
  return {
    verdict: 'starved',
    path,
    blockedAt: hop && (there.starvedAt ? hop.place : REPLY + hop.place),
    cause: 'the link between the regions has no bandwidth: 1 kbit/s, enough for a ping and for nothing else',
    remedy:
      links === 0
        ? 'add the link with its bandwidth to backbone.links'
        : 'give the link bandwidth (bandwidthMbps in backbone.links)',
    assumptions: NONE,
  };
}

const textsOf = (way: Way): string[] => hopsOf(way).map((hop) => hop.text);

/** Filled to its exact length: a million of these are kept, and a grown array keeps half as much again. */
function pathOf({ there, back }: Trip, { before, after }: Passage): string[] {
  const path = new Array<string>(before.length + there.length + after.length + (back?.length ?? 0));
  let at = 0;
  for (const text of before) path[at++] = text;
  for (let way: Way | null = there; way; way = way.rest) path[at++] = way.hop.text;
  for (const text of after) path[at++] = text;
  for (let way: Way | null = back; way; way = way.rest) path[at++] = way.hop.replyText;
  return path;
}
