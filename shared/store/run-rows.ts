import * as z from 'zod';
import { epochMs } from '../clock';
import type { RunEvent } from '../engine/event';
import { OUTCOMES, type Run, type RunId, type RunState } from '../engine/run';
import type { OpenItem, RunStore, TaskStore } from '../engine/store';
import { epoch } from '../engine/stored-shapes';
import { checkStored, fromStored, withFormat } from '../format';
import type { Columns, Condition, PrimaryKey } from './table-client';
import { keyHash, runKey, type Tables } from './tables';

/** No column may be named like a key column. */
const columnsSchema = z.looseObject({
  document: z.string(),
  state: z.enum(['starting', 'ready', 'stopping', 'ended']),
  endedAt: z.number().optional(),
  outcome: z.enum(OUTCOMES).optional(),
  seal: z.string().optional(),
});

const documentSchema: z.ZodType<Run> = z.object({
  id: z.custom<RunId>((value) => typeof value === 'string'),
  network: z.string(),
  incarnation: z.string(),
  revision: z.int().min(0),
  topologyObject: z.string(),
  planHash: z.string(),
  state: z.enum(['starting', 'ready', 'stopping', 'ended']),
  startedAt: epoch,
  endedAt: epoch.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  seal: z.string().nullable(),
});

const runOf = (columns: Columns): Run => {
  const { document, state, endedAt, outcome, seal } = checkStored(columnsSchema, columns, 'the row of a run');
  return {
    ...fromStored(documentSchema, document, 'the row of a run'),
    state,
    endedAt: endedAt === undefined ? null : epochMs(endedAt),
    outcome: outcome ?? null,
    seal: seal ?? null,
  };
};

export const createRun =
  ({ client, name }: Tables): RunStore['createRun'] =>
  async (run) => {
    const columns = { document: JSON.stringify(withFormat(run)), state: run.state };
    await client.put(name('runs'), runKey(run.id), columns, { row: 'expect-absent' });
  };

export const readRun =
  ({ client, name }: Tables): RunStore['readRun'] =>
  async (run) => {
    const columns = await client.get(name('runs'), runKey(run));
    return columns && runOf(columns);
  };

/** Tries each state that it may be in: conditions are equalities, and there are two at most. */
export const moveRun =
  ({ client, name }: Tables): RunStore['moveRun'] =>
  async (run, from, to) => {
    for (const state of from) {
      const moved = await client.update(
        name('runs'),
        runKey(run),
        { state: to },
        { row: 'expect-exist', columns: { state } },
      );
      if (moved) return true;
    }
    return false;
  };

const OPEN: readonly RunState[] = ['ready', 'stopping', 'starting'];

/** One that has ended stays as it ended: tries each state that it may be in, as moveRun does. */
export const endRun =
  ({ client, name }: Tables): RunStore['endRun'] =>
  async (run, { outcome, endedAt, seal }) => {
    const columns = { state: 'ended', outcome, endedAt, seal };
    for (const state of OPEN)
      if (await client.update(name('runs'), runKey(run), columns, { row: 'expect-exist', columns: { state } })) return;
  };

const eventSchema: z.ZodType<RunEvent> = z.object({
  at: epoch,
  task: z.string(),
  wake: z.int(),
  epoch: z.int(),
  owner: z.string(),
  what: z.string(),
  calls: z.array(
    z.object({
      service: z.string(),
      region: z.string().nullable(),
      action: z.string(),
      requestId: z.string().nullable(),
      code: z.string().nullable(),
    }),
  ),
  number: z.int(),
  previous: z.string(),
});

const eventColumns = z.looseObject({ event: z.string() });

const eventOf = (columns: Columns): RunEvent =>
  fromStored(eventSchema, checkStored(eventColumns, columns, 'an event of a run').event, 'an event of a run');

/** Keyed by time, task, wake and owner: two writes of one event are one row, and none replaces another. */
export const appendEvent =
  ({ client, name }: Tables): TaskStore['appendEvent'] =>
  async (run, event) => {
    const key: PrimaryKey = [...runKey(run), ['at', event.at], ['entry', `${event.task}#${event.wake}#${event.owner}`]];
    await client.put(name('events'), key, { event: JSON.stringify(withFormat(event)) }, { row: 'expect-absent' });
  };

export const readEvents =
  ({ client, name }: Tables): RunStore['readEvents'] =>
  async (run) =>
    (await client.range(name('events'), runKey(run))).map((row) => eventOf(row.columns));

const SHARDS = 16;

const openKey = ({ kind, id }: Pick<OpenItem, 'kind' | 'id'>): PrimaryKey => [
  ['shard', (Number.parseInt(keyHash(id), 16) % SHARDS).toString(16)],
  ['kind', kind],
  ['id', id],
];

export const noteOpen =
  ({ client, name }: Tables): RunStore['noteOpen'] =>
  async (item) => {
    const columns = { network: item.network, at: item.at };
    await client.put(name('open'), openKey(item), columns, { row: 'ignore' });
  };

export const forgetOpen =
  ({ client, name }: Tables): RunStore['forgetOpen'] =>
  async (item) => {
    const condition: Condition =
      item.at === undefined ? { row: 'ignore' } : { row: 'expect-exist', columns: { at: item.at } };
    await client.delete(name('open'), openKey(item), condition);
  };

export const listOpen =
  ({ client, name }: Tables): RunStore['listOpen'] =>
  async () =>
    (await client.range(name('open'), [])).map(({ key, columns }) => ({
      kind: key[1]?.[1] as OpenItem['kind'],
      id: String(key[2]?.[1]),
      network: String(columns.network),
      at: epochMs(Number(columns.at)),
    }));
