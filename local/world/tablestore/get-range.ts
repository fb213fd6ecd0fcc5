/** GetRange: rows in key order, a page at a time. A page may be empty and still have a next one: the filter ate it. */
import type { Context } from '../world';
import { readUnits } from './capacity';
import { checkKeyCells } from './check-write';
import { encodeKey, successor } from './key-order';
import type { Operations } from './operations';
import { checkReading, livingRow, view } from './read-row';
import { findReadyTable, namedKey, type RowRecord, rangeKey, rowsOf } from './table';
import { invalid } from './tablestore-error';
import { type Row, type StoredKeyCell, sizeOfRow } from './values';

const MOST_ROWS = 5_000;
const MOST_BYTES = 4 * 1_024 * 1_024;

type Input = Operations['GetRange']['input'];

export function getRange(context: Context, input: Input): Operations['GetRange']['result'] {
  checkKeyCells(input.start);
  checkKeyCells(input.end);
  checkReading(input.reading);
  if (input.limit !== null && input.limit <= 0) throw invalid('The limit must be greater than 0.');
  const table = findReadyTable(context, input.table);
  const keys = keysOfRange(
    context,
    input,
    encodeKey(rangeKey(table, input.start)),
    encodeKey(rangeKey(table, input.end)),
  );
  const limit = Math.min(input.limit ?? MOST_ROWS, MOST_ROWS);
  const rows: Row[] = [];
  let scanned = 0;
  let bytes = 0;
  let next: StoredKeyCell[] | null = null;
  for (const key of keys) {
    const row = context.state.get<RowRecord>(rowsOf(table.table), key);
    const living = row ? livingRow(context, table, row) : null;
    if (!living) continue;
    const primaryKey = namedKey(table, living.key);
    if (rows.length === limit || scanned === MOST_ROWS || bytes > MOST_BYTES) {
      next = primaryKey;
      break;
    }
    scanned += 1;
    bytes += sizeOfRow({ primaryKey, columns: living.columns });
    const seen = view(table, living, input.reading);
    if (seen) rows.push(seen);
  }
  return { consumed: readUnits(bytes), rows, next };
}

/** In the order of reading. Forward is [start, end); backward is from start down to, and without, end. */
function keysOfRange(context: Context, { table, direction }: Input, start: string, end: string): readonly string[] {
  if (direction === 'forward') {
    if (start >= end) throw invalid('Begin key must less than end key in FORWARD.');
    return context.state.keysBetween(rowsOf(table), start, end);
  }
  if (start <= end) throw invalid('Begin key must more than end key in BACKWARD.');
  return [...context.state.keysBetween(rowsOf(table), successor(end), successor(start))].reverse();
}
