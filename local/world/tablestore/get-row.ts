import type { Context } from '../world';
import { readUnits } from './capacity';
import { checkKeyCells } from './check-write';
import type { Operations } from './operations';
import { checkReading, findRow, view } from './read-row';
import { findReadyTable, namedKey, plainKey } from './table';
import { sizeOfRow } from './values';

/** A row that is not there costs a unit, like one that is. */
export function getRow(context: Context, input: Operations['GetRow']['input']): Operations['GetRow']['result'] {
  checkKeyCells(input.primaryKey);
  checkReading(input.reading);
  const table = findReadyTable(context, input.table);
  const row = findRow(context, table, plainKey(table, input.primaryKey));
  const size = row ? sizeOfRow({ primaryKey: namedKey(table, row.key), columns: row.columns }) : 0;
  return { consumed: readUnits(size), row: row && view(table, row, input.reading) };
}
