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
}

export interface MessageFate {
  lost: boolean;
  late: DurationMs | null;
  twice: DurationMs | null;
}

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const UNDISTURBED: AskFate = { kill: null, trouble: null, freeze: null, says: null, lag: null };
const KILLED = { when: 'after', forGood: false } as const;
const DELIVERED: MessageFate = { lost: false, late: null, twice: null };

export class Fate {
  private calm = false;
  private messages = 0;
  private changes = 0;
  /** Until when reads show the cloud as it was when. */
  private hidden: { since: DurationMs; until: DurationMs } | null = null;
  private readonly asks: Record<ServiceName, number> = { store: 0, queue: 0, objects: 0, cloud: 0 };
  private readonly points = new Map<CrashPoint, number>();

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

  ofAsk(service: ServiceName, sinceStart: DurationMs, changes: boolean): AskFate {
    this.asks[service] += 1;
    if (changes) this.changes += 1;
    if (this.calm) return UNDISTURBED;
    const unseen = changes ? this.unseen(sinceStart) : null;
    const nth = this.asks[service];
    const at = (fault: { service: ServiceName; nth: number }): boolean =>
      fault.service === service && fault.nth === nth;
    const cloud = service === 'cloud';
    const stale = cloud
      ? this.of('stale').find((fault) => nth >= fault.nth && nth < fault.nth + fault.count)
      : undefined;
    const out = this.of('outage').some((fault) => fault.service === service && isDuring(fault, sinceStart));
    return {
      kill: unseen === 'killed' ? KILLED : (this.of('kill').find(at) ?? null),
      trouble: out ? 'refused' : unseen && unseen !== 'killed' ? unseen : (this.of('trouble').find(at)?.how ?? null),
      freeze: this.of('freeze').find(at)?.duration ?? null,
      says: (cloud && this.of('cloud-says').find((fault) => fault.nth === nth)?.code) || null,
      lag: cloud ? this.lag(sinceStart, stale?.lag ?? null) : null,
    };
  }

  private unseen(now: DurationMs): 'killed' | 'lost' | 'denied' | null {
    const fault = this.of('unseen').find(({ nth }) => nth === this.changes);
    if (!fault) return null;
    this.hidden = { since: now, until: durationMs(now + fault.duration) };
    return fault.how;
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
      lost: this.of('message-lost').some(at),
      late: this.of('message-late').find(at)?.later ?? null,
      twice: this.of('message-twice').find(at)?.later ?? null,
    };
  }

  deathAt(point: CrashPoint): { forGood: boolean } | null {
    const nth = (this.points.get(point) ?? 0) + 1;
    this.points.set(point, nth);
    if (this.calm) return null;
    return this.of('die').find((fault) => fault.point === point && fault.nth === nth) ?? null;
  }

  sweeps(sinceStart: DurationMs): boolean {
    return this.calm || !this.of('no-sweep').some((fault) => isDuring(fault, sinceStart));
  }

  /** The most that an instance's clock is off. */
  get skew(): number {
    return Math.max(0, ...this.of('skew').map(({ most }) => most));
  }

  private readonly byKind = new Map<Fault['kind'], Fault[]>();

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
