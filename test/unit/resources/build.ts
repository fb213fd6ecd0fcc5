/**
 * Brings a resource to done the way the engine does (mark, create, look again, update, look again), without its store
 * and queues: time passes between two looks, busy and throttled answers wait.
 */

import { seconds } from '../../../shared/clock';
import { type Cloud, cloudErrorOf } from '../../../shared/engine/cloud';
import { tokenOf } from '../../../shared/engine/identity';
import type { Observation, ResourceKind } from '../../../shared/engine/resource-kind';
import type { JsonObject } from '../../../shared/json';
import type { Desired, DesiredResource, ResourceId } from '../../../shared/plan/desired';
import type { RecordedResource } from '../../../shared/plan/recorded';
import { resourceKinds } from '../../../shared/resources/registry';
import { secretOf } from '../../../shared/secret';
import type { ManualClock } from '../../in-process/in-process-world';
import { identityFor } from './identity-for';

type Present = Extract<Observation, { state: 'present' }>;

export interface Built {
  observation: Present;
  ownership: RecordedResource['ownership'];
  parameters: JsonObject;
  /** What `update` was called for. */
  updates: string[];
}

const MOST_LOOKS = 200;

export class Builder {
  readonly records = new Map<ResourceId, RecordedResource>();
  readonly parameters = new Map<ResourceId, JsonObject>();
  private keys = 0;
  private readonly kinds = resourceKinds({ randomKey: () => secretOf(`${this.keys++}`.padStart(48, 'K')) });

  constructor(
    readonly cloud: Cloud,
    readonly clock: ManualClock,
  ) {}

  kindOf(desired: Desired): ResourceKind {
    return this.kinds[desired.kind] as unknown as ResourceKind;
  }

  async build({ id, desired }: DesiredResource): Promise<Built> {
    const kind = this.kindOf(desired);
    const identity = identityFor(id);
    const { cloud } = this;
    const parameters = await this.patiently(() => kind.prepare({ desired, references: this.records, identity, cloud }));
    const found = await this.patiently(() => kind.find({ desired, parameters, identity, cloud }));
    if (found.state === 'present' && !kind.borrows) throw new Error(`${found.cloudId} stands in the place of ${id}`);
    const ownership = found.state === 'present' ? 'borrowed' : 'ours';
    const token = tokenOf(identity, 'create');
    const cloudId =
      found.state === 'present'
        ? found.cloudId
        : (await this.patiently(() => kind.create({ desired, parameters, token, cloud }))).cloudId;
    const { observation, updates } = await this.settle(id, desired, { cloudId, parameters, ownership });
    this.parameters.set(id, parameters);
    this.records.set(id, {
      id,
      kind: desired.kind,
      region: null,
      generation: 1,
      cloudId,
      ownership,
      desiredHash: null,
      attributes: observation.attributes,
    });
    return { observation, ownership, parameters, updates };
  }

  /** Looks and updates until it is as wanted. */
  async settle(
    id: ResourceId,
    desired: Desired,
    held: { cloudId: string; parameters: JsonObject; ownership: RecordedResource['ownership'] },
  ): Promise<{ observation: Present; updates: string[] }> {
    const kind = this.kindOf(desired);
    const identity = identityFor(id);
    const { cloudId, parameters, ownership } = held;
    const updates: string[] = [];
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      this.clock.advance(kind.pollAfter);
      const observation = await kind.observe({ desired, cloudId, parameters, cloud: this.cloud });
      if (observation.state === 'absent') throw new Error(`${id} is gone`);
      if (observation.failure !== null) throw new Error(`${id}: ${observation.failure}`);
      if (observation.phase === 'changing') continue;
      const { attributes } = observation;
      const difference = kind.differences({ desired, identity, ownership, attributes, references: this.records });
      if (difference.kind === 'none') return { observation, updates };
      if (difference.kind !== 'update') throw new Error(`${id}: ${difference.kind}: ${difference.reason}`);
      updates.push(difference.reason);
      const token = tokenOf(identity, `update/${difference.reason}`, 'run-1');
      await this.patiently(() =>
        kind.update({
          desired,
          cloudId,
          attributes,
          parameters,
          references: this.records,
          identity,
          token,
          cloud: this.cloud,
        }),
      );
    }
    throw new Error(`${id} does not settle`);
  }

  /** Removes it and looks until nothing stands in its place: a rule's group and a route's table entry stay. */
  async remove({ id, desired }: DesiredResource): Promise<void> {
    const kind = this.kindOf(desired);
    const identity = identityFor(id);
    const { cloud } = this;
    const cloudId = this.records.get(id)?.cloudId ?? '';
    const parameters = this.parameters.get(id) ?? {};
    const token = tokenOf(identity, 'remove', 'run-2');
    await this.patiently(() => kind.remove({ desired, cloudId, parameters, token, cloud }));
    // A second time tolerates that it is gone, or going.
    await this.patiently(() => kind.remove({ desired, cloudId, parameters, token: `${token.slice(1)}2`, cloud }));
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const seen = await this.patiently(() => kind.find({ desired, parameters, identity, cloud }));
      if (seen.state === 'absent') return;
      this.clock.advance(kind.pollAfter);
    }
    throw new Error(`${id} is not removed`);
  }

  private async patiently<T>(move: () => Promise<T>): Promise<T> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      try {
        return await move();
      } catch (error) {
        const answer = cloudErrorOf(error)?.class;
        if (answer !== 'busy' && answer !== 'throttled') throw error;
        this.clock.advance(seconds(5));
      }
    }
    throw new Error('busy for ever');
  }
}
