/**
 * The local cloud behind one pure entry point: time and a request in, a response and the changes out.
 *
 * No clock, timer, randomness or I/O inside: the same world serves HTTP, stands behind tests, and runs in
 * simulations. The wire (local/wire/) decodes, checks signatures and encodes; the shell (local/runtime/) owns time,
 * the journal and the functions.
 *
 * 1. Time never goes back: a request with an earlier time is served at the latest time seen.
 * 2. What is due by the request's time happens before the request is served.
 * 3. A request that fails leaves no trace but its request id.
 * 4. What a role asks for is asked of RAM before a service serves it. The account's own key may do everything.
 * 5. A service that the account never opened serves nobody; that comes before RAM is asked.
 */
import { createHash } from 'node:crypto';
import { type EpochMs, epochMs } from '../../shared/clock';
import { type Authorizer, authorizer } from './authorization/authorizer';
import type { AuthorizationObserver, Denial, Permission } from './authorization/permission';
import { type Change, State } from './state';

/** Who signed the request. */
export interface Caller {
  accountId: string;
  accessKeyId: string;
  /** `acs:ram::<account>:role/<name>` where the credentials are a role's. */
  roleArn: string | null;
}

export interface WorldRequest {
  /** Names the service that serves it: `rpc`, `tablestore`, `smq`, `oss`. */
  service: string;
  caller: Caller;
  /** What the wire decoded; each service has its own type. */
  input: unknown;
}

export interface WorldResponse {
  requestId: string;
  /** What the wire encodes; errors of the service are values of it, never exceptions. */
  output: unknown;
}

/** What a service and its actions work with. */
export interface Context {
  readonly now: EpochMs;
  readonly state: State;
  readonly caller: Caller;
  readonly requestId: string;
  readonly settings: Settings;
  /** A new id: `vpn-` and 22 letters and digits, the same for the same history. */
  newId(prefix: string): string;
  /** Has `effect` of the service happen when `delay` of the cloud's time has passed. */
  schedule(at: EpochMs, effect: string, payload: unknown): void;
}

/** What `schedule` named, when its time has come. It must tolerate that its subject is gone. */
export type Effect = (context: Context, payload: never) => void;

export interface Service {
  /** Returns the output; throws only on a defect. Expected errors are outputs. */
  serve(context: Context, input: unknown): { ok: boolean; output: unknown };
  readonly effects: Record<string, Effect>;
  readonly authorization: ServiceAuthorization;
  /** The service's answer where the account never opened it; null where it did. */
  closed?(context: Context, input: unknown): unknown;
}

/** How a service asks RAM, and how it says no. */
export interface ServiceAuthorization {
  /** All that the request needs; none where everybody may, and where `serve` will not know what is asked. */
  permissions(context: Context, input: unknown): readonly Permission[];
  /** The service's answer to a role that lacks one of them. */
  denied(context: Context, input: unknown, denial: Denial): unknown;
}

/** What the account and the command line set: nothing here changes while the world runs. */
export interface Settings {
  seed: string;
  accountId: string;
  /** Where requests without a region belong. */
  region: string;
  /** Limits of the account, by name; what is absent has the service's default. */
  quotas: Readonly<Record<string, number>>;
  /** Factor on every asynchronous state's duration; 1 is the service's. */
  durationFactor: number;
}

interface Timer {
  effect: string;
  payload: unknown;
}

const TIMERS = 'world.timers';
const META = 'world.meta';

export class World {
  readonly state = new State();
  private latest: EpochMs;
  private readonly authorize: Authorizer;

  constructor(
    private readonly settings: Settings,
    private readonly services: Readonly<Record<string, Service>>,
    restored: Iterable<Change> = [],
    observe?: AuthorizationObserver,
  ) {
    this.state.restore(restored);
    this.authorize = authorizer(this.state, observe);
    this.latest = this.state.get<EpochMs>(META, 'latest') ?? epochMs(0);
  }

  handle(now: EpochMs, request: WorldRequest): { response: WorldResponse; changes: Change[] } {
    this.advanceTo(now);
    const requestId = this.newRequestId();
    const context = this.context(request.caller, requestId);
    const service = this.services[request.service];
    if (!service) throw new TypeError(`no such service: ${request.service}`);
    const savepoint = this.state.savepoint();
    let served: ReturnType<Service['serve']>;
    try {
      served = this.refusalOf(service, context, request.input) ?? service.serve(context, request.input);
    } catch (defect) {
      this.state.rollback(savepoint);
      throw defect;
    }
    const { ok, output } = served;
    if (!ok) this.state.rollback(savepoint);
    return { response: { requestId, output }, changes: this.state.takeChanges() };
  }

  /** Lets what is due by `now` happen, without a request. */
  tick(now: EpochMs): Change[] {
    this.advanceTo(now);
    return this.state.takeChanges();
  }

  /** When the next thing happens by itself; null where nothing is pending. */
  nextDue(): EpochMs | null {
    const key = this.state.firstKey(TIMERS);
    return key === undefined ? null : dueOf(key);
  }

  private refusalOf(service: Service, context: Context, input: unknown): { ok: false; output: unknown } | null {
    const closed = service.closed?.(context, input) ?? null;
    if (closed !== null) return { ok: false, output: closed };
    const denial = this.denialOf(service, context, input);
    return denial ? { ok: false, output: service.authorization.denied(context, input, denial) } : null;
  }

  private denialOf({ authorization }: Service, context: Context, input: unknown): Denial | null {
    const { roleArn, accessKeyId } = context.caller;
    if (roleArn === null) return null;
    return this.authorize(this.latest, { roleArn, accessKeyId }, authorization.permissions(context, input));
  }

  private advanceTo(now: EpochMs): void {
    const target = Math.max(now, this.latest);
    for (;;) {
      const key = this.state.firstKey(TIMERS);
      if (key === undefined || dueOf(key) > target) break;
      this.latest = epochMs(Math.max(this.latest, dueOf(key)));
      const timer = this.state.get<Timer>(TIMERS, key) as Timer;
      this.state.delete(TIMERS, key);
      this.run(timer);
    }
    this.latest = epochMs(target);
    this.state.put(META, 'latest', this.latest);
  }

  private run(timer: Timer): void {
    for (const service of Object.values(this.services)) {
      const effect = service.effects[timer.effect];
      if (!effect) continue;
      const caller = { accountId: this.settings.accountId, accessKeyId: '', roleArn: null };
      effect(this.context(caller, this.newRequestId()), timer.payload as never);
      return;
    }
    throw new TypeError(`no such effect: ${timer.effect}`);
  }

  private context(caller: Caller, requestId: string): Context {
    const { state, settings } = this;
    return {
      now: this.latest,
      state,
      caller,
      requestId,
      settings,
      newId: (prefix) => prefix + this.draw(prefix).slice(0, 22),
      schedule: (at, effect, payload) => {
        state.put(TIMERS, timerKey(at, this.count('timer')), { effect, payload } satisfies Timer);
      },
    };
  }

  private newRequestId(): string {
    const digits = this.digest('request').toUpperCase();
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(12, 16),
      digits.slice(16, 20),
      digits.slice(20, 32),
    ].join('-');
  }

  /** 25 letters and digits, drawn from the seed and a counter in the state: no chance involved. */
  private draw(purpose: string): string {
    return BigInt(`0x${this.digest(purpose).slice(0, 32)}`)
      .toString(36)
      .padStart(25, '0');
  }

  private digest(purpose: string): string {
    return createHash('sha256')
      .update(`${this.settings.seed}/${purpose}/${this.count(purpose)}`)
      .digest('hex');
  }

  private count(purpose: string): number {
    const next = (this.state.get<number>(META, `count.${purpose}`) ?? 0) + 1;
    this.state.put(META, `count.${purpose}`, next);
    return next;
  }
}

/** Timers sort by due time, then by the order in which they were set. */
const timerKey = (due: number, sequence: number): string =>
  `${String(Math.ceil(due)).padStart(15, '0')}/${String(sequence).padStart(12, '0')}`;
const dueOf = (key: string): EpochMs => epochMs(Number(key.slice(0, 15)));
