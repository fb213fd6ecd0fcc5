/**
 * The entries of transit routers' tables.
 *
 * 1. A table learns a VPC's advertised routes from an attached VPC with propagation into it.
 * 2. A table learns from a peer attachment with propagation into it what the table that is associated with that peer
 *    attachment on the other router holds as active, provided that the peer attachment advertises. The flag is one for
 *    both directions: the attachment is made once and seen from both ends.
 * 3. What was learned from a peer is not passed on to a third router. Whether the service does is unverified; the
 *    stricter reading is the one under which a network that works here works there.
 * 4. Of equal blocks in one table, the static one stands; else the one that came first, the later is rejected; of two
 *    peers the one with the alphabetically smaller region stands (MultiRegionECMP off) and the other is a candidate.
 * 5. Black holes are neither passed on to peers nor synchronised into VPCs (unverified as well).
 */
import type { RouterEntryRecord } from '../cbn/records';
import type { State } from '../state';
import { ADVERTISING, advertisedRoutes } from './advertised-routes';
import { append, derivedFrom } from './memo';
import { otherEnd, type RouterFabric, routerFabric, WIRING } from './router-fabric';
import { sortedBlocks } from './vpc-routes';

export interface RouterTableEntry {
  tableId: string;
  destination: string;
  type: 'Static' | 'Propagated';
  status: 'Active' | 'Rejected' | 'Candidate' | 'Creating' | 'Deleting';
  /** Null: a black hole. */
  attachmentId: string | null;
  /** What the attachment leads to: a VPC, or the router at the other end of a peer attachment. */
  nextHop: { type: 'VPC' | 'TR'; id: string; region: string } | null;
  /** Where the route comes from; null for a static one. */
  origin: { vpcId: string; routeType: 'System' | 'Custom' } | null;
  /** The record of a static entry. */
  record: RouterEntryRecord | null;
  /** When the table was first offered it, EpochMs. */
  since: number;
}

type Offers = Map<string, RouterTableEntry[]>;

const ALL = [...WIRING, ...ADVERTISING];

/** What tables are offered without any peer's help: by CEN, then by destination. */
const ownOffers = derivedFrom(ALL, (state) => {
  const fabric = routerFabric(state);
  const byCen = new Map<string, Offers>();
  const offer = (cenId: string, entry: RouterTableEntry): void => {
    const offers = byCen.get(cenId) ?? new Map<string, RouterTableEntry[]>();
    byCen.set(cenId, offers);
    append(offers, entry.destination, entry);
  };
  for (const [tableId, router] of fabric.routers)
    for (const record of fabric.staticEntries.get(tableId) ?? [])
      offer(router.cenId, staticEntry(fabric, router.id, record));
  for (const vpc of fabric.vpcAttachments.values())
    for (const { tableId, since } of fabric.learners.get(vpc.id) ?? [])
      for (const route of advertisedRoutes(state, vpc.cenId, vpc.vpcId))
        offer(vpc.cenId, {
          tableId,
          destination: route.destination,
          type: 'Propagated',
          status: 'Active',
          attachmentId: vpc.id,
          nextHop: { type: 'VPC', id: vpc.vpcId, region: vpc.region },
          origin: { vpcId: vpc.vpcId, routeType: route.origin },
          record: null,
          since: Math.max(since, route.since, vpc.createdAt),
        });
  return byCen;
});

function staticEntry(fabric: RouterFabric, routerId: string, record: RouterEntryRecord): RouterTableEntry {
  const attachmentId = record.nextHopType === 'Attachment' ? record.nextHopId : null;
  const vpc = attachmentId === null ? undefined : fabric.vpcAttachments.get(attachmentId);
  const peer = attachmentId === null ? undefined : fabric.peerAttachments.get(attachmentId);
  let nextHop: RouterTableEntry['nextHop'] = null;
  if (vpc) nextHop = { type: 'VPC', id: vpc.vpcId, region: vpc.region };
  if (peer) {
    const end = otherEnd(peer, routerId);
    nextHop = { type: 'TR', id: end.routerId, region: end.region };
  }
  const { tableId, destination, status, createdAt } = record;
  return {
    tableId,
    destination,
    type: 'Static',
    status,
    attachmentId,
    nextHop,
    origin: null,
    record,
    since: createdAt,
  };
}

const resolved = derivedFrom(ALL, () => new Map<string, RouterTableEntry[]>());

/** The entries for one destination in all tables of a CEN. Computed for the destinations that are asked for. */
export function entriesTo(state: State, cenId: string, destination: string): readonly RouterTableEntry[] {
  const memo = resolved(state);
  const key = `${cenId}/${destination}`;
  const known = memo.get(key);
  if (known) return known;
  const entries = settle(routerFabric(state), ownOffers(state).get(cenId)?.get(destination) ?? []);
  memo.set(key, entries);
  return entries;
}

const byTable = derivedFrom(ALL, () => new Map<string, Map<string, RouterTableEntry[]>>());

/**
 * By destination; of equal blocks the active one first.
 * @param only these destinations, where the caller wants no others: a whole CEN is not computed for them
 */
export function routerTableEntries(state: State, tableId: string, only?: readonly string[]): RouterTableEntry[] {
  const cenId = routerFabric(state).routers.get(tableId)?.cenId;
  if (cenId === undefined) return [];
  if (only) return only.flatMap((destination) => entriesTo(state, cenId, destination)).filter(isOf(tableId));
  const memo = byTable(state);
  const tables = memo.get(cenId) ?? tablesOf(state, cenId);
  memo.set(cenId, tables);
  return [...(tables.get(tableId) ?? [])];
}

const isOf =
  (tableId: string) =>
  (entry: RouterTableEntry): boolean =>
    entry.tableId === tableId;

/** All tables of a CEN at once: each destination is settled once for all of them. */
function tablesOf(state: State, cenId: string): Map<string, RouterTableEntry[]> {
  const tables = new Map<string, RouterTableEntry[]>();
  const destinations = sortedBlocks([...(ownOffers(state).get(cenId)?.keys() ?? [])]);
  for (const destination of destinations) {
    const entries = entriesTo(state, cenId, destination);
    const activeFirst = [...entries.filter(isActive), ...entries.filter((entry) => !isActive(entry))];
    for (const entry of activeFirst) append(tables, entry.tableId, entry);
  }
  return tables;
}

const isActive = ({ status }: RouterTableEntry): boolean => status === 'Active';

/** Lets the offers for one destination take their places in the order of their coming. */
function settle(fabric: RouterFabric, offers: readonly RouterTableEntry[]): RouterTableEntry[] {
  const pending = offers.map((entry) => ({ ...entry }));
  const active = new Map<string, RouterTableEntry>();
  const placed: RouterTableEntry[] = [];
  // Bounded: only a VPC's or a static offer makes new ones, and those make none.
  for (let next = takeNext(pending); next; next = takeNext(pending)) {
    place(next, active);
    placed.push(next);
    if (next.status === 'Active' && next.nextHop?.type === 'VPC') pending.push(...peerOffers(fabric, next));
  }
  return placed;
}

function takeNext(pending: RouterTableEntry[]): RouterTableEntry | undefined {
  let best = 0;
  for (let index = 1; index < pending.length; index += 1) {
    const [candidate, leader] = [pending[index], pending[best]];
    if (candidate && leader && comesBefore(candidate, leader)) best = index;
  }
  return pending.splice(best, 1)[0];
}

const comesBefore = (a: RouterTableEntry, b: RouterTableEntry): boolean =>
  a.type === b.type ? a.since < b.since : a.type === 'Static';

function place(entry: RouterTableEntry, active: Map<string, RouterTableEntry>): void {
  if (entry.status !== 'Active') return;
  const holder = active.get(entry.tableId);
  if (holder?.nextHop?.type === 'TR' && entry.nextHop?.type === 'TR' && holder.type === 'Propagated') {
    const [winner, other] = entry.nextHop.region < holder.nextHop.region ? [entry, holder] : [holder, entry];
    other.status = 'Candidate';
    active.set(entry.tableId, winner);
  } else if (holder) {
    entry.status = holder.type === 'Static' ? 'Candidate' : 'Rejected';
  } else {
    active.set(entry.tableId, entry);
  }
}

/** What the routers at the other ends are told of an active entry. */
function peerOffers(fabric: RouterFabric, entry: RouterTableEntry): RouterTableEntry[] {
  const router = fabric.routers.get(entry.tableId);
  if (!router) return [];
  return (fabric.peersOf.get(entry.tableId) ?? [])
    .filter((peer) => peer.autoPublishRoute)
    .flatMap((peer) =>
      (fabric.learners.get(peer.id) ?? [])
        .filter(({ tableId }) => fabric.routers.get(tableId)?.id === otherEnd(peer, router.id).routerId)
        .map(
          ({ tableId, since }): RouterTableEntry => ({
            ...entry,
            tableId,
            type: 'Propagated',
            attachmentId: peer.id,
            nextHop: { type: 'TR', id: router.id, region: router.region },
            record: null,
            since: Math.max(since, entry.since, peer.createdAt),
          }),
        ),
    );
}
