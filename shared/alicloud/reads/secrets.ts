/** Secrets by name, without their values: those are read only where a connection is made (W7). */
import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { numberedPages } from '../all-pages';
import { goneAsNull } from '../gone-as-null';

const version = z.object({
  VersionId: z.string(),
  VersionStages: z.object({ VersionStage: z.array(z.string()).default([]) }).prefault({}),
});
const listing = z.object({
  TotalCount: z.number().optional(),
  VersionIds: z.object({ VersionId: z.array(version) }),
});

/** The id of the version in force; null where there is no such secret. */
export async function currentVersionOf(cloud: Cloud, region: string, secretName: string): Promise<string | null> {
  const versions = await goneAsNull(
    numberedPages(
      cloud,
      { service: 'kms', region, action: 'ListSecretVersionIds', parameters: { SecretName: secretName } },
      { schema: listing, items: ({ VersionIds }) => VersionIds.VersionId, pageSize: 50 },
    ),
  );
  return versions?.find(({ VersionStages }) => VersionStages.VersionStage.includes('ACSCurrent'))?.VersionId ?? null;
}
