/**
 * What is sent and stored carries the number of its format. A reader of another version refuses it by name instead of
 * misreading it: a message stays in its queue and then with the dead letters, a row or an object stays as it is, and
 * whoever knows the format goes on from there.
 *
 * Not chosen: reading what is known of a newer format, and writing it back without the rest.
 */
import type * as z from 'zod';
import { TrunklineError } from './errors';

/** Of messages, rows and objects alike: they change together, with the version that writes them. */
export const FORMAT = 1;

/** `what` names it for the operator: `the row of network acme`. Nothing of its content is told. */
export function refuseOtherFormat(value: unknown, what: string): void {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'format')) return;
  const { format } = value as { format: unknown };
  if (format === FORMAT) return;
  const stated = typeof format === 'number' ? `format ${format}` : 'a format that is no number';
  throw new TrunklineError('FormatUnknown', `${what} is of ${stated}; this Trunkline reads format ${FORMAT}`);
}

/** With its format; the first ones were stored without. */
export const withFormat = <T extends object>(value: T): T & { format: typeof FORMAT } => ({ ...value, format: FORMAT });

/** Throws FormatUnknown or StoredMalformed. */
export function fromStored<T>(schema: z.ZodType<T>, text: string, what: string): T {
  return checkStored(schema, parse(text, what), what);
}

/** For what is no text: a row's columns. */
export function checkStored<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  refuseOtherFormat(value, what);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw malformed(what, `${issue?.path.join('.') || 'it'} is not as it was written`);
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw malformed(what, 'it is not JSON');
  }
}

const malformed = (what: string, why: string): TrunklineError =>
  new TrunklineError('StoredMalformed', `${what} cannot be read: ${why}`);
