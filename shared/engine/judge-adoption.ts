/**
 * Whether something may be taken for ours because the file says so (W6): it stands under the id that is named, carries
 * nobody's mark of ours, and is as it is wanted. What differs is first written into the file as it is; then it can be
 * adopted, and changed by the revision after.
 */
import { DEPLOYMENT_TAG } from './identity';
import type { Difference, Observation } from './resource-kind';

export type AdoptionVerdict =
  | { kind: 'adopted' }
  /** Ask again later. */
  | { kind: 'changing' }
  | { kind: 'refused'; reason: string };

export interface AdoptionSighting {
  /** As the file names it. */
  cloudId: string;
  observation: Observation;
  /** Of a present one, as if it were ours. */
  difference: Difference;
}

export function judgeAdoption({ cloudId, observation, difference }: AdoptionSighting): AdoptionVerdict {
  if (observation.state === 'absent') return refused(`there is no ${cloudId} where it should stand`);
  if (observation.cloudId !== cloudId)
    return refused(`${observation.cloudId} stands there, and the file adopts ${cloudId}`);
  const { name, tags } = observation.attributes;
  // Every name that a deployment of Trunkline gives begins so (identity.ts).
  if (typeof name === 'string' && name.startsWith('trunkline-'))
    return refused(`${cloudId} is called ${name}: a network of Trunkline's made it`);
  if (typeof tags === 'object' && tags !== null && DEPLOYMENT_TAG in tags)
    return refused(`${cloudId} has the tag ${DEPLOYMENT_TAG}: a network of Trunkline's made it`);
  if (observation.failure !== null) return refused(observation.failure);
  if (observation.phase === 'changing') return { kind: 'changing' };
  if (difference.kind === 'none') return { kind: 'adopted' };
  return refused(`${cloudId} is not as the file says, which ${difference.reason}: write what stands into the file`);
}

const refused = (reason: string): AdoptionVerdict => ({ kind: 'refused', reason });
