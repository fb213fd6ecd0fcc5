/**
 * Tablestore as the store uses it: rows under a primary key, conditions that are equalities. tablestore-client.ts
 * implements it over the official SDK; the simulation directly over the local cloud's world.
 *
 * A refused condition is an answer. Everything else that goes wrong is StoreUnavailable.
 */
export type ColumnValue = string | number | boolean;
export type Columns = { [name: string]: ColumnValue };

/** In the table's order; strings or integers. */
export type PrimaryKey = readonly (readonly [name: string, value: string | number])[];

export interface Row {
  key: PrimaryKey;
  columns: Columns;
}

export interface Condition {
  row: 'ignore' | 'expect-exist' | 'expect-absent';
  /** All must be equal; a missing column is not. */
  columns?: Columns;
}

export interface TableSchema {
  name: string;
  /** The first is the partition key and begins with a hash. */
  key: readonly (readonly [name: string, type: 'string' | 'integer'])[];
  /** Seconds; -1 keeps for ever. */
  timeToLive: number;
}

export interface TableClient {
  get(table: string, key: PrimaryKey): Promise<Columns | null>;
  /** At most 100 keys; missing rows are left out. */
  batchGet(table: string, keys: readonly PrimaryKey[]): Promise<Row[]>;
  put(table: string, key: PrimaryKey, columns: Columns, condition: Condition): Promise<boolean>;
  update(table: string, key: PrimaryKey, columns: Columns, condition: Condition): Promise<boolean>;
  delete(table: string, key: PrimaryKey, condition: Condition): Promise<boolean>;
  /** At most 200 rows; each is written if it is absent and left as it is if not. */
  putAbsent(table: string, rows: readonly Row[]): Promise<void>;
  /** Rows whose key begins with `prefix`, in key order, over all pages. */
  range(table: string, prefix: PrimaryKey): Promise<Row[]>;
  /** Makes the table where it does not exist. */
  ensureTable(schema: TableSchema): Promise<void>;
}
