/**
 * What stands where a topology wants something, and whether it can be adopted: each resource looked at after those that
 * it names. Reads only.
 */
import { type Cloud, cloudErrorOf } from '../engine/cloud';
import { goneAsAbsent } from '../engine/gone-as-absent';
import { identityOf } from '../engine/identity';
import { type AdoptionVerdict, judgeAdoption } from '../engine/judge-adoption';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { Desired, DesiredResource, Kind, ResourceId } from '../plan/desired';
import { desiredResources } from '../plan/desired-resources';
import type { RecordedResource } from '../plan/recorded';
import { referencesOf } from '../plan/references';
import type { Topology } from '../topology/topology';

export interface AdoptionDeps {
  cloud: Cloud;
  deployment: string;
  kindOf(kind: Kind): ResourceKind;
}

export interface LookedAt {
  resource: ResourceId;
  /** What was looked for, or what was found; null where nothing is there. */
  cloudId: string | null;
  verdict: AdoptionVerdict;
}

export interface Wish {
  topology: Topology;
  /** What the network holds already: others hang on it, and it is not looked at. */
  recorded: readonly RecordedResource[];
  /** Where to look, by the cloud's id. What is not named is looked for by tuple, if `search`, or passed over. */
  named: ReadonlyMap<string, string>;
  search: boolean;
}

/** In the order of needs. */
export async function lookAtWanted(deps: AdoptionDeps, wish: Wish): Promise<LookedAt[]> {
  const standing = new Map<ResourceId, RecordedResource>(
    wish.recorded.flatMap((record) => (record.cloudId === null ? [] : [[record.id, record]])),
  );
  const looked: LookedAt[] = [];
  for (const wanted of inOrder(desiredResources(wish.topology))) {
    const cloudId = wish.named.get(wanted.id) ?? null;
    if ((cloudId === null && !wish.search) || standing.get(wanted.id)?.ownership === 'ours') continue;
    const found = await lookAt(deps, wish, { wanted, cloudId, standing });
    looked.push({ resource: wanted.id, cloudId: found.cloudId, verdict: found.verdict });
    if (found.record) standing.set(wanted.id, found.record);
  }
  return looked;
}

const ABSENT: Observation = { state: 'absent' };

interface Looking {
  wanted: DesiredResource;
  cloudId: string | null;
  standing: ReadonlyMap<ResourceId, RecordedResource>;
}

type Found = Omit<LookedAt, 'resource'> & { record: RecordedResource | null };

async function lookAt(
  { cloud, deployment, kindOf }: AdoptionDeps,
  { topology }: Wish,
  { wanted: { id, desired }, cloudId, standing: references }: Looking,
): Promise<Found> {
  const missing = referencesOf(desired).find((reference) => !references.has(reference.id));
  if (missing) return { cloudId, verdict: refused(`${missing.id}, which it hangs on, is not there`), record: null };
  const kind = kindOf(desired.kind);
  const identity = identityOf({ deployment, network: topology.name, incarnation: '', resource: id, generation: 1 });
  try {
    const parameters = await kind.prepare({ desired, references, identity, cloud });
    const searched =
      cloudId === null ? await goneAsAbsent(kind.find({ desired, parameters, identity, cloud })) : ABSENT;
    // In something that is nobody's of ours, a group's rules say, others may have put all that is wanted.
    const inside = kind.isEmpty !== undefined && searched.state === 'absent';
    const observation =
      cloudId !== null || inside
        ? await goneAsAbsent(kind.observe({ desired, cloudId: cloudId ?? '', parameters, cloud }))
        : searched;
    if (observation.state === 'absent')
      return {
        cloudId,
        verdict: refused(`there is no ${cloudId ?? desired.kind} where it should stand`),
        record: null,
      };
    const { attributes } = observation;
    const difference = kind.differences({ desired, identity, ownership: 'ours', attributes, references });
    const verdict = judgeAdoption({ cloudId: cloudId ?? observation.cloudId, observation, difference });
    return { cloudId: cloudId ?? observation.cloudId, verdict, record: recordOf(id, desired, observation) };
  } catch (error) {
    if (cloudErrorOf(error)?.class !== 'fatal') throw error;
    return { cloudId, verdict: refused((error as Error).message), record: null };
  }
}

const recordOf = (
  id: ResourceId,
  desired: Desired,
  { cloudId, attributes }: Extract<Observation, { state: 'present' }>,
): RecordedResource => ({
  id,
  kind: desired.kind,
  region: null,
  generation: 1,
  cloudId,
  ownership: 'borrowed',
  desiredHash: null,
  desired,
  attributes,
});

const refused = (reason: string): AdoptionVerdict => ({ kind: 'refused', reason });

/** What is needed first. Needs are as deep as kinds hang on each other, six at most. */
function inOrder(resources: readonly DesiredResource[]): DesiredResource[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const ordered = new Set<DesiredResource>();
  const add = (resource: DesiredResource): void => {
    if (ordered.has(resource)) return;
    for (const need of resource.needs) {
      const needed = byId.get(need);
      if (needed) add(needed);
    }
    ordered.add(resource);
  };
  resources.forEach(add);
  return [...ordered];
}
