/** A task's row: what it keeps of the plan as JSON, what conditions look at as columns of its own. */
import * as z from 'zod';
import { epochMs } from '../clock';
import { type ChainHead, NO_CHAIN } from '../engine/event';
import type { RunId } from '../engine/run';
import { desired, jsonObject, kind, resourceId, step, taskId } from '../engine/stored-shapes';
import type { Failure, Task, TaskDefinition, TaskOutcome, TaskState } from '../engine/task';
import { checkStored, fromStored, withFormat } from '../format';
import type { Json } from '../json';
import type { TaskId } from '../plan/plan';
import type { Columns, Row } from './table-client';

export const EDGE_PREFIX = 'e_';

const ROW = 'the row of a task';

const outcome = z.enum(['done', 'failed', 'undone']);

const columnsSchema = z.looseObject({
  definition: z.string(),
  state: z.enum(['open', 'done', 'failed', 'undone']),
  wake: z.number(),
  owner: z.string(),
  epoch: z.number(),
  leaseUntil: z.number(),
  attempts: z.number(),
  dueAt: z.number(),
  /** 0: not moved yet. */
  deadlineAt: z.number(),
  propagated: z.boolean(),
  /** Empty: none. */
  failure: z.string(),
  progress: z.string(),
  chainLength: z.number(),
  chainDigest: z.string(),
});

const definitionSchema: z.ZodType<TaskDefinition> = z.object({
  run: z.custom<RunId>((value) => typeof value === 'string'),
  id: taskId,
  resource: resourceId.nullable(),
  step,
  kind,
  action: z.enum(['create', 'update', 'remove', 'adopt', 'keep']),
  desired: desired.nullable(),
  desiredHash: z.string().nullable(),
  adopts: z.string().nullable().default(null),
  needs: z.array(taskId),
  edges: z.array(taskId),
  dependents: z.array(z.object({ id: taskId, step, ordinal: z.int().min(0) })),
});

const failureSchema: z.ZodType<Failure> = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
});

export function freshTask(definition: TaskDefinition, dueAt: number): Columns {
  return {
    definition: JSON.stringify(withFormat(definition)),
    state: 'open' satisfies TaskState,
    wake: 0,
    owner: '',
    epoch: 0,
    leaseUntil: 0,
    attempts: 0,
    dueAt,
    deadlineAt: 0,
    propagated: false,
    failure: '',
    progress: '{}',
    ...chainColumns(NO_CHAIN),
  };
}

export function taskOf(columns: Columns): Task {
  const row = checkStored(columnsSchema, columns, ROW);
  const definition = fromStored(definitionSchema, row.definition, ROW);
  return {
    ...definition,
    state: row.state,
    wake: row.wake,
    owner: row.owner,
    epoch: row.epoch,
    leaseUntil: epochMs(row.leaseUntil),
    attempts: row.attempts,
    dueAt: epochMs(row.dueAt),
    deadlineAt: row.deadlineAt === 0 ? null : epochMs(row.deadlineAt),
    propagated: row.propagated,
    failure: row.failure === '' ? null : fromStored(failureSchema, row.failure, ROW),
    progress: fromStored(jsonObject, row.progress, ROW),
    chain: { length: row.chainLength, digest: row.chainDigest },
    edgeOutcomes: edgesOf(columns),
  };
}

function edgesOf(columns: Columns): ReadonlyMap<number, TaskOutcome> {
  const edges = Object.entries(columns).filter(([name]) => name.startsWith(EDGE_PREFIX));
  return new Map(
    edges.map(([name, value]) => [Number(name.slice(EDGE_PREFIX.length)), checkStored(outcome, value, ROW)]),
  );
}

export const failureColumn = (failure: Failure | null): string =>
  failure === null ? '' : JSON.stringify(failure satisfies { [K in keyof Failure]: Json });

export const chainColumns = ({ length, digest }: ChainHead): Columns => ({ chainLength: length, chainDigest: digest });

export const taskIdOf = (row: Row): TaskId => row.key.find(([name]) => name === 'task')?.[1] as TaskId;

/** One column an edge: the service allows letters, digits and underscores in names. */
export const edgeColumn = (ordinal: number): string => `${EDGE_PREFIX}${ordinal}`;
