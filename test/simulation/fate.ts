/** The faults of a history, looked up by its counts. Once faults stop, nothing goes wrong any more. */
import { type DurationMs, durationMs } from '../../shared/clock';
import type { CrashPoint } from '../../shared/engine/crash-points';
import type { Fault, ServiceName } from './faults';

/** What befalls one question to a service. */
export interface AskFate {
  kill: { when: 'before' | 'after'; forGood: boolean } | null;
  trouble: 'refused' | 'lost' | 'denied' | null;
  freeze: DurationMs | null;
  says: string | null;
  lag: DurationMs | null;
  slow: { there: DurationMs; back: DurationMs } | null;
}

export interface Asked {
  service: ServiceName;
  what: string;
  /** Whether it changes the cloud. */
  changes: boolean;
  /** What whoever asks was given to do. */
  job: string;
  sinceStart: DurationMs;
}

export interface MessageFate {
  lost: boolean;
  late: DurationMs | null;
  twice: DurationMs | null;
}

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const UNDISTURBED: AskFate = { kill: null, trouble: null, freeze: null, says: null, lag: null, slow: null };
const KILLED = { when: 'after', forGood: false } as const;
const FORSAKEN = { when: 'after', forGood: true } as const;
const DELIVERED: MessageFate = { lost: false, late: null, twice: null };

export class Fate {
  private calm = false;
  private messages = 0;
  /** Until when reads show the cloud as it was when. */
  private hidden: { since: DurationMs; until: DurationMs } | null = null;
  /** Until when the timer does not tick. */
  private silence = durationMs(0);
  /** Those that have disturbed something. */
  readonly struck = new Set<Fault>();
  private readonly asks: Record<ServiceName, number> = { store: 0, queue: 0, objects: 0, cloud: 0 };
  private readonly points = new Map<CrashPoint, number>();
  /** Which calls to the cloud, by their numbers, changed something. */
  readonly writes = new Set<number>();
  /** Where whoever is given the same to do dies again. */
  private readonly again = new Map<string, { forGood: boolean }>();
  /** Deaths of those who were to do what another had died of. */
  deathsAgain = 0;

  constructor(private readonly faults: readonly Fault[]) {}

  /** From here on all is well. */
  calmDown(): void {
    this.calm = true;
  }

  /** How often each service was asked so far. */
  get asked(): Readonly<Record<ServiceName, number>> {
    return this.asks;
  }

  get passed(): ReadonlyMap<CrashPoint, number> {
    return this.points;
  }

  get delivered(): number {
    return this.messages;
  }

  ofAsk({ service, what, changes, job, sinceStart }: Asked): AskFate {
    this.asks[service] += 1;
    if (changes) this.writes.add(this.asks.cloud);
    if (this.calm) return UNDISTURBED;
    const unseen = changes ? this.unseen(sinceStart) : null;
    const forsaken = changes && this.forsaken(sinceStart);
    const nth = this.asks[service];
    const at = (fault: { service: ServiceName; nth: number }): boolean =>
      fault.service === service && fault.nth === nth;
    const during = (fault: { nth: number; count: number }): boolean =>
      nth >= fault.nth && nth < fault.nth + fault.count;
    const cloud = service === 'cloud';
    const out = this.strike('outage', (fault) => fault.service === service && isDuring(fault, sinceStart));
    const killed = forsaken ? FORSAKEN : unseen === 'killed' ? KILLED : null;
    const before = this.diesAgain(`before ${what} ${job}`);
    const repeated = before ? { ...before, when: 'before' as const } : null;
    const last = this.diesAgain(`after ${what} ${job}`);
    return {
      kill: killed ?? repeated ?? (last && { ...last, when: 'after' as const }) ?? this.killed(at, `${what} ${job}`),
      trouble: out ? 'refused' : unseen && unseen !== 'killed' ? unseen : (this.strike('trouble', at)?.how ?? null),
      freeze: this.strike('freeze', at)?.duration ?? null,
      says: (cloud && this.strike('cloud-says', (fault) => fault.nth === nth)?.code) || null,
      lag: cloud && !changes ? this.lag(sinceStart, this.strike('stale', during)?.lag ?? null) : null,
      slow: this.strike('slow', (fault) => fault.service === service && during(fault)) ?? null,
    };
  }

  private killed(at: (fault: Of<'kill'>) => boolean, place: string): AskFate['kill'] {
    const fault = this.strike('kill', at) ?? null;
    if (fault?.again) this.again.set(`${fault.when} ${place}`, fault);
    return fault;
  }

  private diesAgain(place: string): { forGood: boolean } | null {
    const death = this.again.get(place) ?? null;
    if (death && this.again.delete(place)) this.deathsAgain += 1;
    return death;
  }

  private unseen(now: DurationMs): 'killed' | 'lost' | 'denied' | null {
    const fault = this.strike('unseen', ({ nth }) => nth === this.writes.size);
    if (!fault) return null;
    this.hidden = { since: now, until: durationMs(now + fault.duration) };
    return fault.how;
  }

  private forsaken(now: DurationMs): boolean {
    const fault = this.strike('forsaken', ({ nth }) => nth === this.writes.size);
    if (fault) this.silence = durationMs(now + fault.duration);
    return fault !== undefined;
  }

  private lag(now: DurationMs, otherwise: DurationMs | null): DurationMs | null {
    if (this.hidden === null || now >= this.hidden.until) return otherwise;
    return durationMs(Math.max(now - this.hidden.since, otherwise ?? 0));
  }

  ofMessage(): MessageFate {
    this.messages += 1;
    if (this.calm) return DELIVERED;
    const at = ({ nth }: { nth: number }): boolean => nth === this.messages;
    return {
      lost: this.strike('message-lost', at) !== undefined,
      late: this.strike('message-late', at)?.later ?? null,
      twice: this.strike('message-twice', at)?.later ?? null,
    };
  }

  deathAt(point: CrashPoint, job: string): { forGood: boolean } | null {
    const nth = (this.points.get(point) ?? 0) + 1;
    this.points.set(point, nth);
    if (this.calm) return null;
    const place = `at ${point} ${job}`;
    const repeated = this.diesAgain(place);
    if (repeated) return repeated;
    const fault = this.strike('die', (one) => one.point === point && one.nth === nth) ?? null;
    if (fault?.again) this.again.set(place, fault);
    return fault;
  }

  sweeps(sinceStart: DurationMs): boolean {
    if (this.calm) return true;
    return !this.strike('no-sweep', (fault) => isDuring(fault, sinceStart)) && sinceStart >= this.silence;
  }

  /** The most that an instance's clock is off. */
  get skew(): number {
    const most = Math.max(0, ...this.of('skew').map((fault) => fault.most));
    this.strike('skew', (fault) => fault.most === most);
    return most;
  }

  private readonly byKind = new Map<Fault['kind'], Fault[]>();

  /** The first that is due, noted as having disturbed something. */
  private strike<K extends Fault['kind']>(kind: K, due: (fault: Of<K>) => boolean): Of<K> | undefined {
    const fault = this.of(kind).find(due);
    if (fault) this.struck.add(fault);
    return fault;
  }

  private of<K extends Fault['kind']>(kind: K): Of<K>[] {
    let of = this.byKind.get(kind);
    if (!of) {
      of = this.faults.filter((fault) => fault.kind === kind);
      this.byKind.set(kind, of);
    }
    return of as Of<K>[];
  }
}

const isDuring = (span: { from: DurationMs; duration: DurationMs }, time: DurationMs): boolean =>
  time >= span.from && time < span.from + span.duration;
