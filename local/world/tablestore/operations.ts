/** What the service takes and gives, operation by operation. The wire translates protobuf and plainbuffer into it. */
import type { Caller, WorldRequest } from '../world';
import type { Filter } from './filter';
import type { Column, KeyCell, KeyType, Row, StoredKeyCell, Value } from './values';

export interface KeySchema {
  name: string;
  type: KeyType;
  autoIncrement: boolean;
}

export interface DefinedColumn {
  name: string;
  /** The protocol's number: 1 integer, 2 double, 3 boolean, 4 string, 7 blob. Kept and given back, not enforced. */
  type: number;
}

export interface TableOptions {
  /** Seconds; -1 is for ever. */
  timeToLive: number;
  maxVersions: number;
  /** How far a given timestamp may be from now, in seconds. */
  maxTimeDeviation: number;
  allowUpdate: boolean;
}

export interface Throughput {
  read: number;
  write: number;
}

export interface TableDescription {
  table: string;
  primaryKey: KeySchema[];
  definedColumns: DefinedColumn[];
  options: TableOptions;
  throughput: Throughput;
  /** Ms. */
  throughputChangedAt: number;
  status: 'active' | 'loading';
}

/** Which part of a row is read; the service wants `maxVersions` or `time`. */
export interface Reading {
  /** Empty: all columns. */
  columns: readonly string[];
  maxVersions: number | null;
  /** Versions from `from` (inclusive) to `to` (exclusive), in ms. */
  time: { from: number; to: number } | null;
  filter: Filter | null;
  /** Columns from (inclusive) and to (exclusive), by name. */
  startColumn: string | null;
  endColumn: string | null;
}

export interface Condition {
  existence: 'ignore' | 'expect-exist' | 'expect-not-exist';
  filter: Filter | null;
}

export type ColumnChange =
  | { type: 'put'; name: string; value: Value; timestamp: number | null }
  | { type: 'increment'; name: string; value: Value; timestamp: number | null }
  | { type: 'delete-version'; name: string; timestamp: number }
  | { type: 'delete-all'; name: string };

export type ReturnContent = { type: 'none' } | { type: 'primary-key' } | { type: 'after-modify'; columns: string[] };

export type Write = {
  primaryKey: KeyCell[];
  condition: Condition;
  returnContent: ReturnContent;
} & (
  | { type: 'put'; columns: { name: string; value: Value; timestamp: number | null }[] }
  | { type: 'update'; changes: ColumnChange[] }
  | { type: 'delete' }
);

export interface Returned {
  primaryKey: StoredKeyCell[];
  columns: Column[];
}

export interface Written {
  consumed: Throughput;
  /** Where `returnContent` asks for it. */
  row: Returned | null;
}

export type RowResult<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };

export interface Operations {
  CreateTable: {
    input: {
      table: string;
      primaryKey: KeySchema[];
      definedColumns: DefinedColumn[];
      options: Partial<TableOptions>;
      throughput: Throughput;
    };
    result: Record<string, never>;
  };
  ListTable: { input: Record<never, never>; result: { tables: string[] } };
  DescribeTable: { input: { table: string }; result: TableDescription };
  UpdateTable: {
    input: { table: string; options: Partial<TableOptions> | null; throughput: Partial<Throughput> | null };
    result: TableDescription;
  };
  DeleteTable: { input: { table: string }; result: Record<string, never> };
  GetRow: {
    input: { table: string; primaryKey: KeyCell[]; reading: Reading };
    result: { consumed: Throughput; row: Row | null };
  };
  /** PutRow, UpdateRow and DeleteRow. */
  WriteRow: { input: { table: string; write: Write }; result: Written };
  BatchGetRow: {
    input: { tables: { table: string; primaryKeys: KeyCell[][]; reading: Reading }[] };
    result: { tables: { table: string; rows: RowResult<{ consumed: Throughput; row: Row | null }>[] }[] };
  };
  BatchWriteRow: {
    input: { tables: { table: string; writes: Write[] }[] };
    result: { tables: { table: string; rows: RowResult<Written>[] }[] };
  };
  GetRange: {
    input: {
      table: string;
      direction: 'forward' | 'backward';
      /** Inclusive. */
      start: KeyCell[];
      /** Exclusive. */
      end: KeyCell[];
      limit: number | null;
      reading: Reading;
    };
    result: { consumed: Throughput; rows: Row[]; next: StoredKeyCell[] | null };
  };
}

export type OperationName = keyof Operations;

export type TablestoreInput = {
  [K in OperationName]: { operation: K } & Operations[K]['input'];
}[OperationName] & {
  /** As the client names it; permissions are given on it, and nothing else looks at it. */
  instance?: string;
};

export type TablestoreOutput<K extends OperationName = OperationName> =
  | { ok: true; result: Operations[K]['result'] }
  | { ok: false; status: number; code: string; message: string };

/** A request to the world, typed: what the wire and the runtime make. */
export const tablestoreRequest = (caller: Caller, input: TablestoreInput): WorldRequest => ({
  service: 'tablestore',
  caller,
  input,
});
