/**
 * Tablestore's row format, both directions. Own code, because the SDK's decoder cannot read what its encoder writes
 * (INF_MIN, INF_MAX, AUTO_INCREMENT, DELETE and INCREMENT cells).
 *
 *   rows = header (0x75 as uint32 LE, once), then rows back to back
 *   row  = 0x01 cell* [0x02 cell*] [0x08] 0x09 crc
 *   cell = 0x03 0x04 length name [0x05 length variant] [0x06 operation] [0x07 int64 LE] 0x0a crc
 *
 * A cell's checksum folds name, value, timestamp and then operation, whereas the operation comes first in the bytes.
 */
import type { KeyPart, Value } from '../../world/tablestore/values';

export type PlainOperation = 'delete-all' | 'delete-version' | 'increment';

export interface PlainCell {
  name: string;
  value: Value | KeyPart | null;
  operation: PlainOperation | null;
  /** Ms. */
  timestamp: number | null;
}

export interface PlainRow {
  primaryKey: PlainCell[];
  columns: PlainCell[];
  /** What DeleteRow carries. */
  deleted: boolean;
}

/** The bytes are not rows; the message is the service's. */
export class PlainbufferError extends Error {}

export const HEADER = 0x75;
export const PRIMARY_KEY = 0x01;
export const COLUMNS = 0x02;
export const CELL = 0x03;
export const NAME = 0x04;
export const VALUE = 0x05;
export const OPERATION = 0x06;
export const TIMESTAMP = 0x07;
export const DELETED = 0x08;
export const ROW_CRC = 0x09;
export const CELL_CRC = 0x0a;

export const OPERATIONS: Readonly<Record<number, PlainOperation>> = {
  1: 'delete-all',
  3: 'delete-version',
  4: 'increment',
};
