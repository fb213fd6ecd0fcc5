/**
 * One invocation of a function: it asks services, and waits for each answer in virtual time. It can die at any question
 * and at any named crash point; what a dead one had sent still arrives, and nothing it does later has any effect.
 */
import { type Clock, type DurationMs, durationMs, epochMs, minutes, seconds } from '../../shared/clock';
import type { Crash } from '../../shared/engine/crash-points';
import type { Chance } from './chance';
import type { AskFate, Fate } from './fate';
import type { ServiceName } from './faults';
import type { Timeline } from './timeline';

export const SOCKET_TIMEOUT = seconds(10);
export const CLOCK_SKEW = minutes(1);

export interface Surrounding {
  timeline: Timeline;
  fate: Fate;
  sinceStart(): DurationMs;
  note(line: string): void;
}

export interface Question<T> {
  service: ServiceName;
  what: string;
  /** Whether it changes the cloud. */
  changes?: boolean;
  /** Serves it, at once. */
  serve(fate: AskFate): Promise<T>;
  /** What the caller gets where it was not served, or where no answer came. */
  error(why: 'refused' | 'lost'): Error;
}

/** Milliseconds on the way, there or back. */
const WAYS: Readonly<Record<ServiceName, readonly [number, number]>> = {
  store: [1, 12],
  queue: [2, 15],
  objects: [4, 30],
  cloud: [20, 350],
};

/** `gone`: it died, and whoever started it takes that for its end. */
export type End = 'returned' | 'threw' | 'died' | 'gone' | 'timed-out';

export interface InvocationOptions {
  /** What it was given to do: a retry is given the same. */
  job: string;
  chance: Chance;
  timeout: DurationMs;
  /** Called once, with what the platform sees. */
  ended(end: End): void;
}

export class Died extends Error {}

export class Invocation {
  /** The code runs; a frozen one may outlive its end as the platform sees it. */
  private running = true;
  private reported = false;
  private frozen = false;
  readonly startedAt: number;
  /** When the platform ends it at the latest; a frozen one outlives that. */
  readonly endsAt: number;
  /** The names under which it claims tasks: one a message. */
  readonly owners = new Set<string>();

  constructor(
    readonly name: string,
    private readonly around: Surrounding,
    private readonly options: InvocationOptions,
  ) {
    this.startedAt = around.timeline.now;
    this.endsAt = this.startedAt + options.timeout;
    const most = around.fate.skew;
    this.skew = most === 0 ? 0 : options.chance.between(-most, most);
    around.timeline.after(options.timeout, () => this.timeOut());
  }

  private readonly skew: number;

  readonly clock: Clock = {
    now: () => epochMs(this.around.timeline.now + this.skew),
    monotonic: () => durationMs(this.around.timeline.now - this.startedAt),
  };

  readonly crash: Crash = (point) => {
    if (!this.running) throw new Died(this.name);
    const death = this.around.fate.deathAt(point, this.options.job);
    if (!death) return;
    this.die(`at ${point}`, death);
    throw new Died(this.name);
  };

  newOwner(): string {
    const owner = `${this.name}/${this.owners.size + 1}`;
    this.owners.add(owner);
    return owner;
  }

  run(code: () => Promise<unknown>): void {
    code().then(
      () => this.finish('returned'),
      () => this.finish('threw'),
    );
  }

  ask<T>(question: Question<T>): Promise<T> {
    if (!this.running) return new Promise(() => undefined);
    const { timeline, fate, note } = this.around;
    const { service, what, changes = false } = question;
    const sinceStart = this.around.sinceStart();
    const befalls = fate.ofAsk({ service, what, changes, job: this.options.job, sinceStart });
    if (befalls.kill?.when === 'before') {
      this.die(`before ${what}`, befalls.kill);
      return new Promise(() => undefined);
    }
    return new Promise((resolve, reject) => {
      const { trouble, slow } = befalls;
      const giveUp = (after: DurationMs): void =>
        timeline.after(after, () => this.wake(() => reject(question.error('lost'))));
      if (slow && slow.there + slow.back >= SOCKET_TIMEOUT) giveUp(SOCKET_TIMEOUT);
      timeline.after(durationMs(this.way(service) + (slow?.there ?? 0)), () => {
        if (trouble === 'refused') {
          note(`${this.name} ${what}: refused`);
          return this.answer(service, befalls, () => reject(question.error('refused')));
        }
        note(`${this.name} ${what}`);
        const served = question.serve(befalls);
        if (befalls.kill?.when === 'after') this.die(`after ${what}`, befalls.kill);
        if (trouble === 'lost') {
          served.catch(() => undefined);
          return giveUp(SOCKET_TIMEOUT);
        }
        const give = (result: T): void => (trouble === 'denied' ? reject(question.error('refused')) : resolve(result));
        served.then(
          (result) => this.answer(service, befalls, () => give(result)),
          (error) => this.answer(service, befalls, () => reject(error)),
        );
      });
    });
  }

  private answer(service: ServiceName, { freeze, slow }: AskFate, give: () => void): void {
    if (freeze !== null) {
      this.frozen = true;
      this.around.note(`${this.name} stands still for ${Math.round(freeze / 1_000)} s`);
    }
    const way = durationMs(this.way(service) + (freeze ?? 0) + (slow?.back ?? 0));
    this.around.timeline.after(way, () => this.wake(give));
  }

  private wake(give: () => void): void {
    if (this.running) give();
  }

  private way(service: ServiceName): DurationMs {
    return durationMs(this.options.chance.between(...WAYS[service]));
  }

  private die(where: string, { forGood }: { forGood: boolean }): void {
    if (!this.running) return;
    this.running = false;
    this.around.note(`${this.name} dies ${where}`);
    this.report(forGood ? 'gone' : 'died');
  }

  private timeOut(): void {
    if (!this.running) return;
    this.around.note(`${this.name} times out`);
    if (!this.frozen) this.running = false;
    this.report('timed-out');
  }

  private finish(end: 'returned' | 'threw'): void {
    if (!this.running) return;
    this.running = false;
    this.around.note(`${this.name} ${end}`);
    this.report(end);
  }

  private report(end: End): void {
    if (this.reported) return;
    this.reported = true;
    this.options.ended(end);
  }
}
