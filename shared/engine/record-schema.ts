/** A record as it is kept, in its row and in the bucket's copy. */
import * as z from 'zod';
import type { ResourceRecord } from './record';
import { desired, epoch, jsonObject, kind, resourceId } from './stored-shapes';

export const recordSchema: z.ZodType<ResourceRecord> = z.object({
  id: resourceId,
  kind,
  region: z.string().nullable(),
  generation: z.int().min(0),
  cloudId: z.string().nullable(),
  ownership: z.enum(['ours', 'borrowed']),
  desiredHash: z.string().nullable(),
  desired: desired.nullable().exactOptional(),
  attributes: jsonObject,
  version: z.int(),
  marker: z.object({ token: z.string(), parameters: jsonObject, at: epoch, absentSince: epoch.nullable() }).nullable(),
  removal: epoch.nullable(),
  parameters: jsonObject.nullable(),
  recordedAt: epoch.nullable(),
});
