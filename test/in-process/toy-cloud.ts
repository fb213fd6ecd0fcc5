/**
 * A cloud of things that have a name and a state, as small as W1 allows: create with or without a token, reads that
 * may lag, answers that may be lost. What the engine's tests look at is how many things it was made to make.
 */
import { type Clock, type DurationMs, epochMs, minutes, seconds } from '../../shared/clock';
import { CloudError, type CloudErrorClass } from '../../shared/engine/cloud';
import type { Observation, ResourceKind } from '../../shared/engine/resource-kind';
import type { Json, JsonObject } from '../../shared/json';
import type { Cen } from '../../shared/plan/desired';

interface Thing {
  id: string;
  tagged: boolean;
  name: string;
  token: string;
  visibleAt: number;
  settledAt: number;
}

export interface ToyOptions {
  clientToken: boolean;
  /** How long a read does not show what was just made. */
  readLag: DurationMs;
  settles: DurationMs;
  /** Whether a thing must be changed after it was made. */
  needsTags?: boolean;
  /** Whether it must be given something after it was made that no answer tells. */
  needsKey?: boolean;
}

export class ToyCloud {
  readonly things: Thing[] = [];
  /** Taken one a call, in order: what the next creates do. */
  readonly script: ('ok' | 'made-but-answer-lost' | 'busy' | 'fatal' | 'throttled')[] = [];
  creates = 0;
  /** The tokens of the updates, in order. */
  readonly updates: string[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly options: ToyOptions = { clientToken: true, readLag: seconds(0), settles: seconds(30) },
  ) {}

  kind(): ResourceKind<Cen> {
    return {
      kind: 'cen',
      clientToken: this.options.clientToken,
      borrows: false,
      pollAfter: seconds(20),
      deadline: minutes(30),
      prepare: async ({ identity }) => ({ name: identity.name }),
      find: async ({ parameters }) => this.seen((thing) => thing.name === parameters.name),
      observe: async ({ cloudId, parameters }) => this.seen((thing) => thing.id === cloudId, parameters.given ?? null),
      create: async ({ parameters, token }) => this.create(parameters, token),
      differences: ({ attributes }) => {
        if (this.options.needsTags && attributes.tagged === false) return { kind: 'update', reason: 'tags' };
        if (this.options.needsKey && attributes.given !== 'key') return { kind: 'update', reason: 'key' };
        return { kind: 'none' };
      },
      unreadable: ({ attributes, parameters }) =>
        this.options.needsKey && attributes.given !== 'key'
          ? { during: { ...parameters, given: null }, after: { ...parameters, given: 'key' } }
          : null,
      update: async ({ cloudId, token }) => {
        this.updates.push(token);
        for (const thing of this.things) if (thing.id === cloudId) thing.tagged = true;
      },
      remove: async () => undefined,
    };
  }

  remove(id: string): void {
    this.things.splice(
      this.things.findIndex((thing) => thing.id === id),
      1,
    );
  }

  private seen(matches: (thing: Thing) => boolean, given: Json = null): Observation {
    const now = this.clock.now();
    const thing = this.things.find((one) => matches(one) && one.visibleAt <= now);
    if (!thing) return { state: 'absent' };
    const phase = thing.settledAt <= now ? 'settled' : 'changing';
    return {
      state: 'present',
      cloudId: thing.id,
      phase,
      failure: null,
      attributes: { name: thing.name, tagged: thing.tagged, given },
    };
  }

  private create(parameters: JsonObject, token: string): { cloudId: string } {
    this.creates += 1;
    const fate = this.script.shift() ?? 'ok';
    if (fate === 'busy') throw failure('Operation.Blocking', 'busy');
    if (fate === 'throttled') throw failure('Throttling.User', 'throttled');
    if (fate === 'fatal') throw failure('Resource.QuotaFull', 'fatal');
    const known = this.options.clientToken ? this.things.find((thing) => thing.token === token) : undefined;
    const thing = known ?? this.add(String(parameters.name), token);
    if (fate === 'made-but-answer-lost') throw failure('Transport', 'transport');
    return { cloudId: thing.id };
  }

  private add(name: string, token: string): Thing {
    const now = this.clock.now();
    const { readLag, settles } = this.options;
    const id = `thing-${this.things.length + 1}`;
    const thing = {
      id,
      tagged: false,
      name,
      token,
      visibleAt: epochMs(now + readLag),
      settledAt: epochMs(now + settles),
    };
    this.things.push(thing);
    return thing;
  }
}

const failure = (code: string, kind: CloudErrorClass): CloudError =>
  new CloudError(
    { service: 'cbn', action: 'CreateThing', code, class: kind, status: 400, requestId: 'request-1' },
    code,
  );
