/** PutRow, UpdateRow and DeleteRow: condition, then change, one row at a time and whole or not at all. */
import type { Context } from '../world';
import { writeUnits } from './capacity';
import { checkWrite } from './check-write';
import { passes } from './filter';
import { encodeKey } from './key-order';
import type { ColumnChange, Condition, Write, Written } from './operations';
import { findRow } from './read-row';
import { findReadyTable, matchKey, namedKey, type RowRecord, rowsOf, SEQUENCES, type TableRecord } from './table';
import { conditionFailed, invalid, keyMismatch } from './tablestore-error';
import { type Column, type KeyValue, sizeOf, sizeOfRow } from './values';

export function writeRow(context: Context, { table, write }: { table: string; write: Write }): Written {
  checkWrite(write);
  return applyWrite(context, findReadyTable(context, table), write);
}

/** For a write that `checkWrite` has passed. */
export function applyWrite(context: Context, table: TableRecord, write: Write): Written {
  const key = writtenKey(context, table, write);
  const before = findRow(context, table, key);
  if (!holds(write.condition, before)) throw conditionFailed();
  const after = changedRow(context, table, write, key, before);
  const rows = rowsOf(table.table);
  if (after) context.state.put(rows, encodeKey(key), after);
  else context.state.delete(rows, encodeKey(key));
  const conditional = write.condition.existence !== 'ignore' || write.condition.filter !== null;
  return { consumed: writeUnits(sizeOfWrite(write), conditional), row: returned(table, write, key, after) };
}

/** A missing row passes as one without columns, unless the condition expects it. */
function holds({ existence, filter }: Condition, row: RowRecord | null): boolean {
  if (existence === 'expect-exist' && row === null) return false;
  if (existence === 'expect-not-exist' && row !== null) return false;
  return filter === null || passes(filter, row?.columns ?? []);
}

function changedRow(
  context: Context,
  table: TableRecord,
  write: Write,
  key: KeyValue[],
  before: RowRecord | null,
): RowRecord | null {
  if (write.type === 'delete') return null;
  const columns = new Map<string, Column>();
  if (write.type === 'put') {
    for (const { name, value, timestamp } of write.columns)
      columns.set(name, { name, value, timestamp: versionOf(context, table, name, timestamp) });
  } else {
    for (const column of before?.columns ?? []) columns.set(column.name, column);
    for (const change of write.changes) applyChange(context, table, columns, change);
    // Deleting columns of a row that is not there makes no row.
    if (before === null && columns.size === 0) return null;
  }
  return { key, columns: [...columns.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function applyChange(context: Context, table: TableRecord, columns: Map<string, Column>, change: ColumnChange): void {
  const { name } = change;
  const existing = columns.get(name);
  switch (change.type) {
    case 'delete-all':
      columns.delete(name);
      return;
    case 'delete-version':
      if (existing?.timestamp === change.timestamp) columns.delete(name);
      return;
    case 'put': {
      const timestamp = versionOf(context, table, name, change.timestamp);
      // One version is kept, the newest: an older one that comes late is dropped.
      if (!existing || existing.timestamp <= timestamp) columns.set(name, { name, value: change.value, timestamp });
      return;
    }
    case 'increment':
      columns.set(name, {
        name,
        value: { type: 'integer', value: incremented(existing, change).toString() },
        timestamp: versionOf(context, table, name, change.timestamp),
      });
  }
}

function incremented(existing: Column | undefined, change: Extract<ColumnChange, { type: 'increment' }>): bigint {
  const from = existing?.value ?? { type: 'integer', value: '0' };
  if (change.value.type !== 'integer' || from.type !== 'integer')
    throw invalid(`Invalid column type for INCREMENT: '${change.name}' must be INTEGER.`);
  return BigInt.asIntN(64, BigInt(from.value) + BigInt(change.value.value));
}

/** Now, or the version given, where it is within the table's deviation. */
function versionOf(context: Context, table: TableRecord, name: string, timestamp: number | null): number {
  if (timestamp === null) return context.now;
  const deviation = table.options.maxTimeDeviation * 1_000;
  const { timeToLive } = table.options;
  const oldest = context.now - (timeToLive === -1 ? deviation : Math.min(deviation, timeToLive * 1_000));
  if (timestamp < oldest || timestamp >= context.now + deviation) throw invalid(`Invalid timestamp. Cell: '${name}'.`);
  return timestamp;
}

/** The key's values, AUTO_INCREMENT drawn: unique and growing within the table, not gapless. */
function writtenKey(context: Context, table: TableRecord, write: Write): KeyValue[] {
  return matchKey(table, write.primaryKey).map((value) => {
    if (value.type === 'inf-min' || value.type === 'inf-max') throw keyMismatch();
    if (value.type !== 'auto-increment') return value;
    if (write.type === 'delete') throw invalid('Invalid row to delete which with pk auto increment.');
    if (write.condition.existence !== 'ignore' || write.condition.filter)
      throw invalid("Can't set condition when modify row with pk auto increment.");
    const last = context.state.get<number>(SEQUENCES, table.table) ?? 0;
    const next = Math.max(last + 1, Math.floor(context.now) * 1_000);
    context.state.put(SEQUENCES, table.table, next);
    return { type: 'integer', value: String(next) };
  });
}

function returned(table: TableRecord, write: Write, key: KeyValue[], after: RowRecord | null): Written['row'] {
  const { returnContent } = write;
  if (returnContent.type === 'none') return null;
  const primaryKey = namedKey(table, key);
  if (returnContent.type === 'primary-key') return { primaryKey, columns: [] };
  return { primaryKey, columns: (after?.columns ?? []).filter(({ name }) => returnContent.columns.includes(name)) };
}

export const sizeOfWrite = (write: Write): number =>
  write.primaryKey.reduce((sum, { name, value }) => sum + name.length + sizeOf(value), 0) +
  (write.type === 'put'
    ? sizeOfRow({ primaryKey: [], columns: write.columns.map((column) => ({ ...column, timestamp: 0 })) })
    : write.type === 'update'
      ? write.changes.reduce(
          (sum, change) => sum + change.name.length + ('value' in change ? sizeOf(change.value) : 0),
          0,
        )
      : 0);
