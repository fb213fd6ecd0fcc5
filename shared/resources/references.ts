import type { References } from '../engine/resource-kind';
import { invariant } from '../errors';
import type { ResourceId } from '../plan/desired';
import type { RecordedResource } from '../plan/recorded';

/** What a resource needs is done before it (W3), so its record has an id. */
export function referenced(references: References, id: ResourceId): RecordedResource & { cloudId: string } {
  const record = references.get(id);
  invariant(record && record.cloudId !== null, `${id} is needed and has no id yet`);
  return { ...record, cloudId: record.cloudId };
}
