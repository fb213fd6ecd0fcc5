/** From protobuf and plainbuffer to the world's input. What cannot be read is the service's OTSParameterInvalid. */
import type { Condition, Reading, ReturnContent, TablestoreInput, Write } from '../../world/tablestore/operations';
import { invalid } from '../../world/tablestore/tablestore-error';
import type { KeyCell, KeyPart, Value } from '../../world/tablestore/values';
import { decodeFilter } from './decode-filter';
import { decode, type MessageOf } from './message';
import type { PlainCell, PlainRow } from './plainbuffer';
import {
  BatchGetRowRequest,
  BatchWriteRowRequest,
  type Condition as ConditionMessage,
  CreateTableRequest,
  GetRangeRequest,
  GetRowRequest,
  type ReturnContent as ReturnContentMessage,
  TableNameRequest,
  UpdateTableRequest,
  WriteRowRequest,
} from './protocol';
import { decodeRow } from './read-plainbuffer';

type Decoder = (body: Buffer) => TablestoreInput;

/** By the operation's name, as the path has it. */
export const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['CreateTable', createTable],
  ['ListTable', () => ({ operation: 'ListTable' })],
  ['DescribeTable', (body) => ({ operation: 'DescribeTable', table: decode(TableNameRequest, body).tableName })],
  ['UpdateTable', updateTable],
  ['DeleteTable', (body) => ({ operation: 'DeleteTable', table: decode(TableNameRequest, body).tableName })],
  ['GetRow', getRow],
  ['PutRow', (body) => writeRow('put', body)],
  ['UpdateRow', (body) => writeRow('update', body)],
  ['DeleteRow', (body) => writeRow('delete', body)],
  ['BatchGetRow', batchGetRow],
  ['BatchWriteRow', batchWriteRow],
  ['GetRange', getRange],
]);

function createTable(body: Buffer): TablestoreInput {
  const { tableMeta, reservedThroughput, tableOptions, indexMetas } = decode(CreateTableRequest, body);
  if (indexMetas.length > 0) throw invalid('The local cloud has no secondary indexes.');
  return {
    operation: 'CreateTable',
    table: tableMeta.tableName,
    primaryKey: tableMeta.primaryKey.map(({ name, type, option }) => ({ name, type, autoIncrement: option !== null })),
    definedColumns: tableMeta.definedColumn,
    options: optionsOf(tableOptions),
    throughput: {
      read: reservedThroughput.capacityUnit.read ?? 0,
      write: reservedThroughput.capacityUnit.write ?? 0,
    },
  };
}

function updateTable(body: Buffer): TablestoreInput {
  const { tableName, reservedThroughput, tableOptions } = decode(UpdateTableRequest, body);
  const { read = null, write = null } = reservedThroughput?.capacityUnit ?? {};
  return {
    operation: 'UpdateTable',
    table: tableName,
    options: tableOptions && optionsOf(tableOptions),
    throughput: reservedThroughput && { ...(read !== null && { read }), ...(write !== null && { write }) },
  };
}

function optionsOf(options: MessageOf<typeof CreateTableRequest>['tableOptions']) {
  const { timeToLive = null, maxVersions = null, deviationCellVersionInSec = null, allowUpdate = null } = options ?? {};
  return {
    ...(timeToLive !== null && { timeToLive }),
    ...(maxVersions !== null && { maxVersions }),
    ...(deviationCellVersionInSec !== null && { maxTimeDeviation: deviationCellVersionInSec }),
    ...(allowUpdate !== null && { allowUpdate }),
  };
}

function getRow(body: Buffer): TablestoreInput {
  const request = decode(GetRowRequest, body);
  refuseTransaction(request.transactionId);
  return {
    operation: 'GetRow',
    table: request.tableName,
    primaryKey: readKey(request.primaryKey),
    reading: readingOf(request),
  };
}

function writeRow(type: Write['type'], body: Buffer): TablestoreInput {
  const request = decode(WriteRowRequest, body);
  refuseTransaction(request.transactionId);
  return { operation: 'WriteRow', table: request.tableName, write: writeOf(type, request.row, request) };
}

function batchGetRow(body: Buffer): TablestoreInput {
  const tables = decode(BatchGetRowRequest, body).tables.map((part) => ({
    table: part.tableName,
    primaryKeys: part.primaryKey.map(readKey),
    reading: readingOf(part),
  }));
  return { operation: 'BatchGetRow', tables };
}

function batchWriteRow(body: Buffer): TablestoreInput {
  const request = decode(BatchWriteRowRequest, body);
  refuseTransaction(request.transactionId);
  const tables = request.tables.map(({ tableName, rows }) => ({
    table: tableName,
    writes: rows.map((row) => writeOf(row.type, row.rowChange, row)),
  }));
  return { operation: 'BatchWriteRow', tables };
}

function getRange(body: Buffer): TablestoreInput {
  const request = decode(GetRangeRequest, body);
  refuseTransaction(request.transactionId);
  return {
    operation: 'GetRange',
    table: request.tableName,
    direction: request.direction,
    start: readKey(request.inclusiveStartPrimaryKey),
    end: readKey(request.exclusiveEndPrimaryKey),
    limit: request.limit,
    reading: readingOf(request),
  };
}

/** Ignoring the id would break the isolation that the caller counts on. */
function refuseTransaction(id: string | null): void {
  if (id) throw invalid('TransactionID is invalid.');
}

function readingOf(
  request: Pick<
    MessageOf<typeof GetRowRequest>,
    'columnsToGet' | 'maxVersions' | 'timeRange' | 'filter' | 'startColumn' | 'endColumn'
  >,
): Reading {
  const { columnsToGet, maxVersions, filter, startColumn, endColumn } = request;
  return {
    columns: columnsToGet,
    maxVersions,
    time: timeOf(request.timeRange),
    filter: decodeFilter(filter),
    startColumn: startColumn || null,
    endColumn: endColumn || null,
  };
}

function timeOf(range: MessageOf<typeof GetRowRequest>['timeRange']): Reading['time'] {
  if (range === null) return null;
  const { startTime, endTime, specificTime } = range;
  if (specificTime !== null) return { from: specificTime, to: specificTime + 1 };
  if (startTime === null || endTime === null) throw invalid('Start and end time must be given at the same time.');
  return { from: startTime, to: endTime };
}

function readKey(bytes: Buffer): KeyCell[] {
  const row = decodeRow(bytes);
  if (row.columns.length > 0) throw invalid('Attribute column cannot be given while reading data.');
  if (row.deleted) throw invalid('Delete marker cannot be given.');
  return row.primaryKey.map(keyCell);
}

function keyCell({ name, value, operation, timestamp }: PlainCell): KeyCell {
  if (value === null) throw invalid(`No value is given for primary key name: '${name}'.`);
  if (operation !== null) throw invalid(`OpType cannot be given for primary key name: '${name}'.`);
  if (timestamp !== null) throw invalid(`Timestamp cannot be given for primary key name: '${name}'.`);
  if (value.type === 'double' || value.type === 'boolean')
    throw invalid(`${value.type.toUpperCase()} is an invalid type for the primary key.`);
  return { name, value };
}

function writeOf(
  type: Write['type'],
  bytes: Buffer,
  request: {
    condition: MessageOf<typeof ConditionMessage>;
    returnContent: MessageOf<typeof ReturnContentMessage> | null;
  },
): Write {
  const row = decodeRow(bytes);
  if (type === 'delete') checkDeletion(row);
  else if (row.deleted) throw invalid('Invalid request of put/update row: unexpected RowDeleteMarker in request.');
  const common = {
    primaryKey: row.primaryKey.map(keyCell),
    condition: conditionOf(request.condition),
    returnContent: returnContentOf(request.returnContent),
  };
  switch (type) {
    case 'put':
      return { ...common, type, columns: row.columns.map(putCell) };
    case 'update':
      return { ...common, type, changes: row.columns.map(changeCell) };
    case 'delete':
      return { ...common, type };
  }
}

function checkDeletion(row: PlainRow): void {
  if (!row.deleted) throw invalid('Invalid request of delete row: missing RowDeleteMarker in request.');
  if (row.columns.length > 0) throw invalid('Invalid delete row request: unexpected cells in request.');
}

const conditionOf = ({ rowExistence, columnCondition }: MessageOf<typeof ConditionMessage>): Condition => ({
  existence: rowExistence,
  filter: decodeFilter(columnCondition),
});

function returnContentOf(content: MessageOf<typeof ReturnContentMessage> | null): ReturnContent {
  const type = content?.returnType ?? 'none';
  return type === 'after-modify' ? { type, columns: content?.returnColumnNames ?? [] } : { type };
}

function putCell({ name, value, operation, timestamp }: PlainCell) {
  if (operation !== null) throw invalid(`OpType cannot be given for column name: '${name}' in PutRow.`);
  return { name, value: columnValue(name, value), timestamp };
}

function changeCell({ name, value, operation, timestamp }: PlainCell) {
  switch (operation) {
    case null:
      return { type: 'put' as const, name, value: columnValue(name, value), timestamp };
    case 'increment':
      return { type: operation, name, value: columnValue(name, value), timestamp };
    case 'delete-version':
      if (timestamp === null) throw invalid('Timestamp must be given when type is DELETE_ONE_VERSION.');
      return { type: operation, name, timestamp };
    case 'delete-all':
      if (timestamp !== null) throw invalid('Timestamp cannot be given when type is DELETE_ALL_VERSION.');
      return { type: operation, name };
  }
}

function columnValue(name: string, value: Value | KeyPart | null): Value {
  if (value === null) throw invalid(`Cell data broken, attr has no value, name: ${name}.`);
  if (value.type === 'inf-min' || value.type === 'inf-max' || value.type === 'auto-increment')
    throw invalid(`${value.type.toUpperCase()} is an invalid type for the attribute column.`);
  return value;
}
