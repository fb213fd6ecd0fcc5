import type { Plan } from '../../../shared/plan/plan';
import type { RecordedResource } from '../../../shared/plan/recorded';

/** What the records say once a run has done everything in the plan. */
export const recordsAfter = (plan: Plan): RecordedResource[] =>
  plan.tasks.flatMap(({ resource: id, kind, action, desired, desiredHash, generation }) =>
    action === 'remove'
      ? []
      : [
          {
            id,
            kind,
            region: desired && 'region' in desired ? desired.region : null,
            generation,
            cloudId: `cloud-${id}-${generation}`,
            ownership: 'ours',
            desiredHash,
            desired,
            attributes: {},
          },
        ],
  );

/** The records with one of them changed. */
export const withRecord = (
  records: readonly RecordedResource[],
  id: string,
  change: Partial<RecordedResource>,
): RecordedResource[] => records.map((record) => (record.id === id ? { ...record, ...change } : record));
