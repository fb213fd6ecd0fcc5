/** A VPC's tables are written by one at a time, whoever writes: a user, or a gateway that publishes. */
import { type CidrRange, contains, parseCidr } from '../../../shared/cidr';
import { synchronisedEntries } from '../routing/derived-routes';
import { entriesOf, entryOf, vSwitchesOf } from '../routing/vpc-routes';
import type { State } from '../state';
import type { Context } from '../world';
import { quota } from './quotas';
import {
  ROUTE_ENTRIES,
  ROUTE_TABLES,
  type RouteEntryRecord,
  type RouteTableRecord,
  VPCS,
  type VpcRecord,
} from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';

/** Refuses while an entry of any of the VPC's tables is coming or going. */
function wantNoRouteTask(state: State, vpcId: string): void {
  const moving = state
    .values<RouteTableRecord>(ROUTE_TABLES)
    .filter((table) => table.vpcId === vpcId)
    .some(({ id }) => entriesOf(state, id).some(({ status }) => status !== 'Available'));
  if (moving) throw refusal('TaskConflict');
}

type Wanted = Pick<RouteEntryRecord, 'destination' | 'nextHopType' | 'nextHopId' | 'publishedBy'> &
  Partial<Pick<RouteEntryRecord, 'name' | 'description'>>;

/** The new entry, which will be there in a moment. The destination is canonical. */
export function addEntry(context: Context, table: RouteTableRecord, wanted: Wanted): RouteEntryRecord {
  const { state } = context;
  // A VPC that goes takes its tables along: an entry would be left without one.
  if ((state.get<VpcRecord>(VPCS, table.vpcId)?.status ?? 'Available') !== 'Available')
    throw refusal('IncorrectVpcStatus');
  if ((table.status ?? 'Available') !== 'Available') throw refusal('IncorrectRouteTableStatus');
  wantNoRouteTask(state, table.vpcId);
  wantFreeBlock(state, table, wanted.destination);
  if (
    entriesOf(state, table.id).length + synchronisedEntries(state, table.id).length >=
    quota(context, 'routesPerTable')
  )
    throw refusal('QuotaExceeded');
  const entry: RouteEntryRecord = {
    id: context.newId('rte-'),
    routeTableId: table.id,
    name: '',
    description: '',
    status: 'Pending',
    createdAt: context.now,
    ...wanted,
  };
  state.put(ROUTE_ENTRIES, entry.id, entry);
  settleAfter(context, 'routeEntryCreate', {
    collection: ROUTE_ENTRIES,
    key: entry.id,
    from: 'Pending',
    to: 'Available',
  });
  return entry;
}

/** Together as one task; none at all is no task. */
export function removeEntries(context: Context, table: RouteTableRecord, entries: readonly RouteEntryRecord[]): void {
  if (entries.length > 0) wantNoRouteTask(context.state, table.vpcId);
  for (const entry of entries) {
    context.state.put(ROUTE_ENTRIES, entry.id, { ...entry, status: 'Deleting' } satisfies RouteEntryRecord);
    settleAfter(context, 'routeEntryDelete', { collection: ROUTE_ENTRIES, key: entry.id, from: 'Deleting', to: null });
  }
}

/** A block may hold a vSwitch's, but be neither the same nor inside; and one entry of a table has it. */
function wantFreeBlock(state: State, table: RouteTableRecord, destination: string): void {
  const wanted = range(destination);
  if (vSwitchesOf(state, table.vpcId).some(({ cidr }) => contains(range(cidr), wanted)))
    throw refusal('InvalidCidrBlock');
  if (entryOf(state, table.id, destination)) throw refusal('RouterEntryConflict.Duplicated');
}

function range(block: string): CidrRange {
  const parsed = parseCidr(block);
  if (!parsed) throw new TypeError(`a stored block is no IPv4 CIDR block: ${block}`);
  return parsed;
}
