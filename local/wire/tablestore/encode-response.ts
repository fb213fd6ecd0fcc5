/** From the world's results to protobuf and plainbuffer. */
import type {
  OperationName,
  Operations,
  RowResult,
  TableDescription,
  Throughput,
} from '../../world/tablestore/operations';
import type { Row, StoredKeyCell } from '../../world/tablestore/values';
import { encode } from './message';
import type { PlainCell, PlainRow } from './plainbuffer';
import {
  BatchResponse,
  DescribeTableResponse,
  GetRangeResponse,
  GetRowResponse,
  ListTableResponse,
  UpdateTableResponse,
  WriteRowResponse,
} from './protocol';
import { encodeRows } from './write-plainbuffer';

type Encoders = { [K in OperationName]: (result: Operations[K]['result']) => Buffer };

const ENCODERS: Encoders = {
  CreateTable: () => Buffer.alloc(0),
  DeleteTable: () => Buffer.alloc(0),
  ListTable: ({ tables }) => encode(ListTableResponse, { tableNames: tables }),
  DescribeTable: describeTable,
  UpdateTable: (table) =>
    encode(UpdateTableResponse, { reservedThroughputDetails: throughputOf(table), tableOptions: optionsOf(table) }),
  GetRow: ({ consumed, row }) => encode(GetRowResponse, { consumed: capacity(consumed), row: rowBytes(row) }),
  WriteRow: ({ consumed, row }) =>
    encode(WriteRowResponse, { consumed: capacity(consumed), row: row && rowBytes(row) }),
  BatchGetRow: batch,
  BatchWriteRow: batch,
  GetRange: ({ consumed, rows, next }) =>
    encode(GetRangeResponse, {
      consumed: capacity(consumed),
      rows: encodeRows(rows.map(plainRow)),
      nextStartPrimaryKey: next && encodeRows([{ primaryKey: next.map(keyCell), columns: [], deleted: false }]),
    }),
};

export function encodeResult(operation: OperationName, result: Operations[OperationName]['result']): Buffer {
  const encoder: (result: never) => Buffer = ENCODERS[operation];
  // The world answers each operation with its own result.
  return encoder(result as never);
}

function describeTable(table: TableDescription): Buffer {
  return encode(DescribeTableResponse, {
    tableMeta: {
      tableName: table.table,
      primaryKey: table.primaryKey.map(({ name, type, autoIncrement }) => ({
        name,
        type,
        option: autoIncrement ? ('auto-increment' as const) : null,
      })),
      definedColumn: table.definedColumns,
    },
    reservedThroughputDetails: throughputOf(table),
    tableOptions: optionsOf(table),
    tableStatus: table.status,
  });
}

const throughputOf = ({ throughput, throughputChangedAt }: TableDescription) => ({
  capacityUnit: throughput,
  lastIncreaseTime: Math.floor(throughputChangedAt / 1_000),
  lastDecreaseTime: null,
});

const optionsOf = ({ options }: TableDescription) => ({
  timeToLive: options.timeToLive,
  maxVersions: options.maxVersions,
  deviationCellVersionInSec: options.maxTimeDeviation,
  allowUpdate: options.allowUpdate,
});

function batch({
  tables,
}: {
  tables: { table: string; rows: RowResult<{ consumed: Throughput; row: Row | null }>[] }[];
}): Buffer {
  return encode(BatchResponse, {
    tables: tables.map(({ table, rows }) => ({
      tableName: table,
      rows: rows.map((row) =>
        row.ok
          ? { isOk: true, error: null, consumed: capacity(row.consumed), row: row.row && rowBytes(row.row) }
          : { isOk: false, error: { code: row.code, message: row.message }, consumed: null, row: null },
      ),
    })),
  });
}

const capacity = (consumed: Throughput) => ({ capacityUnit: consumed });

/** No row is no bytes: what clients take for "not found". */
const rowBytes = (row: Row | null): Buffer => encodeRows(row ? [plainRow(row)] : []);

const plainRow = ({ primaryKey, columns }: Row): PlainRow => ({
  primaryKey: primaryKey.map(keyCell),
  columns: columns.map(({ name, value, timestamp }) => ({ name, value, timestamp, operation: null })),
  deleted: false,
});

const keyCell = ({ name, value }: StoredKeyCell): PlainCell => ({ name, value, operation: null, timestamp: null });
