/** The messages of Tablestore's protocol (version 2015-12-31) that the local cloud speaks: names, rules and numbers. */
import { bool, bytes, int, message, oneOf, optional, repeated, required, text } from './message';

export const ErrorMessage = { code: required(1, text), message: optional(2, text) };

const CapacityUnit = { read: optional(1, int), write: optional(2, int) };
const ConsumedCapacity = { capacityUnit: required(1, message(CapacityUnit)) };
const ReservedThroughput = { capacityUnit: required(1, message(CapacityUnit)) };
const ReservedThroughputDetails = {
  capacityUnit: required(1, message(CapacityUnit)),
  lastIncreaseTime: required(2, int),
  lastDecreaseTime: optional(3, int),
};

const PrimaryKeySchema = {
  name: required(1, text),
  type: required(2, oneOf({ 1: 'integer', 2: 'string', 3: 'binary' })),
  option: optional(3, oneOf({ 1: 'auto-increment' })),
};
const DefinedColumnSchema = { name: required(1, text), type: required(2, int) };
const TableMeta = {
  tableName: required(1, text),
  primaryKey: repeated(2, message(PrimaryKeySchema)),
  definedColumn: repeated(3, message(DefinedColumnSchema)),
};
const TableOptions = {
  timeToLive: optional(1, int),
  maxVersions: optional(2, int),
  deviationCellVersionInSec: optional(5, int),
  allowUpdate: optional(6, bool),
};

export const CreateTableRequest = {
  tableMeta: required(1, message(TableMeta)),
  reservedThroughput: required(2, message(ReservedThroughput)),
  tableOptions: optional(3, message(TableOptions)),
  /** Read only to be refused: secondary indexes are not emulated. */
  indexMetas: repeated(7, bytes),
};
export const UpdateTableRequest = {
  tableName: required(1, text),
  reservedThroughput: optional(2, message(ReservedThroughput)),
  tableOptions: optional(3, message(TableOptions)),
};
export const UpdateTableResponse = {
  reservedThroughputDetails: required(1, message(ReservedThroughputDetails)),
  tableOptions: required(2, message(TableOptions)),
};
export const TableNameRequest = { tableName: required(1, text) };
export const DescribeTableResponse = {
  tableMeta: required(1, message(TableMeta)),
  reservedThroughputDetails: required(2, message(ReservedThroughputDetails)),
  tableOptions: required(3, message(TableOptions)),
  tableStatus: required(4, oneOf({ 1: 'active', 3: 'loading' })),
};
export const ListTableResponse = { tableNames: repeated(1, text) };

const TimeRange = { startTime: optional(1, int), endTime: optional(2, int), specificTime: optional(3, int) };

export const GetRowRequest = {
  tableName: required(1, text),
  primaryKey: required(2, bytes),
  columnsToGet: repeated(3, text),
  timeRange: optional(4, message(TimeRange)),
  maxVersions: optional(5, int),
  filter: optional(7, bytes),
  startColumn: optional(8, text),
  endColumn: optional(9, text),
  transactionId: optional(11, text),
};
export const GetRowResponse = { consumed: required(1, message(ConsumedCapacity)), row: required(2, bytes) };

export const Condition = {
  rowExistence: required(1, oneOf({ 0: 'ignore', 1: 'expect-exist', 2: 'expect-not-exist' })),
  columnCondition: optional(2, bytes),
};
export const ReturnContent = {
  returnType: optional(1, oneOf({ 0: 'none', 1: 'primary-key', 2: 'after-modify' })),
  returnColumnNames: repeated(2, text),
};
/** PutRow, UpdateRow and DeleteRow: one shape, the row or its key in the second field. */
export const WriteRowRequest = {
  tableName: required(1, text),
  row: required(2, bytes),
  condition: required(3, message(Condition)),
  returnContent: optional(4, message(ReturnContent)),
  transactionId: optional(5, text),
};
export const WriteRowResponse = { consumed: required(1, message(ConsumedCapacity)), row: optional(2, bytes) };

const TableInBatchGetRow = {
  tableName: required(1, text),
  primaryKey: repeated(2, bytes),
  columnsToGet: repeated(4, text),
  timeRange: optional(5, message(TimeRange)),
  maxVersions: optional(6, int),
  filter: optional(8, bytes),
  startColumn: optional(9, text),
  endColumn: optional(10, text),
};
export const BatchGetRowRequest = { tables: repeated(1, message(TableInBatchGetRow)) };

const RowInBatchWriteRow = {
  type: required(1, oneOf({ 1: 'put', 2: 'update', 3: 'delete' })),
  rowChange: required(2, bytes),
  condition: required(3, message(Condition)),
  returnContent: optional(4, message(ReturnContent)),
};
const TableInBatchWriteRow = { tableName: required(1, text), rows: repeated(2, message(RowInBatchWriteRow)) };
export const BatchWriteRowRequest = {
  tables: repeated(1, message(TableInBatchWriteRow)),
  transactionId: optional(2, text),
};

/** A row's outcome in the answer of either batch. */
const RowInBatchResponse = {
  isOk: required(1, bool),
  error: optional(2, message(ErrorMessage)),
  consumed: optional(3, message(ConsumedCapacity)),
  row: optional(4, bytes),
};
const TableInBatchResponse = { tableName: required(1, text), rows: repeated(2, message(RowInBatchResponse)) };
export const BatchResponse = { tables: repeated(1, message(TableInBatchResponse)) };

export const GetRangeRequest = {
  tableName: required(1, text),
  direction: required(2, oneOf({ 0: 'forward', 1: 'backward' })),
  columnsToGet: repeated(3, text),
  timeRange: optional(4, message(TimeRange)),
  maxVersions: optional(5, int),
  limit: optional(6, int),
  inclusiveStartPrimaryKey: required(7, bytes),
  exclusiveEndPrimaryKey: required(8, bytes),
  filter: optional(10, bytes),
  startColumn: optional(11, text),
  endColumn: optional(12, text),
  transactionId: optional(14, text),
};
export const GetRangeResponse = {
  consumed: required(1, message(ConsumedCapacity)),
  rows: required(2, bytes),
  nextStartPrimaryKey: optional(3, bytes),
};

/** Filters have a file of their own in the protocol; each travels as the bytes of its message. */
export const FilterMessage = {
  type: required(1, oneOf({ 1: 'column', 2: 'composite', 3: 'pagination' })),
  filter: required(2, bytes),
};
export const ColumnFilter = {
  comparator: required(1, oneOf({ 1: 'eq', 2: 'ne', 3: 'gt', 4: 'ge', 5: 'lt', 6: 'le' })),
  columnName: required(2, text),
  columnValue: required(3, bytes),
  filterIfMissing: required(4, bool),
};
export const CompositeFilter = {
  combinator: required(1, oneOf({ 1: 'not', 2: 'and', 3: 'or' })),
  subFilters: repeated(2, message(FilterMessage)),
};
export const PaginationFilter = { offset: required(1, int), limit: required(2, int) };
