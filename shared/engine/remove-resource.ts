/**
 * One move of the removal of one resource. Called by advance-resource.ts with the claim in hand; never waits. It is
 * announced in the record, asked for, and repeated until a later wake sees nothing: to remove what is gone is no error.
 */
import { after, type EpochMs, seconds } from '../clock';
import { invariant } from '../errors';
import type { Desired } from '../plan/desired';
import type { Advance, ResourceDeps } from './advance-resource';
import { goneAsAbsent } from './gone-as-absent';
import { identityOf, tokenOf } from './identity';
import { nextRemoval, type RemovalMove } from './next-removal';
import { RecordContended, type ResourceRecord } from './record';
import type { Identity, Observation, ResourceKind } from './resource-kind';
import type { Run } from './run';
import type { NetworkKey } from './store';

export interface Removal {
  deps: ResourceDeps;
  owner: NetworkKey;
  run: Run;
  /** Of its task. */
  wake: number;
  record: ResourceRecord;
}

export async function removeResource(removal: Removal): Promise<Advance> {
  const { deps, owner, record } = removal;
  const { desired } = record;
  // Noted as gone by an earlier wake, or never made.
  if (!desired) return { kind: 'done', what: 'nothing of it stands' };
  // The union of kinds takes the union of desired attributes: both were chosen by the same `kind`.
  const kind = deps.kinds[desired.kind] as unknown as ResourceKind | undefined;
  invariant(kind, `${desired.kind} is not of this step`);
  const { id: resource, generation } = record;
  const identity = identityOf({ ...owner, deployment: deps.settings.deployment, resource, generation });
  const askedAt = deps.now();
  const observation = await look(deps, record, desired, kind, identity);
  const move = nextRemoval({
    record,
    observation,
    kind,
    name: identity.name,
    askedAt,
    settings: deps.settings,
  });
  return carryOut(removal, { move, desired, kind, identity });
}

/** What no longer has anything of ours in it is gone, whatever stands there. Null where there is nothing to look for. */
async function look(
  { cloud }: ResourceDeps,
  { cloudId, marker, parameters: made }: ResourceRecord,
  desired: Desired,
  kind: ResourceKind,
  identity: Identity,
): Promise<Observation | null> {
  const parameters = marker?.parameters ?? made ?? {};
  if (cloudId === null) return marker ? goneAsAbsent(kind.find({ desired, parameters, identity, cloud })) : null;
  const seen = await goneAsAbsent(kind.observe({ desired, cloudId, parameters, cloud }));
  return seen.state === 'present' && kind.isEmpty?.(seen.attributes) ? { state: 'absent' } : seen;
}

interface Step {
  move: RemovalMove;
  desired: Desired;
  kind: ResourceKind;
  identity: Identity;
}

async function carryOut(removal: Removal, { move, desired, kind, identity }: Step): Promise<Advance> {
  const { deps, run, wake, record } = removal;
  switch (move.kind) {
    case 'wait':
      return { kind: 'again', delay: move.delay, what: `waits: ${move.reason}` };
    case 'note-absence':
      invariant(record.marker, 'only a marker has an absence to note');
      await save(removal, { ...record, marker: { ...record.marker, absentSince: deps.now() } });
      return { kind: 'again', delay: deps.settings.readSettle, what: 'nothing there yet; looks again' };
    case 'adopt':
      await save(removal, { ...record, ...held(record, move.cloudId, deps.now()) });
      return { kind: 'again', delay: seconds(1), what: `found ${move.cloudId}: removes it next` };
    case 'gone':
      await save(removal, nothingLeft(record));
      deps.crash('task/removal-recorded');
      return { kind: 'done', what: record.cloudId === null ? 'nothing of it stands' : `${record.cloudId} is gone` };
    case 'remove': {
      const { cloudId } = move;
      const lookedAt = deps.now();
      const user = await kind.usedBy?.({ desired, cloudId, cloud: deps.cloud });
      if (user && isSettled(removal, lookedAt)) {
        await save(removal, nothingLeft(record));
        return { kind: 'done', what: `left ${cloudId} where it is: ${user} uses it` };
      }
      if (record.removal === null) {
        await save(removal, { ...record, desiredHash: null, removal: lookedAt });
        deps.crash('task/removal-marked');
      }
      if (user) return { kind: 'again', delay: deps.settings.readSettle, what: `${user} seems to use ${cloudId}` };
      // As an update's: a later wake that finds it standing asks anew.
      const token = tokenOf(identity, `remove/${wake}`, run.id);
      const parameters = record.parameters ?? {};
      await kind.remove({ desired, cloudId, parameters, token, cloud: deps.cloud });
      deps.crash('task/removed');
      return { kind: 'again', delay: kind.pollAfter, what: `removed ${cloudId}` };
    }
  }
}

/** Whether a look is of a time when our own users of it were gone for long enough to be seen gone. */
const isSettled = ({ record, deps }: Removal, lookedAt: EpochMs): boolean =>
  record.removal !== null && lookedAt >= after(record.removal, deps.settings.readSettle);

const held = (record: ResourceRecord, cloudId: string, now: EpochMs): Partial<ResourceRecord> => ({
  cloudId,
  parameters: record.marker?.parameters ?? record.parameters,
  marker: null,
  recordedAt: now,
});

/** The row stays, for its generation: made again under its name it must not meet a spent token (W1). */
export const nothingLeft = (record: ResourceRecord): ResourceRecord => ({
  ...record,
  generation: record.generation + 1,
  cloudId: null,
  ownership: 'ours',
  desired: null,
  desiredHash: null,
  attributes: {},
  marker: null,
  removal: null,
  parameters: null,
  recordedAt: null,
});

async function save({ deps, owner }: Removal, next: ResourceRecord): Promise<void> {
  if (!(await deps.store.writeRecord(owner, next))) throw new RecordContended(next.id);
}
