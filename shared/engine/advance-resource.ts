/**
 * One move of one resource's task: look, decide, act, note. Called by hold-task.ts with the claim in hand; never waits.
 *
 * Writes around the one effect, in this order, each a crash point: marker, create, id. A crash between any two leaves
 * a record from which next-move.ts finds its way.
 */
import { durationMs, type EpochMs, epochMs, seconds } from '../clock';
import { invariant } from '../errors';
import type { JsonObject } from '../json';
import type { Desired, Kind, ResourceId } from '../plan/desired';
import { hashDesired } from '../plan/hash-desired';
import { referencesOf } from '../plan/references';
import { type Cloud, type CloudErrorDetail, cloudErrorOf } from './cloud';
import type { Crash } from './crash-points';
import { goneAsAbsent } from './gone-as-absent';
import { identityOf, tokenOf } from './identity';
import { judgeAdoption } from './judge-adoption';
import { failed, type Move, nextMove } from './next-move';
import { emptyRecord, RecordContended, type ResourceRecord } from './record';
import { nothingLeft, removeResource } from './remove-resource';
import type { Difference, Identity, Observation, ResourceKind } from './resource-kind';
import type { Run } from './run';
import type { EngineSettings } from './settings';
import type { NetworkKey, TaskStore } from './store';
import type { Failure, Task } from './task';

/** Each step function knows the kinds of its step only. */
export type ResourceKinds = { readonly [K in Kind]?: ResourceKind<Extract<Desired, { kind: K }>> };

export interface ResourceDeps {
  store: Pick<TaskStore, 'readRecords' | 'writeRecord'>;
  cloud: Cloud;
  kinds: ResourceKinds;
  settings: EngineSettings;
  now(): EpochMs;
  crash: Crash;
}

/** How the move came out. `again`: a later wake looks at what this one did (W3). */
export type Advance =
  | { kind: 'again'; delay: number; what: string }
  | { kind: 'done'; what: string }
  | { kind: 'stopped'; what: string }
  | { kind: 'failed'; failure: Failure; what: string }
  /** The call's fate or cause is unclear: back off and count. */
  | { kind: 'attempt-failed'; failure: Failure; what: string };

export async function advanceResource(deps: ResourceDeps, run: Run, task: Task): Promise<Advance> {
  const { desired, resource } = task;
  invariant(resource, `${task.id} is of no resource`);
  const owner: NetworkKey = { network: run.network, incarnation: run.incarnation };
  const references = desired ? referencesOf(desired).map(({ id }) => id) : [];
  const records = await deps.store.readRecords(owner, [resource, ...references]);
  const record = records.get(resource) ?? (desired && emptyRecord(resource, desired, 1));
  invariant(record, `${task.id} has no record, and nothing is wanted of it`);
  // Ended by a recovery, which has brought the records to where they are true.
  if (run.state === 'ended') return { kind: 'stopped', what: 'the run has ended' };
  // Stopping: nothing new is begun, but what was announced is brought to where the record is true (W5).
  if (run.state === 'stopping' && record.marker === null && record.removal === null) {
    if (task.epoch > 0) await outdate(deps, owner, record);
    return { kind: 'stopped', what: 'the run was told to stop' };
  }
  try {
    if (desired === null) return await removeResource({ deps, owner, run, wake: task.wake, record });
    return await new ResourceWork(deps, owner, run, task, desired, record, records).advance();
  } catch (error) {
    const detail = cloudErrorOf(error);
    if (!detail) throw error;
    const kind = task.kind === 'report' ? undefined : deps.kinds[task.kind];
    return afterCloudError(detail, (error as Error).message, kind?.pollAfter ?? seconds(10));
  }
}

/** A holder before this one may stand still since it read the record: what it would announce is refused by the version. */
async function outdate({ store }: ResourceDeps, owner: NetworkKey, record: ResourceRecord): Promise<void> {
  const next = record.version === 0 ? { ...record, desired: null } : record;
  if (!(await store.writeRecord(owner, next))) throw new RecordContended(record.id);
}

/** The state of one move; lives for one wake. */
class ResourceWork {
  private readonly kind: ResourceKind;
  private readonly identity: Identity;

  constructor(
    private readonly deps: ResourceDeps,
    private readonly owner: NetworkKey,
    private readonly run: Run,
    private readonly task: Task,
    private readonly desired: Desired,
    private record: ResourceRecord,
    private readonly references: ReadonlyMap<ResourceId, ResourceRecord>,
  ) {
    const kind = deps.kinds[desired.kind];
    invariant(kind, `${desired.kind} is not of this step`);
    // The union of kinds takes the union of desired attributes: both were chosen by the same `kind`.
    this.kind = kind as unknown as ResourceKind;
    this.identity = this.identityAt(record.generation);
  }

  async advance(): Promise<Advance> {
    const { kind, desired, identity } = this;
    const { adopts } = this.task;
    // Recorded since by this very task, or by a recovery, it is like anything else of ours.
    if (adopts !== null && (this.record.cloudId === null || this.record.ownership === 'borrowed'))
      return this.adopt(adopts);
    const parameters = await this.parameters();
    const askedAt = this.deps.now();
    const observation = await this.look(parameters);
    const move = nextMove({
      record: this.record,
      observation,
      difference: this.difference(observation),
      kind,
      name: identity.name,
      askedAt,
      now: this.deps.now(),
      settings: this.deps.settings,
    });
    switch (move.kind) {
      case 'mark-and-create':
        await this.mark(parameters);
        return this.create('first');
      case 'repeat-create':
        return this.create('repeat');
      case 'update': {
        invariant(observation.state === 'present', 'an update needs something to update');
        const { cloudId, attributes } = observation;
        const { references } = this;
        const unreadable = kind.unreadable?.({ desired, attributes, parameters, references }) ?? null;
        await this.announceChange(unreadable?.during ?? null);
        // A retry of this wake sends the identical call; one that a later wake finds needed again is another (W1).
        const token = tokenOf(identity, `update/${this.task.wake}/${move.reason}`, this.run.id);
        const { cloud } = this.deps;
        await kind.update({ desired, cloudId, attributes, parameters, references, identity, token, cloud });
        this.deps.crash('task/updated');
        if (unreadable) {
          await this.save({ ...this.record, parameters: unreadable.after });
          this.deps.crash('task/change-recorded');
        }
        return { kind: 'again', delay: kind.pollAfter, what: `updated ${cloudId}: ${move.reason}` };
      }
      default:
        return this.settle(move, observation, parameters);
    }
  }

  /** What somebody told us to take for ours, if it is there and as it is wanted; nothing of it is changed (W6). */
  private async adopt(cloudId: string): Promise<Advance> {
    const { kind, desired, references, identity, deps } = this;
    const { cloud } = deps;
    const parameters = await kind.prepare({ desired, references, identity, cloud });
    const observation = await goneAsAbsent(kind.observe({ desired, cloudId, parameters, cloud }));
    const verdict = judgeAdoption({ cloudId, observation, difference: this.difference(observation, 'ours') });
    switch (verdict.kind) {
      case 'refused':
        return this.settle(failed('NotAdopted', verdict.reason), observation, parameters);
      case 'changing':
        return { kind: 'again', delay: kind.pollAfter, what: `waits: ${cloudId} is changing` };
      case 'adopted':
        await this.save({ ...this.held(cloudId), ownership: 'ours', parameters, desired });
        return { kind: 'again', delay: seconds(1), what: `adopted ${cloudId}` };
    }
  }

  /** The moves that change our records and nothing else. */
  private async settle(
    move: Exclude<Move, { kind: 'mark-and-create' | 'repeat-create' | 'update' }>,
    observation: Observation,
    parameters: JsonObject,
  ): Promise<Advance> {
    switch (move.kind) {
      case 'wait':
        return { kind: 'again', delay: move.delay, what: `waits: ${move.reason}` };
      case 'fail':
        return { kind: 'failed', failure: move.failure, what: move.failure.message };
      case 'adopt':
        await this.save({ ...this.held(move.cloudId), ownership: move.ownership, parameters, desired: this.desired });
        return { kind: 'again', delay: seconds(1), what: `found ${move.cloudId} (${move.ownership})` };
      case 'note-absence':
        invariant(this.record.marker, 'only a marker has an absence to note');
        await this.save({ ...this.record, marker: { ...this.record.marker, absentSince: this.deps.now() } });
        return { kind: 'again', delay: this.deps.settings.readSettle, what: 'nothing there yet; looks again' };
      case 'next-generation':
        await this.save({ ...this.record, marker: null, generation: this.record.generation + 1 });
        return { kind: 'again', delay: seconds(1), what: 'nothing came of it; begins anew' };
      case 'vanished':
        return this.vanish();
      case 'removed':
        await this.save(nothingLeft(this.record));
        return { kind: 'again', delay: seconds(1), what: 'its removal came to its end; begins anew' };
      case 'not-removed':
        await this.save({ ...this.record, removal: null });
        return { kind: 'again', delay: seconds(1), what: 'its removal never came to be; goes on with it' };
      case 'done':
        return this.finish(observation);
    }
  }

  /**
   * From here until it is seen fulfilled, what stands is neither what was wanted before nor surely what is wanted now: a
   * later plan, even for what stood before, must not take the record's word for it. `parameters`: where the change makes
   * others of them.
   */
  private async announceChange(parameters: JsonObject | null): Promise<void> {
    const { record, desired, task } = this;
    const announced = record.desired ? hashDesired(record.desired) === task.desiredHash : false;
    if (record.desiredHash === null && announced && parameters === null) return;
    await this.save({ ...record, desiredHash: null, desired, parameters: parameters ?? record.parameters });
    this.deps.crash('task/change-announced');
  }

  /** A run never makes again what it holds an id for; its next plan may (W1). */
  private async vanish(): Promise<Advance> {
    const { cloudId, generation } = this.record;
    await this.save({
      ...this.record,
      cloudId: null,
      marker: null,
      recordedAt: null,
      desiredHash: null,
      generation: generation + 1,
    });
    const message = `${cloudId} was there and is gone; somebody removed it. Apply the topology again to have it made anew`;
    return { kind: 'failed', failure: { code: 'Vanished', message, requestId: null }, what: message };
  }

  private async finish(observation: Observation): Promise<Advance> {
    invariant(observation.state === 'present', 'done is what was seen');
    const { desiredHash } = this.task;
    await this.save({ ...this.record, desiredHash, desired: this.desired, attributes: observation.attributes });
    return { kind: 'done', what: `${observation.cloudId} is as wanted` };
  }

  /** Makes it, and records the id at once, not at done. */
  private async create(call: 'first' | 'repeat'): Promise<Advance> {
    const { marker } = this.record;
    invariant(marker, 'nothing is made without a marker');
    try {
      const { desired, deps } = this;
      const made = await this.kind.create({
        desired,
        parameters: marker.parameters,
        token: marker.token,
        cloud: deps.cloud,
      });
      deps.crash('task/created');
      await this.save({ ...this.held(made.cloudId), ownership: 'ours', parameters: marker.parameters });
      deps.crash('task/recorded');
      return { kind: 'again', delay: this.kind.pollAfter, what: `created ${made.cloudId}` };
    } catch (error) {
      const detail = cloudErrorOf(error);
      if (detail?.class === 'fatal') await this.refused(call);
      if (detail?.class === 'exists') return { kind: 'again', delay: seconds(2), what: `${detail.code}: looks for it` };
      throw error;
    }
  }

  /**
   * The only call for its marker, refused: nothing is there, and its token is spent. A repeat's refusal says nothing of
   * the call before it, and may be because of that one (a quota, an address that is taken). Its marker stays, too old
   * to be repeated: the next run looks twice before it makes it anew.
   */
  private async refused(call: 'first' | 'repeat'): Promise<void> {
    const { marker, generation } = this.record;
    invariant(marker, 'only what was announced is refused');
    if (call === 'first') await this.save({ ...this.record, marker: null, generation: generation + 1 });
    else await this.save({ ...this.record, marker: { ...marker, at: epochMs(0), absentSince: this.deps.now() } });
  }

  private async mark(parameters: JsonObject): Promise<void> {
    const at = this.deps.now();
    const marker = { token: tokenOf(this.identity, 'create'), parameters, at, absentSince: null };
    // What was removed before stands in the record without what it was made for: a removal would not know where to look.
    await this.save({ ...this.record, marker, desired: this.desired });
    this.deps.crash('task/marked');
  }

  /** The marker's where there is one: a repeat is the identical call. What is held keeps those it was made with. */
  private async parameters(): Promise<JsonObject> {
    const { record, kind, desired, references, identity, deps } = this;
    if (record.marker) return record.marker.parameters;
    if (record.cloudId !== null && record.parameters) return record.parameters;
    return kind.prepare({ desired, references, identity, cloud: deps.cloud });
  }

  private look(parameters: JsonObject): Promise<Observation> {
    const { record, kind, desired, identity, deps } = this;
    if (record.cloudId !== null)
      return kind.observe({ desired, cloudId: record.cloudId, parameters, cloud: deps.cloud });
    return kind.find({ desired, parameters, identity, cloud: deps.cloud });
  }

  private difference(observation: Observation, ownership = this.record.ownership): Difference {
    if (observation.state === 'absent') return { kind: 'none' };
    const { desired, identity } = this;
    return this.kind.differences({
      desired,
      identity,
      ownership,
      attributes: observation.attributes,
      references: this.references,
    });
  }

  private held(cloudId: string): ResourceRecord {
    return { ...this.record, cloudId, marker: null, recordedAt: this.deps.now() };
  }

  private identityAt(generation: number): Identity {
    const { network, incarnation } = this.owner;
    const { deployment } = this.deps.settings;
    return identityOf({ deployment, network, incarnation, resource: this.record.id, generation });
  }

  private async save(next: ResourceRecord): Promise<void> {
    const written = await this.deps.store.writeRecord(this.owner, next);
    if (!written) throw new RecordContended(next.id);
    this.record = written;
  }
}

function afterCloudError(detail: CloudErrorDetail, message: string, pollAfter: number): Advance {
  const failure: Failure = { code: detail.code, message, requestId: detail.requestId };
  const what = `${detail.action}: ${detail.code}`;
  switch (detail.class) {
    case 'busy':
      return { kind: 'again', delay: Math.min(pollAfter, seconds(10)), what: `waits: ${what}` };
    case 'throttled':
      return { kind: 'again', delay: seconds(15), what: `waits: ${what}` };
    case 'exists':
    case 'gone':
      return { kind: 'again', delay: durationMs(2_000), what };
    case 'fatal':
      return { kind: 'failed', failure, what };
    case 'transport':
    case 'unknown':
      return { kind: 'attempt-failed', failure, what };
  }
}
