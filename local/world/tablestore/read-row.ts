/** What a read sees of a row: versions, columns asked for, then the filter, in the service's order. */
import type { Context } from '../world';
import { checkFilter, passes } from './filter';
import { encodeKey } from './key-order';
import type { Reading } from './operations';
import { checkColumnName, namedKey, type RowRecord, rowsOf, type TableRecord } from './table';
import { invalid } from './tablestore-error';
import type { Column, KeyValue, Row } from './values';

const MOST_COLUMNS_TO_GET = 1_024;

export function checkReading(reading: Reading): void {
  reading.columns.forEach(checkColumnName);
  if (reading.columns.length > MOST_COLUMNS_TO_GET)
    throw invalid(
      `The number of columns from the request exceeds the limit, limit count: ${MOST_COLUMNS_TO_GET}, column count: ${reading.columns.length}.`,
    );
  if (reading.maxVersions === null && reading.time === null)
    throw invalid('No version condition is specified while querying row.');
  if (reading.maxVersions !== null && reading.maxVersions <= 0)
    throw invalid(`Invalid max versions: ${reading.maxVersions}. Reason: Max versions must be positive.`);
  if (reading.filter) checkFilter(reading.filter);
}

/** The row under a key as it is now, without what has outlived the table's time to live; null where there is none. */
export function findRow(context: Context, table: TableRecord, key: readonly KeyValue[]): RowRecord | null {
  const row = context.state.get<RowRecord>(rowsOf(table.table), encodeKey(key));
  return row ? livingRow(context, table, row) : null;
}

/** A row all of whose columns have expired is gone; one that never had any stays. */
export function livingRow(context: Context, table: TableRecord, row: RowRecord): RowRecord | null {
  const { timeToLive } = table.options;
  if (timeToLive === -1 || row.columns.length === 0) return row;
  const columns = row.columns.filter(({ timestamp }) => timestamp + timeToLive * 1_000 > context.now);
  return columns.length === 0 ? null : { ...row, columns };
}

/**
 * Null where the reading shows nothing of the row: the filter says no, or none of the columns asked for is there.
 * The whole primary key comes with every row.
 */
export function view(table: TableRecord, row: RowRecord, reading: Reading): Row | null {
  const { columns, time, startColumn, endColumn, filter } = reading;
  const asked = new Set(columns);
  const seen = row.columns.filter(
    ({ name, timestamp }) =>
      (asked.size === 0 || asked.has(name)) &&
      (time === null || (timestamp >= time.from && timestamp < time.to)) &&
      (startColumn === null || name >= startColumn) &&
      (endColumn === null || name < endColumn),
  );
  const keyAsked = table.primaryKey.some(({ name }) => asked.has(name));
  if (asked.size > 0 && seen.length === 0 && !keyAsked) return null;
  if (filter && !passes(filter, seen)) return null;
  return { primaryKey: namedKey(table, row.key), columns: paginate(seen, reading) };
}

const paginate = (columns: Column[], { filter }: Reading): Column[] =>
  filter?.type === 'pagination' ? columns.slice(filter.offset, filter.offset + filter.limit) : columns;
