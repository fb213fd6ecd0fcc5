/** The VPC service's records as routing looks at them: tables, vSwitches and entries of each VPC. */
import { type CidrRange, contains, parseCidr } from '../../../shared/cidr';
import type { State } from '../state';
import {
  ROUTE_ENTRIES,
  ROUTE_TABLES,
  type RouteEntryRecord,
  type RouteTableRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../vpc/records';
import { append, derivedFrom } from './memo';

export const VPC_ROUTING = [ROUTE_ENTRIES, ROUTE_TABLES, VSWITCHES] as const;

interface VpcRouting {
  /** By VPC. */
  systemTables: Map<string, RouteTableRecord>;
  /** By VPC. */
  vSwitches: Map<string, VSwitchRecord[]>;
  /** By table, then by destination: a table holds one entry for each. */
  entries: Map<string, Map<string, RouteEntryRecord>>;
}

const vpcRouting = derivedFrom<VpcRouting>(VPC_ROUTING, (state) => {
  const routing: VpcRouting = { systemTables: new Map(), vSwitches: new Map(), entries: new Map() };
  for (const table of state.values<RouteTableRecord>(ROUTE_TABLES))
    if (table.type === 'System') routing.systemTables.set(table.vpcId, table);
  for (const vSwitch of state.values<VSwitchRecord>(VSWITCHES)) append(routing.vSwitches, vSwitch.vpcId, vSwitch);
  for (const entry of state.values<RouteEntryRecord>(ROUTE_ENTRIES)) {
    const table = routing.entries.get(entry.routeTableId) ?? new Map<string, RouteEntryRecord>();
    routing.entries.set(entry.routeTableId, table.set(entry.destination, entry));
  }
  return routing;
});

export const systemTableOf = (state: State, vpcId: string): RouteTableRecord | undefined =>
  vpcRouting(state).systemTables.get(vpcId);

export const vSwitchesOf = (state: State, vpcId: string): readonly VSwitchRecord[] =>
  vpcRouting(state).vSwitches.get(vpcId) ?? [];

/** The entry that someone made in a table; what CEN adds and the vSwitches' own routes are no such entries. */
export const entryOf = (state: State, tableId: string, destination: string): RouteEntryRecord | undefined =>
  vpcRouting(state).entries.get(tableId)?.get(destination);

export const entriesOf = (state: State, tableId: string): RouteEntryRecord[] => [
  ...(vpcRouting(state).entries.get(tableId)?.values() ?? []),
];

/**
 * Why a table will not take a learned route: the VPC has a vSwitch with that block or a larger one, or the table an
 * entry of its own for it. A less specific block is accepted. Source: facts, section 10.2 (2019 documentation).
 */
export function refusesLearned(state: State, table: RouteTableRecord, destination: string): boolean {
  if (entryOf(state, table.id, destination)) return true;
  const wanted = range(destination);
  return vSwitchesOf(state, table.vpcId).some((vSwitch) => contains(range(vSwitch.cidr), wanted));
}

/** By first address, then the shorter prefix first. */
export const sortedBlocks = (blocks: readonly string[]): string[] =>
  sortedByBlock(blocks.map((destination) => ({ destination }))).map(({ destination }) => destination);

export const sortedByBlock = <T extends { destination: string }>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, ...range(item.destination) }))
    .sort((a, b) => a.first - b.first || a.prefixLength - b.prefixLength)
    .map(({ item }) => item);

function range(block: string): CidrRange {
  const parsed = parseCidr(block);
  if (!parsed) throw new TypeError(`a stored block is no IPv4 CIDR block: ${block}`);
  return parsed;
}
