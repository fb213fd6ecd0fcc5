/** BatchGetRow and BatchWriteRow: the request is refused as a whole, rows fail one by one. */
import type { Context } from '../world';
import { checkKeyCells, checkWrite } from './check-write';
import { getRow } from './get-row';
import type { Operations, RowResult } from './operations';
import { checkReading } from './read-row';
import { checkTableName, findReadyTable } from './table';
import { invalid, TablestoreError } from './tablestore-error';
import type { KeyCell } from './values';
import { applyWrite, sizeOfWrite } from './write-row';

const MOST_READS = 100;
const MOST_WRITES = 200;
const MOST_WRITTEN_BYTES = 4 * 1_024 * 1_024;

export function batchGetRow(
  context: Context,
  { tables }: Operations['BatchGetRow']['input'],
): Operations['BatchGetRow']['result'] {
  const count = tables.reduce((sum, { primaryKeys }) => sum + primaryKeys.length, 0);
  if (count === 0) throw invalid('No row specified in the request of BatchGetRow.');
  if (count > MOST_READS) throw invalid(`Rows count exceeds the upper limit: ${MOST_READS}.`);
  checkTables(tables);
  for (const { primaryKeys, reading } of tables) {
    checkReading(reading);
    primaryKeys.forEach(checkKeyCells);
    if (hasDuplicates(primaryKeys)) throw invalid('Duplicate rows detected in MultiGet.');
  }
  return {
    tables: tables.map(({ table, primaryKeys, reading }) => ({
      table,
      rows: primaryKeys.map((primaryKey) => attempt(context, () => getRow(context, { table, primaryKey, reading }))),
    })),
  };
}

export function batchWriteRow(
  context: Context,
  { tables }: Operations['BatchWriteRow']['input'],
): Operations['BatchWriteRow']['result'] {
  const writes = tables.flatMap((part) => part.writes);
  if (writes.length === 0) throw invalid('No row is specified in BatchWriteRow.');
  if (writes.length > MOST_WRITES) throw invalid(`Rows count exceeds the upper limit: ${MOST_WRITES}.`);
  checkTables(tables);
  for (const { table, writes: ofTable } of tables) {
    if (ofTable.length === 0) throw invalid(`No operation is specified for table: '${table}'.`);
    ofTable.forEach(checkWrite);
    checkRepetition(ofTable);
  }
  const size = writes.reduce((sum, write) => sum + sizeOfWrite(write), 0);
  if (size > MOST_WRITTEN_BYTES)
    throw invalid(
      `The total data size of BatchWriteRow request exceeds the limit, limit size: ${MOST_WRITTEN_BYTES}, data size: ${size}.`,
    );
  return {
    tables: tables.map(({ table, writes: ofTable }) => ({
      table,
      rows: ofTable.map((write) => attempt(context, () => applyWrite(context, findReadyTable(context, table), write))),
    })),
  };
}

function checkTables(tables: readonly { table: string }[]): void {
  const seen = new Set<string>();
  for (const { table } of tables) {
    checkTableName(table);
    if (seen.has(table)) throw invalid(`Duplicated table name: '${table}'.`);
    seen.add(table);
  }
}

/** One row twice in a batch has no order: the service refuses it, with the message that names what was at stake. */
function checkRepetition(writes: Operations['BatchWriteRow']['input']['tables'][number]['writes']): void {
  if (!hasDuplicates(writes.map(({ primaryKey }) => primaryKey))) return;
  if (writes.some(({ condition }) => condition.existence !== 'ignore'))
    throw invalid('Repeated rows do not support row exist expectation check in BatchModify.');
  if (writes.some(({ condition }) => condition.filter !== null))
    throw invalid('Repeated rows do not support row condition check in BatchModify.');
  throw invalid('Duplicate rows detected in MultiPut.');
}

/** AUTO_INCREMENT makes each its own row. */
function hasDuplicates(keys: readonly KeyCell[][]): boolean {
  const fixed = keys.filter((key) => key.every(({ value }) => value.type !== 'auto-increment'));
  return new Set(fixed.map((key) => JSON.stringify(key))).size < fixed.length;
}

function attempt<T>(context: Context, run: () => T): RowResult<T> {
  const savepoint = context.state.savepoint();
  try {
    return { ok: true, ...run() };
  } catch (error) {
    if (!(error instanceof TablestoreError)) throw error;
    context.state.rollback(savepoint);
    return { ok: false, code: error.code, message: error.message };
  }
}
