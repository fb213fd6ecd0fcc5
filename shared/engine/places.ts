/**
 * What a topology takes for its network alone, so that nothing has two owners (W6): its VPCs, a CEN instance that it names,
 * and what it adopts of what lies in no VPC.
 */
import type { Kind } from '../plan/desired';
import type { RecordedResource } from '../plan/recorded';
import type { Topology } from '../topology/topology';

/** The others lie in a VPC, or hang on something that does. A CEN instance has the place of one that a file names. */
const PLACE_OF: Partial<Record<Kind, string>> = {
  cen: 'cen',
  'transit-router': 'transit-router',
  'peer-attachment': 'peer-attachment',
  'customer-gateway': 'customer-gateway',
  'bandwidth-package': 'bandwidth-package',
};

/** In a fixed order, so that of two networks that want the same one has it all. */
export function placesOf({ vpcs, backbone, adopt }: Topology): string[] {
  const adopted = adopt.flatMap(({ resource, cloudId }) => placeOf(resource.split('/')[0] as Kind, cloudId));
  const named = backbone.cen === null ? [] : [`cen/${backbone.cen}`];
  return [...new Set([...vpcs.map((vpc) => `vpc/${vpc.id}`), ...named, ...adopted])].sort();
}

/** What is a network's own by its records, whether its newest file still names it or not. */
export const placesHeld = (recorded: readonly RecordedResource[]): string[] =>
  recorded.flatMap(({ kind, cloudId, ownership }) =>
    cloudId === null || ownership !== 'ours' ? [] : placeOf(kind, cloudId),
  );

function placeOf(kind: Kind, cloudId: string): string[] {
  const place = PLACE_OF[kind];
  return place === undefined ? [] : [`${place}/${cloudId}`];
}
