/** Lines of JSON that carry their own checksum: `<crc32, 8 hexadecimal digits> <json>\n`. */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { DataFolderError } from './data-folder';

const DIGITS = 8;

/** Returns the bytes written: a write may take less than it was given, a full disk for one. */
export function writeLine(file: number, value: unknown): number {
  const text = JSON.stringify(value);
  const bytes = Buffer.from(`${checksum(text)} ${text}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  return bytes.length;
}

export interface CheckedLines {
  values: unknown[];
  /** Up to the end of the last whole line. */
  wholeBytes: number;
  /** Something follows it: a line that was never finished. */
  torn: boolean;
}

/** A line that is whole and does not match its checksum is damage, and refused. A file that is missing is empty. */
export function readLines(path: string): CheckedLines {
  if (!existsSync(path)) return { values: [], wholeBytes: 0, torn: false };
  const bytes = readFileSync(path);
  const values: unknown[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    const text = bytes.toString('utf8', start + DIGITS + 1, end);
    if (bytes.toString('latin1', start, start + DIGITS) !== checksum(text))
      throw new DataFolderError(`${path}:${values.length + 1} is damaged; restore it, or begin with an empty folder`);
    values.push(JSON.parse(text));
    start = end + 1;
  }
  return { values, wholeBytes: start, torn: start < bytes.length };
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(DIGITS, '0');
