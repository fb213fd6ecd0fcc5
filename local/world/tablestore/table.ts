/** Tables as the state keeps them, and where their rows are. */
import type { EpochMs } from '../../../shared/clock';
import type { Context } from '../world';
import type { DefinedColumn, KeySchema, TableOptions, Throughput } from './operations';
import { invalid, keyMismatch, noSuchTable, tableNotReady } from './tablestore-error';
import type { Column, KeyCell, KeyPart, KeyValue, StoredKeyCell } from './values';

export interface TableRecord {
  table: string;
  primaryKey: KeySchema[];
  definedColumns: DefinedColumn[];
  options: TableOptions;
  throughput: Throughput;
  throughputChangedAt: EpochMs;
  /** Until then rows are answered with OTSTableNotReady, as partitions take a moment to load. */
  readyAt: EpochMs;
}

/** A row as the state keeps it: key values in the table's order, columns sorted by name. */
export interface RowRecord {
  key: KeyValue[];
  columns: Column[];
}

export const TABLES = 'tablestore.tables';
/** The last number that AUTO_INCREMENT drew, by table. */
export const SEQUENCES = 'tablestore.sequences';
export const rowsOf = (table: string): string => `tablestore.rows/${table}`;

/** The service says "a few seconds". */
export const LOADING_MS = 3_000;

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

export function checkTableName(table: string): void {
  if (!NAME.test(table)) throw invalid(`Invalid table name: '${table}'.`);
}

/**
 * Letters, digits and underscore, as the limits page says. The service has been seen to take more; a name that only
 * some instances take is refused here.
 */
export function checkColumnName(name: string): void {
  if (!NAME.test(name)) throw invalid(`Invalid column name: '${name}'.`);
}

export function findTable(context: Context, name: string): TableRecord {
  checkTableName(name);
  const table = context.state.get<TableRecord>(TABLES, name);
  if (!table) throw noSuchTable();
  return table;
}

/** For operations on rows. */
export function findReadyTable(context: Context, name: string): TableRecord {
  const table = findTable(context, name);
  if (context.now < table.readyAt) throw tableNotReady();
  return table;
}

/** The values of a whole key, once names, order and types are the table's. */
export function plainKey(table: TableRecord, cells: readonly KeyCell[]): KeyValue[] {
  return matchKey(table, cells).map((value) => {
    if (isBound(value) || value.type === 'auto-increment') throw keyMismatch();
    return value;
  });
}

/** As above, with INF_MIN and INF_MAX. */
export function rangeKey(table: TableRecord, cells: readonly KeyCell[]): KeyPart[] {
  return matchKey(table, cells).map((value) => {
    if (value.type === 'auto-increment') throw invalid("PKAutoIncr can't be used for read operations.");
    return value;
  });
}

/** Values by column, checked against the schema; bounds and AUTO_INCREMENT are the caller's to judge. */
export function matchKey(table: TableRecord, cells: readonly KeyCell[]): KeyPart[] {
  if (cells.length !== table.primaryKey.length) throw keyMismatch();
  return table.primaryKey.map(({ name, type, autoIncrement }, index) => {
    const cell = cells[index];
    if (cell?.name !== name) throw keyMismatch();
    const { value } = cell;
    const fits = value.type === type || isBound(value) || (value.type === 'auto-increment' && autoIncrement);
    if (!fits) throw keyMismatch();
    return value;
  });
}

export const namedKey = (table: TableRecord, key: readonly KeyValue[]): StoredKeyCell[] =>
  key.map((value, index) => ({ name: table.primaryKey[index]?.name ?? '', value }));

const isBound = (value: KeyPart): value is { type: 'inf-min' } | { type: 'inf-max' } =>
  value.type === 'inf-min' || value.type === 'inf-max';
