/** All that a VPC's route table holds: the system's own entries, what somebody made, and what CEN adds. */
import { sha256Hex } from '../../../shared/json';
import { synchronisedEntries, type VpcTableEntry } from '../routing/derived-routes';
import { entriesOf, entryOf, sortedByBlock, vSwitchesOf } from '../routing/vpc-routes';
import type { State } from '../state';
import type { RouteEntryRecord, RouteTableRecord } from './records';

/** The way to the cloud's own services; every table has it. */
export const SERVICE_BLOCK = '100.64.0.0/10';

/**
 * By destination.
 * @param only one destination, where the caller wants no other: what CEN adds is not computed for all of them
 */
export function tableEntries(state: State, table: RouteTableRecord, only?: string): VpcTableEntry[] {
  const one = only === undefined ? undefined : entryOf(state, table.id, only);
  const made = only === undefined ? entriesOf(state, table.id) : one ? [one] : [];
  const entries = [
    ...vSwitchesOf(state, table.vpcId).map(({ id, cidr }) => systemEntry(table, cidr, id)),
    systemEntry(table, SERVICE_BLOCK, ''),
    ...made.map(madeEntry),
    ...synchronisedEntries(state, table.id, only),
  ];
  return sortedByBlock(only === undefined ? entries : entries.filter(({ destination }) => destination === only));
}

/** Nobody made it, so its id follows from where it stands. */
const systemEntry = (table: RouteTableRecord, destination: string, nextHopId: string): VpcTableEntry => ({
  id: `rte-${sha256Hex(`${table.id}/system/${destination}`).slice(0, 22)}`,
  destination,
  nextHopType: nextHopId === '' ? 'service' : 'local',
  nextHopId,
  nextHopRegion: null,
  type: 'System',
  status: 'Available',
  serviceType: null,
  name: '',
  description: '',
});

const madeEntry = (entry: RouteEntryRecord): VpcTableEntry => ({
  id: entry.id,
  destination: entry.destination,
  nextHopType: entry.nextHopType,
  nextHopId: entry.nextHopId,
  nextHopRegion: null,
  type: 'Custom',
  status: entry.status,
  serviceType: null,
  name: entry.name,
  description: entry.description,
});
