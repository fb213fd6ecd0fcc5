import * as z from 'zod';
import type { ResourceRecord } from '../engine/record';
import { recordSchema } from '../engine/record-schema';
import type { NetworkKey, RunStore, TaskStore } from '../engine/store';
import { checkStored, fromStored, withFormat } from '../format';
import { canonicalJson, type Json } from '../json';
import type { ResourceId } from '../plan/desired';
import type { Columns, PrimaryKey } from './table-client';
import { networkKey, type Tables } from './tables';

const columnsSchema = z.looseObject({ version: z.number(), record: z.string() });

const ownerKey = ({ network, incarnation }: NetworkKey): PrimaryKey => [
  ...networkKey(network),
  ['incarnation', incarnation],
];
const recordKey = (owner: NetworkKey, id: ResourceId): PrimaryKey => [...ownerKey(owner), ['resource', id]];

export const recordOf = (columns: Columns): ResourceRecord => {
  const { version, record } = checkStored(columnsSchema, columns, 'the record of a resource');
  return { ...fromStored(recordSchema, record, 'the record of a resource'), version };
};

export const readRecords =
  ({ client, name }: Tables): TaskStore['readRecords'] =>
  async (owner, ids) => {
    const rows = await client.batchGet(
      name('records'),
      [...new Set(ids)].map((id) => recordKey(owner, id)),
    );
    return new Map(rows.map((row) => recordOf(row.columns)).map((record) => [record.id, record]));
  };

export const allRecords =
  ({ client, name }: Tables): RunStore['allRecords'] =>
  async (owner) =>
    (await client.range(name('records'), ownerKey(owner))).map((row) => recordOf(row.columns));

/**
 * Compare-and-set on the version. A refusal is read back: where the row holds exactly what was to be written, an
 * earlier try of this very write was applied and its answer lost.
 */
export const writeRecord =
  ({ client, name }: Tables): TaskStore['writeRecord'] =>
  async (owner, record) => {
    const key = recordKey(owner, record.id);
    const next: ResourceRecord = { ...record, version: record.version + 1 };
    const text = canonicalJson(withFormat(next) as unknown as Json);
    const columns = { version: next.version, record: text };
    const written =
      record.version === 0
        ? await client.put(name('records'), key, columns, { row: 'expect-absent' })
        : await client.update(name('records'), key, columns, {
            row: 'expect-exist',
            columns: { version: record.version },
          });
    if (written) return next;
    const row = await client.get(name('records'), key);
    return row?.record === text ? next : null;
  };
