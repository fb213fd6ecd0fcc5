/** Looks at tables, bucket and cloud, and says what the tables should hold. Touches nothing. */
import type { Cloud } from '../engine/cloud';
import type { ResourceRecord } from '../engine/record';
import type { ResourceKind } from '../engine/resource-kind';
import type { NetworkRow, RunId } from '../engine/run';
import type { RunStore } from '../engine/store';
import { invariant } from '../errors';
import type { Desired, ResourceId } from '../plan/desired';
import { hashDesired } from '../plan/hash-desired';
import { mayStand } from '../plan/recorded';
import { referencesOf } from '../plan/references';
import { readTraces, type TracesBucket } from './read-traces';
import { type RecoveredResource, recoverRecord, type Subject } from './recover-record';
import { recoverRow } from './recover-row';
import { newestAtWork, type Traces } from './traces';

export interface SurveyDeps {
  runs: Pick<RunStore, 'readNetwork' | 'allRecords' | 'readRun'>;
  bucket: TracesBucket;
  cloud: Cloud;
  deployment: string;
  kindOf(kind: Desired['kind']): ResourceKind;
}

export interface SurveyInput {
  network: string;
  /** Resources without a mark that somebody vouches for: Trunkline made them. */
  vouched: ReadonlySet<string>;
  /** Called before each resource is looked at: its place in the order, and of how many. */
  progress(done: number, total: number, id: string): void;
}

export interface Survey {
  traces: Traces;
  standing: NetworkRow | null;
  row: NetworkRow;
  /** Whether the row or a record is not as it should be, or a run is recorded as active that has ended. */
  differs: boolean;
  conflict: string | null;
  /** A run that the row calls active. */
  active: { run: RunId /** The bucket shows that it ended. */; ended: boolean } | null;
  resources: RecoveredResource[];
  unknown: string[];
}

/** Null where the bucket does not remember the network. */
export async function survey(deps: SurveyDeps, input: SurveyInput): Promise<Survey | null> {
  const traces = await readTraces(deps.bucket, input.network);
  if (!traces) return null;
  const standing = await deps.runs.readNetwork(input.network);
  const { row, changed, conflict } = recoverRow(standing, traces);
  const active = activeOf(standing, traces);
  const base = { traces, standing, row, conflict, active };
  if (conflict !== null) return { ...base, differs: false, resources: [], unknown: [] };
  const resources = await recoverRecords(deps, input, traces, row);
  const differs =
    changed ||
    active?.ended === true ||
    resources.some(({ change }) => change === 'recorded' || change === 'corrected');
  return { ...base, differs, resources, unknown: unknownOf(base, resources) };
}

function activeOf(standing: NetworkRow | null, { runs }: Traces): Survey['active'] {
  const run = standing?.activeRun ?? null;
  if (run === null) return null;
  const at = runs.findIndex((trace) => trace.run === run);
  return { run, ended: at >= 0 && (runs[at]?.outcome !== null || at < runs.length - 1) };
}

async function recoverRecords(
  deps: SurveyDeps,
  { vouched, progress }: SurveyInput,
  traces: Traces,
  { name, incarnation }: NetworkRow,
): Promise<RecoveredResource[]> {
  const standing = byId(await deps.runs.allRecords({ network: name, incarnation }));
  const kept = byId(traces.records);
  const subjects = inOrder(wantedOf(traces, [...kept.values(), ...standing.values()]));
  const network = { deployment: deps.deployment, network: name, incarnation };
  const references = new Map<ResourceId, ResourceRecord>();
  const resources: RecoveredResource[] = [];
  for (const [id, wanted] of subjects) {
    progress(resources.length, subjects.length, id);
    const subject: Subject = {
      id,
      wanted,
      standing: standing.get(id) ?? null,
      kept: kept.get(id) ?? null,
      vouched: vouched.has(id),
    };
    const kind = deps.kindOf(wanted[0].kind);
    const resource = await recoverRecord({ cloud: deps.cloud, kind, network }, subject, references);
    if (resource.record) references.set(id, resource.record);
    resources.push(resource);
  }
  return [...resources, ...takenDown(kept, standing, new Set(subjects.map(([id]) => id)))];
}

/** What was wanted once and was removed: its row stands for the generation alone. */
const takenDown = (
  kept: ReadonlyMap<ResourceId, ResourceRecord>,
  standing: ReadonlyMap<ResourceId, ResourceRecord>,
  wanted: ReadonlySet<ResourceId>,
): RecoveredResource[] =>
  [...kept.values()]
    .filter((record) => !wanted.has(record.id) && !standing.has(record.id) && !mayStand(record))
    .map((record) => ({
      id: record.id,
      cloudId: null,
      ownership: null,
      change: 'recorded',
      doubt: null,
      record: { ...record, version: 0 },
    }));

const byId = (records: readonly ResourceRecord[]): ReadonlyMap<ResourceId, ResourceRecord> =>
  new Map(records.map((record) => [record.id, record]));

type Wanted = [Desired, ...Desired[]];

/** By resource, newest first, each once. */
function wantedOf({ plans }: Traces, records: readonly ResourceRecord[]): Map<ResourceId, Wanted> {
  const all = new Map<ResourceId, Wanted>();
  const add = (id: ResourceId, desired: Desired | null | undefined) => {
    if (!desired) return;
    const list = all.get(id);
    if (!list) all.set(id, [desired]);
    else if (!list.some((one) => hashDesired(one) === hashDesired(desired))) list.push(desired);
  };
  for (const plan of plans) for (const { resource, desired } of plan.tasks) add(resource, desired);
  for (const { id, desired } of records) add(id, desired);
  return all;
}

/** What is named comes before what names it; as deep as needs are, six at most. */
function inOrder(wanted: ReadonlyMap<ResourceId, Wanted>): [ResourceId, Wanted][] {
  const ordered = new Map<ResourceId, Wanted>();
  const visit = (id: ResourceId, depth: number) => {
    const list = wanted.get(id);
    if (!list || ordered.has(id)) return;
    invariant(depth < DEEPEST, `${id} is named in a circle`);
    for (const reference of referencesOf(list[0])) visit(reference.id, depth + 1);
    ordered.set(id, list);
  };
  for (const id of wanted.keys()) visit(id, 0);
  return [...ordered];
}

const DEEPEST = 32;

function unknownOf(
  { traces, standing }: Pick<Survey, 'traces' | 'standing'>,
  resources: readonly RecoveredResource[],
): string[] {
  const { network, runs, unplanned } = traces;
  const last = newestAtWork(traces);
  return [
    ...resources.flatMap(({ id, doubt }) => (doubt === null ? [] : [`${id}: ${doubt}`])),
    ...(last?.outcome === null ? [`how ${last.run} ended: it published no report`] : []),
    ...unplanned.map((object) => `whether ${object} was accepted: no run was planned from it`),
    ...(standing === null && runs.length > 0
      ? [
          `what each call of its ${runs.length} runs was: reports/${network}/ keeps what they published, audit cannot verify it`,
          'which tickets waited for it: their systems are not told, and their status addresses are gone',
        ]
      : []),
  ];
}
