/**
 * What is recorded of a live network against what is there. Takes nothing and writes nothing: a run that starts meanwhile
 * is not disturbed, and makes the result void.
 *
 * Reads may be of some time ago, so a finding is believed only where a second look, later than reads take to converge,
 * says the same.
 */
import type { DurationMs } from '../clock';
import type { Objects } from '../engine/objects';
import { readRevision } from '../engine/revision';
import type { NetworkRow } from '../engine/run';
import type { EngineSettings } from '../engine/settings';
import type { NetworkKey, RunStore } from '../engine/store';
import { invariant } from '../errors';
import type { JsonObject } from '../json';
import type { Desired, ResourceId } from '../plan/desired';
import { desiredResources } from '../plan/desired-resources';
import type { Topology } from '../topology/topology';
import type { DriftFinding, NotSeen } from './drift-finding';
import { type LookDeps, lookAtRecord, onlyAsked, type Subject } from './look-at-record';

export interface DriftDeps extends LookDeps {
  runs: Pick<RunStore, 'readNetwork' | 'allRecords'>;
  objects: Pick<Objects, 'get'>;
  settings: Pick<EngineSettings, 'readSettle'>;
  pause(delay: DurationMs): Promise<void>;
  /** Called whenever one more was looked at, of how many. */
  progress(done: number, total: number): void;
  /** Called before the second look. */
  waiting(delay: DurationMs, found: number): void;
}

export type Drift =
  | { kind: 'unknown-network' }
  /** There is nothing that its records should be true of. */
  | { kind: 'not-live' | 'at-work'; row: NetworkRow }
  | {
      kind: 'looked';
      row: NetworkRow;
      topology: Topology;
      looked: number;
      findings: DriftFinding[];
      notSeen: NotSeen[];
    };

export async function findDrift(deps: DriftDeps, network: string): Promise<Drift> {
  const row = await deps.runs.readNetwork(network);
  if (!row || row.latest === 0) return { kind: 'unknown-network' };
  if (row.activeRun !== null) return { kind: 'at-work', row };
  const topology = await liveTopology(deps, row);
  if (!topology) return { kind: 'not-live', row };
  const subjects = await subjectsOf(deps, row, topology);
  let done = 0;
  const first = await look(deps, subjects, () => {
    done += 1;
    deps.progress(done, subjects.length);
  });
  const suspects = subjects.filter(({ record }) => first.findings.some(({ resource }) => resource === record.id));
  if (suspects.length > 0) {
    deps.waiting(deps.settings.readSettle, suspects.length);
    await deps.pause(deps.settings.readSettle);
  }
  const second = await look(deps, suspects);
  const now = await deps.runs.readNetwork(network);
  if (now?.version !== row.version) return { kind: 'at-work', row: now ?? row };
  const notSeen = [...first.notSeen, ...second.notSeen];
  const findings = agreed(first.findings, second.findings);
  return { kind: 'looked', row, topology, looked: subjects.length, findings, notSeen };
}

/** Null where its newest revision is not live. */
export async function liveTopology(
  { objects }: Pick<DriftDeps, 'objects'>,
  { latest, live, latestObject }: NetworkRow,
): Promise<Topology | null> {
  if (live !== latest) return null;
  const bytes = await objects.get(latestObject);
  const topology = bytes && readRevision(bytes, latestObject);
  invariant(topology, `revision ${latest} is live and its object ${latestObject} is gone`);
  return topology;
}

/** What is recorded and wanted, in the order of ids. What was borrowed once and is wanted no more is nobody's concern. */
export async function subjectsOf(
  { runs }: Pick<DriftDeps, 'runs'>,
  { name, incarnation }: NetworkRow,
  topology: Topology,
): Promise<Subject[]> {
  const owner: NetworkKey = { network: name, incarnation };
  const wanted = new Map<ResourceId, Desired>(desiredResources(topology).map(({ id, desired }) => [id, desired]));
  const records = await runs.allRecords(owner);
  const references = new Map(records.map((record) => [record.id, record]));
  return records
    .flatMap((record) => {
      const desired = wanted.get(record.id);
      return desired ? [{ owner, record, desired, references }] : [];
    })
    .sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
}

export interface LookedOver {
  findings: DriftFinding[];
  notSeen: NotSeen[];
  /** Of what stands. */
  attributes: ReadonlyMap<ResourceId, JsonObject>;
}

/** All at once: whoever owns the cloud's connection bounds how many calls are under way. */
export async function look(
  deps: LookDeps,
  subjects: readonly Subject[],
  seen: () => void = () => undefined,
): Promise<LookedOver> {
  const asked = { ...deps, cloud: onlyAsked(deps.cloud) };
  const looked = await Promise.all(
    subjects.map(async (subject) => {
      const result = await lookAtRecord(asked, subject);
      seen();
      return { ...result, resource: subject.record.id };
    }),
  );
  return {
    findings: looked.flatMap(({ finding }) => (finding ? [finding] : [])),
    notSeen: looked.flatMap(({ resource, notSeen: why }) => (why === null ? [] : [{ resource, why }])),
    attributes: new Map(looked.flatMap(({ resource, attributes }) => (attributes ? [[resource, attributes]] : []))),
  };
}

/** What the later look says, where the earlier one had said the same of the resource. */
export const agreed = (earlier: readonly DriftFinding[], later: readonly DriftFinding[]): DriftFinding[] =>
  later.filter(({ resource, what }) =>
    earlier.some((finding) => finding.resource === resource && finding.what === what),
  );
