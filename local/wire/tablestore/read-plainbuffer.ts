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
  PlainbufferError,
  type PlainCell,
  type PlainOperation,
  type PlainRow,
  PRIMARY_KEY,
  ROW_CRC,
  TIMESTAMP,
  VALUE,
} from './plainbuffer';

/** What stands behind the last row's checksum is ignored: the SDK pads with zero bytes. */
export function decodeRows(buffer: Buffer): PlainRow[] {
  if (buffer.length === 0) return [];
  const reader = new PlainReader(buffer);
  const header = reader.uint32();
  if (header !== HEADER)
    throw new PlainbufferError(`Cell data broken, mismatch header, actual: ${header}, expect: ${HEADER}.`);
  const rows: PlainRow[] = [];
  while (reader.peek() === PRIMARY_KEY) rows.push(readRow(reader));
  return rows;
}

export function decodeRow(buffer: Buffer): PlainRow {
  const [row, ...more] = decodeRows(buffer);
  if (!row) throw new PlainbufferError('Cell data broken, PK is empty.');
  if (more.length > 0) throw new PlainbufferError('data format is invalid.');
  return row;
}

/** A value on its own, as filters carry it: the type's byte and the payload, without a length. */
export const decodeVariant = (buffer: Buffer): Value => {
  const value = readVariant(new PlainReader(buffer), buffer.length);
  if (value.type.startsWith('inf-') || value.type === 'auto-increment')
    throw new PlainbufferError('data format is invalid, unknown variant type occured.');
  return value as Value;
};

function readRow(reader: PlainReader): PlainRow {
  const row: PlainRow = { primaryKey: [], columns: [], deleted: false };
  let crc = 0;
  const readCells = (cells: PlainCell[]) => {
    while (reader.peek() === CELL) {
      const { cell, cellCrc } = readCell(reader);
      cells.push(cell);
      crc = crc8(crc, Uint8Array.of(cellCrc));
    }
  };
  reader.expect(PRIMARY_KEY);
  readCells(row.primaryKey);
  if (reader.skipIf(COLUMNS)) readCells(row.columns);
  row.deleted = reader.skipIf(DELETED);
  crc = crc8(crc, Uint8Array.of(row.deleted ? 1 : 0));
  if (!reader.skipIf(ROW_CRC)) throw new PlainbufferError('Cell data broken, row is not end with checksum tag.');
  reader.checksum(crc);
  return row;
}

function readCell(reader: PlainReader): { cell: PlainCell; cellCrc: number } {
  reader.expect(CELL);
  reader.expect(NAME);
  const name = reader.take(reader.uint32());
  let crc = crc8(0, name);
  const cell: PlainCell = { name: name.toString('utf8'), value: null, operation: null, timestamp: null };
  if (reader.skipIf(VALUE)) {
    const length = reader.uint32();
    const start = reader.position;
    cell.value = readVariant(reader, length);
    crc = crc8(crc, reader.between(start, start + length));
  }
  const operation = reader.skipIf(OPERATION) ? reader.byte() : null;
  if (operation !== null) cell.operation = operationOf(operation);
  if (reader.skipIf(TIMESTAMP)) {
    const raw = reader.take(8);
    cell.timestamp = Number(raw.readBigInt64LE());
    crc = crc8(crc, raw);
  }
  if (operation !== null) crc = crc8(crc, Uint8Array.of(operation));
  if (!reader.skipIf(CELL_CRC)) throw new PlainbufferError('Cell data broken, cell is not end with checksum tag.');
  reader.checksum(crc);
  return { cell, cellCrc: crc };
}

function operationOf(byte: number): PlainOperation {
  const operation = OPERATIONS[byte];
  if (operation === undefined) throw new PlainbufferError(`Invalid op type of cell: ${byte}.`);
  return operation;
}

function readVariant(reader: PlainReader, length: number): Value | KeyPart {
  const end = reader.position + length;
  const value = readTyped(reader);
  if (reader.position !== end)
    throw new PlainbufferError("Cell data broken, has more data in cell, but they can't be parsed.");
  return value;
}

function readTyped(reader: PlainReader): Value | KeyPart {
  const type = reader.byte();
  switch (type) {
    case 0x00:
      return { type: 'integer', value: reader.take(8).readBigInt64LE().toString() };
    case 0x01:
      return { type: 'double', value: reader.take(8).readDoubleLE() };
    case 0x02:
      return { type: 'boolean', value: reader.byte() !== 0 };
    case 0x03:
      return { type: 'string', value: reader.take(reader.uint32()).toString('utf8') };
    case 0x07:
      return { type: 'binary', value: reader.take(reader.uint32()).toString('base64') };
    case 0x09:
      return { type: 'inf-min' };
    case 0x0a:
      return { type: 'inf-max' };
    case 0x0b:
      return { type: 'auto-increment' };
    default:
      throw new PlainbufferError('data format is invalid, unknown variant type occured.');
  }
}

class PlainReader {
  position = 0;

  constructor(private readonly buffer: Buffer) {}

  /** 0 at the end: no tag is 0. */
  peek(): number {
    return this.buffer[this.position] ?? 0;
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  take(length: number): Buffer {
    const part = this.between(this.position, this.position + length);
    this.position += length;
    return part;
  }

  between(start: number, end: number): Buffer {
    if (end > this.buffer.length) throw new PlainbufferError('Input encoded PK broken, length is shorter than expect.');
    return this.buffer.subarray(start, end);
  }

  skipIf(tag: number): boolean {
    if (this.peek() !== tag) return false;
    this.position += 1;
    return true;
  }

  expect(tag: number): void {
    if (!this.skipIf(tag))
      throw new PlainbufferError(`Cell data broken, mismatch tag, actual tag(${this.peek()}), expect(${tag}).`);
  }

  checksum(expected: number): void {
    const given = this.byte();
    if (given !== expected)
      throw new PlainbufferError(`Cell data broken, checksum is mismatch, ${given} : ${expected}`);
  }
}
