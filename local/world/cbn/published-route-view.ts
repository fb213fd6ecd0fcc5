/** A VPC's routes as CEN shows them: what is told, what could be, what stands in the way. */
import type { JsonObject } from '../../../shared/json';
import { isPublishable } from '../routing/advertised-routes';
import { conflictsOf, isAdvertised } from '../routing/publication';
import { entriesOf, sortedByBlock, vSwitchesOf } from '../routing/vpc-routes';
import type { State } from '../state';
import type { RouteTableRecord } from '../vpc/records';

interface VpcRoute {
  destination: string;
  type: 'System' | 'Custom';
  nextHopType: string;
  nextHopId: string;
  published: boolean;
  /** Whether it may be published and withdrawn. */
  operational: boolean;
  conflicts: JsonObject[];
}

/**
 * The routes of one table that the VPC has by itself, by destination.
 * @param only one destination, where the caller wants no other
 */
export function vpcRoutes(state: State, cenId: string, table: RouteTableRecord, only?: string): VpcRoute[] {
  const wanted = (destination: string): boolean => only === undefined || only === destination;
  const speaks = table.type === 'System';
  const told = (destination: string): Pick<VpcRoute, 'published' | 'conflicts'> => ({
    published: speaks && isAdvertised(state, cenId, table.vpcId, destination),
    conflicts: speaks ? conflictViews(state, cenId, table.vpcId, destination) : [],
  });
  const system = vSwitchesOf(state, table.vpcId)
    .filter(({ cidr }) => wanted(cidr))
    .map(
      ({ cidr }): VpcRoute => ({
        destination: cidr,
        type: 'System',
        nextHopType: 'local',
        nextHopId: '',
        operational: speaks,
        ...told(cidr),
      }),
    );
  const custom = entriesOf(state, table.id)
    .filter(({ destination }) => wanted(destination))
    .map(
      (entry): VpcRoute => ({
        destination: entry.destination,
        type: 'Custom',
        nextHopType: entry.nextHopType,
        nextHopId: entry.nextHopId,
        operational: speaks && isPublishable(entry),
        ...told(entry.destination),
      }),
    );
  return sortedByBlock([...system, ...custom]);
}

export const publishStatus = (route: VpcRoute): string => (route.published ? 'Published' : 'NonPublished');

const conflictViews = (state: State, cenId: string, vpcId: string, destination: string): JsonObject[] =>
  conflictsOf(state, cenId, vpcId, destination).map((conflict) => ({
    DestinationCidrBlock: conflict.destination,
    InstanceId: conflict.vpcId,
    InstanceType: 'VPC',
    RegionId: conflict.region,
    Status: 'conflict',
  }));
