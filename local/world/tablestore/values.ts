/** Tablestore's values in a form that survives JSON: 64-bit integers as decimal text, bytes as base64. */

export type Value =
  | { type: 'integer'; value: string }
  | { type: 'double'; value: number }
  | { type: 'boolean'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'binary'; value: string };

export type KeyValue = Extract<Value, { type: 'integer' | 'string' | 'binary' }>;
export type KeyType = KeyValue['type'];

/** Bounds stand in ranges only; `auto-increment` in writes only. */
export type KeyPart = KeyValue | { type: 'inf-min' } | { type: 'inf-max' } | { type: 'auto-increment' };

export interface KeyCell {
  name: string;
  value: KeyPart;
}

/** A primary key as it stands in a row. */
export interface StoredKeyCell {
  name: string;
  value: KeyValue;
}

export interface Column {
  name: string;
  value: Value;
  /** The version: ms. */
  timestamp: number;
}

export interface Row {
  primaryKey: StoredKeyCell[];
  /** Sorted by name. */
  columns: Column[];
}

/** Bytes as the service counts them: capacity units, pages and limits go by it. */
export function sizeOf(value: Value | KeyPart): number {
  switch (value.type) {
    case 'string':
      return Buffer.byteLength(value.value);
    case 'binary':
      return Buffer.byteLength(value.value, 'base64');
    case 'integer':
    case 'double':
      return 8;
    default:
      return 1;
  }
}

export const sizeOfRow = ({ primaryKey, columns }: Row): number =>
  primaryKey.reduce((sum, { name, value }) => sum + name.length + sizeOf(value), 0) +
  columns.reduce((sum, { name, value }) => sum + name.length + sizeOf(value), 0);

/** Less than, equal or greater than zero; null where the types differ: such values are not comparable. */
export function compareValues(a: Value, b: Value): number | null {
  if (a.type === 'integer' && b.type === 'integer') return compare(BigInt(a.value), BigInt(b.value));
  if (a.type === 'double' && b.type === 'double') return compare(a.value, b.value);
  if (a.type === 'boolean' && b.type === 'boolean') return compare(a.value, b.value);
  if (a.type === 'string' && b.type === 'string') return Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
  if (a.type === 'binary' && b.type === 'binary')
    return Buffer.compare(Buffer.from(a.value, 'base64'), Buffer.from(b.value, 'base64'));
  return null;
}

const compare = <T extends bigint | number | boolean>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
