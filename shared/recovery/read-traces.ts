/** Reads what the bucket remembers of a network; nothing else is asked, and nothing is written. */
import * as z from 'zod';
import {
  type NetworkNote,
  networkNoteObject,
  networkNoteSchema,
  planObject,
  type RunNote,
  recordsObject,
  runNoteObject,
  runNoteSchema,
} from '../engine/bucket-notes';
import type { Listing, Objects } from '../engine/objects';
import { reportObject } from '../engine/publish-report';
import type { ResourceRecord } from '../engine/record';
import { recordSchema } from '../engine/record-schema';
import { readRevision } from '../engine/revision';
import { OUTCOMES, type Outcome, type RunId } from '../engine/run';
import { desired, kind, resourceId } from '../engine/stored-shapes';
import { fromStored } from '../format';
import { sha256Hex } from '../json';
import { listOf } from '../list-of';
import type { Plan } from '../plan/plan';
import { newestNote, type RunTrace, sequenceOf, type Traces } from './traces';

export type TracesBucket = Pick<Objects, 'get'> & Listing;

/** The networks that the bucket remembers, in name order. */
export async function rememberedNetworks(bucket: TracesBucket): Promise<string[]> {
  const keys = await bucket.list('runs/');
  return keys.flatMap((key) => /^runs\/([^/]+)\/network\.json$/.exec(key)?.[1] ?? []);
}

/** Null where the bucket does not know the network. */
export async function readTraces(bucket: TracesBucket, network: string): Promise<Traces | null> {
  const noted: NetworkNote | null = await read(bucket, networkNoteObject(network), networkNoteSchema);
  if (!noted) return null;
  const keys = new Set([...(await bucket.list(`runs/${network}/`)), ...(await bucket.list(`reports/${network}/`))]);
  const runs = await readRuns(bucket, noted, keys);
  const newest = newestNote({ runs });
  const planned = new Set(runs.map(({ note }) => note?.topologyObject));
  const revisions = await bucket.list(`revisions/${network}/`);
  return {
    network,
    incarnation: noted.incarnation,
    source: newest?.source ?? noted.source,
    runs,
    ...(await readPlansAndRecords(bucket, network, runs, keys)),
    topology: newest === null ? null : await readTopology(bucket, newest),
    unplanned: revisions.filter((object) => !planned.has(object)),
  };
}

async function readRuns(
  bucket: TracesBucket,
  { network, incarnation }: NetworkNote,
  keys: ReadonlySet<string>,
): Promise<RunTrace[]> {
  const ids = new Set([...keys].flatMap((key) => /^(?:runs|reports)\/[^/]+\/([^/]+)\//.exec(key)?.[1] ?? []));
  const runs: RunTrace[] = [];
  for (const id of ids) {
    const sequence = sequenceOf(id, incarnation);
    if (sequence === null) continue;
    const run = id as RunId;
    const report = reportObject(network, run);
    runs.push({
      run,
      sequence,
      note: keys.has(runNoteObject(network, run))
        ? await read(bucket, runNoteObject(network, run), runNoteSchema)
        : null,
      outcome: keys.has(report) ? ((await read(bucket, report, outcomeSchema))?.outcome ?? null) : null,
    });
  }
  return runs.sort((one, other) => one.sequence - other.sequence);
}

const outcomeSchema = z.object({
  outcome: z.enum(OUTCOMES) satisfies z.ZodType<Outcome>,
});

/** A run's kept records account for all plans before it. */
async function readPlansAndRecords(
  bucket: TracesBucket,
  network: string,
  runs: readonly RunTrace[],
  keys: ReadonlySet<string>,
): Promise<{ plans: Plan[]; records: ResourceRecord[] }> {
  const plans: Plan[] = [];
  for (const { run, note } of [...runs].reverse()) {
    const object = note && planObject(network, run, note.planHash);
    const plan = object !== null && keys.has(object) ? await read(bucket, object, planSchema) : null;
    if (plan) plans.push(plan);
    if (!keys.has(recordsObject(network, run))) continue;
    const kept = await read(bucket, recordsObject(network, run), recordsSchema);
    if (kept) return { plans, records: kept.records };
  }
  return { plans, records: [] };
}

const recordsSchema = z.object({ records: listOf(recordSchema) });

/** What a recovery reads of it; the rest was made by the planner and is kept as it is. */
const planSchema = z.custom<Plan>(
  (value) =>
    z
      .looseObject({
        revision: z.int(),
        tasks: listOf(z.looseObject({ id: resourceId, kind, desired: desired.nullable() })),
      })
      .safeParse(value).success,
);

async function readTopology(bucket: TracesBucket, note: RunNote): Promise<Traces['topology']> {
  const bytes = await bucket.get(note.topologyObject);
  const topology = bytes && readRevision(bytes, note.topologyObject);
  return bytes && topology ? { object: note.topologyObject, hash: sha256Hex(bytes), parsed: topology } : null;
}

async function read<T>(bucket: TracesBucket, key: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await bucket.get(key);
  return bytes && fromStored(schema, new TextDecoder().decode(bytes), `the object ${key}`);
}
