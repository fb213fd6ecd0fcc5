/** What CEN writes into a VPC's table, and what it may not. */
import { type Cidr, contains, rangeOf } from '../cidr';
import type { VpcModel, VpcNextHop, VpcTable } from './model';

/** What a VPC announces: its vSwitches by itself, and entries towards a VPN gateway only where they were published. */
export const announced = (vpc: VpcModel, published: ReadonlySet<Cidr>): Cidr[] => [
  ...vpc.vSwitches.map(({ cidr }) => cidr),
  // Only an entry of the system table can be published, and only while it stands there.
  ...(vpc.tables.find(({ kind }) => kind === 'system')?.routes ?? [])
    .filter(({ nextHop, destination }) => nextHop.kind === 'vpn-gateway' && published.has(destination))
    .map(({ destination }) => destination),
];

/**
 * A VPC never accepts a route equal to or inside one of its own vSwitches, and an entry of its own keeps a learned
 * one to the same block out (network-apis, section 10.2).
 */
export function synchronise(
  vpc: VpcModel,
  table: VpcTable,
  learned: readonly { destination: Cidr; nextHop: VpcNextHop }[],
): void {
  const own = vpc.vSwitches.map(({ cidr }) => rangeOf(cidr));
  const taken = new Set(table.routes.map(({ destination }) => destination));
  for (const route of learned) {
    const range = rangeOf(route.destination);
    if (taken.has(route.destination) || own.some((block) => contains(block, range))) continue;
    taken.add(route.destination);
    table.routes.push(route);
  }
}
