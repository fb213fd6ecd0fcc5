/**
 * One resource's record, from what was kept of it and what the cloud shows. Reads only.
 *
 * An id that was kept and is still there is believed; then whatever carries our mark: name, version or description of
 * a generation of ours. What stands in its place without any mark is taken as borrowed, and said: a thing wrongly
 * borrowed stays where it is, one wrongly ours would be changed or removed (W6).
 */
import { type Cloud, cloudErrorOf } from '../engine/cloud';
import { goneAsAbsent } from '../engine/gone-as-absent';
import { identityOf } from '../engine/identity';
import { emptyRecord, type ResourceRecord } from '../engine/record';
import type { Identity, Observation, References, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { Desired, ResourceId } from '../plan/desired';
import { hashDesired } from '../plan/hash-desired';
import { referencesOf } from '../plan/references';

/** Generations follow each other where creates come to nothing; more than a few in a lost hour is no plan of ours. */
const GENERATIONS = 4;

export interface Subject {
  id: ResourceId;
  /** What was ever wanted of it, newest first; one at least. */
  wanted: readonly [Desired, ...Desired[]];
  /** In the tables. */
  standing: ResourceRecord | null;
  /** In the bucket. */
  kept: ResourceRecord | null;
  /** Somebody vouches for it: without a mark it is ours. */
  vouched: boolean;
}

export interface RecoveredResource {
  id: ResourceId;
  cloudId: string | null;
  ownership: ResourceRecord['ownership'] | null;
  /** `recorded`: there was no record; `corrected`: it was wrong; `absent`: nothing stands there, nothing was recorded. */
  change: 'unchanged' | 'recorded' | 'corrected' | 'absent';
  /** What could not be known. */
  doubt: string | null;
  /** As it should stand; null where none is needed. Written where it was recorded or corrected. */
  record: ResourceRecord | null;
}

export interface RecordDeps {
  cloud: Cloud;
  kind: ResourceKind;
  network: { deployment: string; network: string; incarnation: string };
}

type Present = Extract<Observation, { state: 'present' }>;

interface Found {
  observation: Present;
  parameters: JsonObject;
  generation: number;
  ownership: ResourceRecord['ownership'];
  doubt: string | null;
}

export async function recoverRecord(
  deps: RecordDeps,
  subject: Subject,
  references: References,
): Promise<RecoveredResource> {
  try {
    const found = (await byKeptId(deps, subject, references)) ?? (await byMark(deps, subject, references));
    return found ? present(deps, subject, { ...found, references }) : gone(subject);
  } catch (error) {
    if (cloudErrorOf(error)?.class !== 'fatal') throw error;
    const { id, standing } = subject;
    const [cloudId, ownership] = standing ? [standing.cloudId, standing.ownership] : [null, null];
    const doubt = `it could not be looked at: ${(error as Error).message}`;
    return { id, cloudId, ownership, change: standing ? 'unchanged' : 'absent', doubt, record: standing };
  }
}

const keptRecords = ({ standing, kept }: Subject): ResourceRecord[] =>
  [kept, standing]
    .filter((record) => record !== null)
    .sort((one, other) => other.generation - one.generation || other.version - one.version);

async function byKeptId(deps: RecordDeps, subject: Subject, references: References): Promise<Found | null> {
  const records = keptRecords(subject);
  for (const { cloudId, generation, parameters: made, desired: asMade } of records) {
    if (cloudId === null) continue;
    const desired = asMade ?? subject.wanted[0];
    const parameters = made ?? (await prepare(deps, subject, generation, references));
    if (!parameters) continue;
    const observation = await goneAsAbsent(deps.kind.observe({ desired, cloudId, parameters, cloud: deps.cloud }));
    if (observation.state === 'absent') continue;
    return { observation, parameters, ...ownerByRecord(deps, subject, observation, generation) };
  }
  return null;
}

/**
 * Rows are believed; their copy in the bucket where nothing speaks against it: who can write there may not have a
 * stranger's gateway taken for ours.
 */
function ownerByRecord(
  deps: RecordDeps,
  subject: Subject,
  observation: Present,
  generation: number,
): Pick<Found, 'generation' | 'ownership' | 'doubt'> {
  const { cloudId } = observation;
  const owns = (record: ResourceRecord | null) => record?.cloudId === cloudId && record.ownership === 'ours';
  const marked = generationByMark(deps, subject, observation);
  if (marked !== null) return { generation: marked, ownership: 'ours', doubt: null };
  if (owns(subject.standing) || subject.vouched) return { generation, ownership: 'ours', doubt: null };
  if (!owns(subject.kept)) return { generation, ownership: 'borrowed', doubt: null };
  if (!isMarked(deps, observation)) return { generation, ownership: 'ours', doubt: null };
  const doubt = `${cloudId} was ours by the bucket's copy and carries another's mark: taken as found there`;
  return { generation, ownership: 'borrowed', doubt };
}

/** As a create would look for it, at each generation that may have been used. */
async function byMark(deps: RecordDeps, subject: Subject, references: References): Promise<Found | null> {
  const [desired] = subject.wanted;
  const records = keptRecords(subject);
  const first = Math.max(1, ...records.map(({ generation }) => generation));
  for (let generation = first; generation < first + GENERATIONS; generation += 1) {
    const parameters = await prepare(deps, subject, generation, references);
    if (!parameters) return null;
    const identity = identityAt(deps, subject.id, generation);
    const observation = await goneAsAbsent(deps.kind.find({ desired, parameters, identity, cloud: deps.cloud }));
    if (observation.state === 'absent') continue;
    return { observation, parameters, ...ownerOf(deps, subject, observation, generation) };
  }
  return null;
}

function ownerOf(
  deps: RecordDeps,
  subject: Subject,
  observation: Present,
  generation: number,
): Pick<Found, 'generation' | 'ownership' | 'doubt'> {
  const marked = generationByMark(deps, subject, observation);
  if (marked !== null) return { generation: marked, ownership: 'ours', doubt: null };
  if (isMarked(deps, observation)) return { generation, ownership: 'borrowed', doubt: null };
  // Its place was seen empty before the marker was written (W1).
  if (subject.vouched || keptRecords(subject).some(({ marker }) => marker !== null))
    return { generation, ownership: 'ours', doubt: null };
  return {
    generation,
    ownership: 'borrowed',
    doubt: `nothing tells who made ${observation.cloudId}: taken as found there, never to be changed or removed`,
  };
}

/** Whether things of this kind show whose they are. */
const isMarked = ({ kind }: RecordDeps, { attributes }: Present): boolean =>
  kind.recognises !== undefined || typeof attributes.name === 'string';

/** Null where it carries no mark of ours. */
function generationByMark(
  deps: RecordDeps,
  { id, wanted: [desired] }: Subject,
  { attributes }: Present,
): number | null {
  const { kind } = deps;
  for (let generation = 1; generation <= MOST_GENERATIONS; generation += 1) {
    const identity = identityAt(deps, id, generation);
    const ours = kind.recognises?.({ desired, identity, attributes }) ?? attributes.name === identity.name;
    if (ours) return generation;
  }
  return null;
}

const MOST_GENERATIONS = 32;

const identityAt = ({ network }: RecordDeps, resource: ResourceId, generation: number): Identity =>
  identityOf({ ...network, resource, generation });

/** Null where something that it names does not stand: then it does not either. */
async function prepare(
  deps: RecordDeps,
  { id, wanted: [desired] }: Subject,
  generation: number,
  references: References,
): Promise<JsonObject | null> {
  if (referencesOf(desired).some((reference) => (references.get(reference.id)?.cloudId ?? null) === null)) return null;
  return deps.kind.prepare({ desired, references, identity: identityAt(deps, id, generation), cloud: deps.cloud });
}

function present(
  { kind, network }: RecordDeps,
  subject: Subject,
  found: Found & { references: References },
): RecoveredResource {
  const { observation, generation, ownership, parameters, doubt, references } = found;
  const { cloudId, attributes, phase } = observation;
  const { id, standing, wanted } = subject;
  const identity = identityOf({ ...network, resource: id, generation });
  const fulfilled = wanted.find(
    (desired) =>
      phase === 'settled' && kind.differences({ desired, identity, ownership, attributes, references }).kind === 'none',
  );
  const desired = fulfilled ?? standing?.desired ?? wanted[0];
  const desiredHash = fulfilled ? hashDesired(fulfilled) : (standing?.desiredHash ?? null);
  const resource = { id, cloudId, ownership, doubt };
  const same =
    standing?.cloudId === cloudId &&
    standing.ownership === ownership &&
    standing.marker === null &&
    standing.removal === null &&
    standing.desiredHash === desiredHash;
  // With what was seen: others are looked for by it.
  if (same) return { ...resource, change: 'unchanged', record: { ...standing, attributes } };
  const record: ResourceRecord = {
    ...(standing ?? emptyRecord(id, desired, generation)),
    generation,
    cloudId,
    ownership,
    desired,
    desiredHash,
    attributes,
    parameters,
    marker: null,
    removal: null,
    recordedAt: null,
  };
  return { ...resource, change: standing ? 'corrected' : 'recorded', record };
}

/** What was announced or held and is not there gets a new generation: its name and token are spent (W1). */
function gone(subject: Subject): RecoveredResource {
  const { id, standing, kept, wanted } = subject;
  const resource = { id, cloudId: null, ownership: null, doubt: null };
  const spent = [standing, kept].flatMap((record) =>
    record && (record.cloudId !== null || record.marker !== null) ? [record.generation + 1] : [],
  );
  const generation = Math.max(standing?.generation ?? 1, kept?.generation ?? 1, ...spent);
  const settled = standing ? standing.cloudId === null && standing.marker === null : generation === 1;
  if (settled && generation === (standing?.generation ?? 1)) return { ...resource, change: 'absent', record: standing };
  const record: ResourceRecord = {
    ...emptyRecord(id, wanted[0], generation),
    // Null where it was taken down: nothing is left to remove.
    desired: (standing ?? kept)?.desired ?? null,
    version: standing?.version ?? 0,
  };
  return { ...resource, change: standing ? 'corrected' : 'recorded', record };
}
