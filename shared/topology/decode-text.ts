/** Bytes become text, or a problem: bounded, UTF-8, and nothing hidden in it. */
import type { Problem } from '../problem';

/** 35,000 offices in short form: what is larger is a mistake or an attack. */
const SIZE_LIMIT = 1_048_576;

const NUL = 0;
const NEWLINE = 10;

export function decodeText(source: Uint8Array | string, file: string): { text: string } | { problem: Problem } {
  const refuse = (line: number, code: string, message: string, remedy: string): { problem: Problem } => ({
    problem: { severity: 'error', code, message, remedy, file, line, column: 1 },
  });
  // Looked at before anything is copied: a character is a byte at least.
  const tooLarge = (length: number) =>
    refuse(
      1,
      'file-too-large',
      `the file has ${typeof source === 'string' ? 'at least ' : ''}${length} bytes; the limit is ${SIZE_LIMIT}`,
      'Shorten it: a network can be split.',
    );
  if (source.length > SIZE_LIMIT) return tooLarge(source.length);
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  if (bytes.length > SIZE_LIMIT) return tooLarge(bytes.length);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return refuse(1, 'wrong-encoding', 'the file is UTF-16', 'Save it as UTF-8.');
  const nul = bytes.indexOf(NUL);
  if (nul >= 0)
    return refuse(
      lineAt(bytes, nul),
      'nul-byte',
      `the file has a NUL byte at offset ${nul}`,
      'It is binary, or UTF-16 or UTF-32 without a mark: save it as UTF-8 text.',
    );
  const control = bytes.findIndex(isControl);
  if (control >= 0)
    return refuse(
      lineAt(bytes, control),
      'control-character',
      `the file has the control character ${bytes[control]} at offset ${control}`,
      'Remove it: only tabs and line ends are allowed.',
    );
  const text = decode(bytes);
  if (text !== null) return { text };
  return refuse(firstBrokenLine(bytes), 'wrong-encoding', 'the file is not valid UTF-8', 'Save it as UTF-8.');
}

/** YAML allows none but tab, line feed and carriage return, and its lexer uses others for its own marks. */
const isControl = (byte: number): boolean =>
  byte < 0x20 ? byte !== NEWLINE && byte !== 9 && byte !== 13 : byte === 0x7f;

/** A byte order mark is dropped. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) line += 1;
  return line;
}

/** No character of more than one byte contains a newline's, so lines can be looked at alone. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (decode(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return 1;
}
