/** Bytes become text, or a problem: bounded, UTF-8, and nothing hidden in it. */
import type { Problem } from '../problem';

/** Ten thousand offices fit; what is larger is a mistake or an attack. */
export const SIZE_LIMIT = 1_048_576;

export function decodeText(source: Uint8Array | string, file: string): { text: string } | { problem: Problem } {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  if (bytes.byteLength > SIZE_LIMIT)
    return refused(
      file,
      'file-too-large',
      `the file has ${bytes.byteLength} bytes; the limit is ${SIZE_LIMIT}`,
      'Split the network, or remove what is no topology.',
    );
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return refused(file, 'wrong-encoding', 'the file is UTF-16', 'Save it as UTF-8.');
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    return refused(
      file,
      'nul-byte',
      `the file has a NUL byte at offset ${nul}`,
      'Is it a text file? Save it as UTF-8 text.',
    );
  try {
    // A byte order mark is dropped.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused(file, 'wrong-encoding', 'the file is not valid UTF-8', 'Save it as UTF-8.');
  }
}

const refused = (file: string, code: string, message: string, remedy: string): { problem: Problem } => ({
  problem: { severity: 'error', code, message, remedy, file, line: 1, column: 1 },
});
