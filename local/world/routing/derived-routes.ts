/** The entries that tables hold without anyone having made them one by one. */
import { sha256Hex } from '../../../shared/json';
import type { State } from '../state';
import { ROUTE_TABLES, type RouteTableRecord } from '../vpc/records';
import { attachedInstances, cenRoutes } from './cen-region-entries';
import { routerFabric } from './router-fabric';
import { routerTableEntries } from './router-table-entries';
import { refusesLearned, sortedByBlock } from './vpc-routes';

/** An entry of a VPC route table, as DescribeRouteEntryList shows it. */
export interface VpcTableEntry {
  id: string;
  destination: string;
  nextHopType: string;
  nextHopId: string;
  nextHopRegion: string | null;
  type: 'System' | 'Custom' | 'CEN' | 'BGP';
  status: string;
  /** `TR` for what a transit router synchronised. */
  serviceType: string | null;
  name: string;
  description: string;
}

/**
 * What CEN writes into a VPC's table, by destination.
 *
 * From a transit router: the active entries of the table that the VPC's attachment is associated with, save those that
 * lead back to the attachment, where the attachment synchronises; into custom tables only where the table says so.
 * From a basic CEN: every other attached VPC's routes, into the system table only.
 *
 * @param only one destination, where the caller wants no other: a whole table is not computed for it.
 */
export function synchronisedEntries(state: State, routeTableId: string, only?: string): VpcTableEntry[] {
  const table = state.get<RouteTableRecord>(ROUTE_TABLES, routeTableId);
  if (!table) return [];
  return sortedByBlock([...fromRouters(state, table, only), ...fromBasicCens(state, table, only)]);
}

function fromRouters(state: State, table: RouteTableRecord, only: string | undefined): VpcTableEntry[] {
  if (table.type === 'Custom' && !table.routePropagationEnable) return [];
  const fabric = routerFabric(state);
  const entries: VpcTableEntry[] = [];
  for (const { id, vpcId, autoPublishRoute } of fabric.vpcAttachments.values()) {
    const forwarder = fabric.forwarders.get(id)?.[0];
    if (vpcId !== table.vpcId || !autoPublishRoute || forwarder === undefined) continue;
    for (const { destination, status, attachmentId } of routerTableEntries(
      state,
      forwarder,
      only === undefined ? undefined : [only],
    )) {
      const leadsOn = status === 'Active' && attachmentId !== null && attachmentId !== id;
      if (leadsOn && !refusesLearned(state, table, destination))
        entries.push(entry(table.id, destination, { type: 'Custom', nextHopType: 'Attachment', nextHopId: id }));
    }
  }
  return entries;
}

function fromBasicCens(state: State, table: RouteTableRecord, only: string | undefined): VpcTableEntry[] {
  if (table.type !== 'System') return [];
  const entries: VpcTableEntry[] = [];
  for (const [cenId, instances] of attachedInstances(state)) {
    if (!instances.some(({ instanceId }) => instanceId === table.vpcId)) continue;
    for (const { destination, status, vpcId, region } of cenRoutes(state, cenId)) {
      if (status !== 'Active' || vpcId === table.vpcId || (only !== undefined && destination !== only)) continue;
      if (refusesLearned(state, table, destination)) continue;
      const learned = { type: 'CEN', nextHopType: 'VPC', nextHopId: vpcId, nextHopRegion: region } as const;
      entries.push(entry(table.id, destination, learned));
    }
  }
  return entries;
}

type Learned = Pick<VpcTableEntry, 'nextHopType' | 'nextHopId'> & { type: 'Custom' | 'CEN'; nextHopRegion?: string };

const entry = (tableId: string, destination: string, learned: Learned): VpcTableEntry => ({
  // Nobody made it, so nobody drew its id: it follows from where the entry stands.
  id: `rte-${sha256Hex(`${tableId}/${destination}`).slice(0, 22)}`,
  destination,
  nextHopRegion: null,
  status: 'Available',
  serviceType: learned.type === 'Custom' ? 'TR' : null,
  name: '',
  description: '',
  ...learned,
});
