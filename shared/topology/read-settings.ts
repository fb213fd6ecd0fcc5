/** What whoever runs the deployment writes beside the topologies: YAML or JSON, read within the same bounds, whole or not at all. */
import type * as z from 'zod';
import { type Problem, problemOf } from '../problem';
import { decodeText } from './decode-text';
import { approvalSchema } from './file-schema';
import { parseDocument } from './parse-document';
import { approvalOf } from './resolve/defaults';
import { printable } from './tell-problems';
import type { ApprovalPolicy } from './topology';

export type Settings<T> = { value: T } | { problem: Problem };

interface Source {
  source: Uint8Array;
  /** What problems call it. */
  file: string;
  remedy: string;
}

export function readSettings<T>(schema: z.ZodType<T>, { source, file, remedy }: Source): Settings<T> {
  const wrong = (message: string): Settings<T> => ({
    problem: { ...problemOf({ code: 'settings-wrong', message: printable(message), remedy }), file },
  });
  const decoded = decodeText(source, file);
  if ('problem' in decoded) return decoded;
  const parsed = parseDocument(decoded.text, file);
  if ('problems' in parsed) return wrong(`${file} cannot be read: ${parsed.problems[0]?.message ?? ''}`);
  const checked = schema.safeParse(parsed.document.value);
  if (checked.success) return { value: checked.data };
  const [issue] = checked.error.issues;
  return wrong(`${file} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}`);
}

/** Null: the deployment asks nobody. */
export const readApproval = (source: Uint8Array, file: string): Settings<ApprovalPolicy | null> =>
  readSettings(
    approvalSchema.transform((given) => approvalOf(given)),
    { source, file, remedy: 'Write `always`, `none`, or `{people: 2, unless: {addsOnly: true}}`, as in a topology.' },
  );
