/** What the file adopts, against what is recorded and what stands: every difference at once, before anything is touched. */
import type { RecordedResource } from '../plan/recorded';
import { type Problem, problemOf } from '../problem';
import type { Topology } from '../topology/topology';
import { type AdoptionDeps, lookAtWanted } from './look-at-wanted';

export async function compareAdopted(
  deps: AdoptionDeps,
  topology: Topology,
  recorded: readonly RecordedResource[],
): Promise<Problem[]> {
  if (topology.adopt.length === 0) return [];
  const records = new Map<string, RecordedResource>(recorded.map((record) => [record.id, record]));
  const open = topology.adopt.filter(({ resource }) => records.get(resource)?.ownership !== 'ours');
  const named = new Map(open.map(({ resource, cloudId }) => [resource, cloudId]));
  const looked = await lookAtWanted(deps, { topology, recorded, named, search: false });
  return [
    ...topology.adopt.flatMap(({ resource, cloudId }) => heldOtherwise(resource, cloudId, records.get(resource))),
    ...looked.flatMap(({ resource, verdict }) =>
      verdict.kind === 'refused'
        ? problemOf({
            code: 'not-adoptable',
            message: `${resource} is not adopted: ${verdict.reason}`,
            remedy: 'Correct its id or the file, or leave it out under adopt.',
          })
        : [],
    ),
  ];
}

function heldOtherwise(resource: string, cloudId: string, record: RecordedResource | undefined): Problem[] {
  if (!record || record.cloudId === cloudId || (record.cloudId === null && (record.desired ?? null) === null))
    return [];
  return [
    problemOf({
      code: 'adopted-otherwise',
      message:
        record.cloudId === null
          ? `${resource} may have been made by an earlier run, and the file adopts ${cloudId} as it`
          : `${resource} is ${record.cloudId} already, and the file adopts ${cloudId} as it`,
      remedy: 'Leave it out under adopt; to have the other one, remove this one in a revision of its own first.',
    }),
  ];
}
