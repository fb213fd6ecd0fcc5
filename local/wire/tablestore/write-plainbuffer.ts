import type { KeyPart, Value } from '../../world/tablestore/values';
import { crc8 } from './crc8';
import {
  CELL,
  CELL_CRC,
  COLUMNS,
  DELETED,
  HEADER,
  NAME,
  OPERATION,
  OPERATIONS,
  type PlainCell,
  type PlainRow,
  PRIMARY_KEY,
  ROW_CRC,
  TIMESTAMP,
  VALUE,
} from './plainbuffer';

/** Rows as one buffer; nothing for none. */
export function encodeRows(rows: readonly PlainRow[]): Buffer {
  if (rows.length === 0) return Buffer.alloc(0);
  return Buffer.concat([uint32(HEADER), ...rows.flatMap(encodeRow)]);
}

function encodeRow({ primaryKey, columns, deleted }: PlainRow): Buffer[] {
  const parts: Buffer[] = [Buffer.of(PRIMARY_KEY)];
  let crc = 0;
  const writeCell = (cell: PlainCell) => {
    const { bytes, cellCrc } = encodeCell(cell);
    parts.push(bytes);
    crc = crc8(crc, Uint8Array.of(cellCrc));
  };
  primaryKey.forEach(writeCell);
  if (columns.length > 0) parts.push(Buffer.of(COLUMNS));
  columns.forEach(writeCell);
  if (deleted) parts.push(Buffer.of(DELETED));
  parts.push(Buffer.of(ROW_CRC, crc8(crc, Uint8Array.of(deleted ? 1 : 0))));
  return parts;
}

function encodeCell({ name, value, operation, timestamp }: PlainCell): { bytes: Buffer; cellCrc: number } {
  const nameBytes = Buffer.from(name);
  const parts = [Buffer.of(CELL, NAME), uint32(nameBytes.length), nameBytes];
  let crc = crc8(0, nameBytes);
  if (value) {
    const variant = encodeVariant(value);
    parts.push(Buffer.of(VALUE), uint32(variant.length), variant);
    crc = crc8(crc, variant);
  }
  const operationByte = Object.entries(OPERATIONS).find(([, known]) => known === operation)?.[0];
  if (operationByte !== undefined) parts.push(Buffer.of(OPERATION, Number(operationByte)));
  if (timestamp !== null) {
    const raw = int64(BigInt(timestamp));
    parts.push(Buffer.of(TIMESTAMP), raw);
    crc = crc8(crc, raw);
  }
  if (operationByte !== undefined) crc = crc8(crc, Uint8Array.of(Number(operationByte)));
  parts.push(Buffer.of(CELL_CRC, crc));
  return { bytes: Buffer.concat(parts), cellCrc: crc };
}

function encodeVariant(value: Value | KeyPart): Buffer {
  switch (value.type) {
    case 'integer':
      return Buffer.concat([Buffer.of(0x00), int64(BigInt(value.value))]);
    case 'double': {
      const raw = Buffer.alloc(9, 0x01);
      raw.writeDoubleLE(value.value, 1);
      return raw;
    }
    case 'boolean':
      return Buffer.of(0x02, value.value ? 1 : 0);
    case 'string':
      return withLength(0x03, Buffer.from(value.value));
    case 'binary':
      return withLength(0x07, Buffer.from(value.value, 'base64'));
    case 'inf-min':
      return Buffer.of(0x09);
    case 'inf-max':
      return Buffer.of(0x0a);
    case 'auto-increment':
      return Buffer.of(0x0b);
  }
}

const withLength = (type: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.of(type), uint32(bytes.length), bytes]);

function uint32(value: number): Buffer {
  const raw = Buffer.alloc(4);
  raw.writeUInt32LE(value);
  return raw;
}

function int64(value: bigint): Buffer {
  const raw = Buffer.alloc(8);
  raw.writeBigInt64LE(BigInt.asIntN(64, value));
  return raw;
}
