/** A problem as it is kept: in the answers to files, orders and tickets. */
import * as z from 'zod';
import type { Problem } from './problem';

export const problemSchema: z.ZodType<Problem> = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  file: z.string().nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});
