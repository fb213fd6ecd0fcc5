/**
 * Function Compute and its triggers as far as they decide what runs when: queue streams with their tries and dead
 * letters, events of the bucket, the timer. At least once, in any order; faults say what is lost, late or doubled.
 */

import { QUEUES } from '../../functions/manifest';
import { type DurationMs, durationMs, type EpochMs, minutes, seconds } from '../../shared/clock';
import type { JsonObject } from '../../shared/json';
import { queueName } from '../../shared/queue/smq-queue';
import type { Chance } from './chance';
import type { Services } from './connections';
import { type End, Invocation, type Surrounding } from './invocation';
import { type FunctionName, LIMITS, runFunction } from './run-function';

/** First try and three more, as a stream's BACKOFF_RETRY. */
const TRIES = 4;
/** An asynchronous invocation of the bucket's. */
const EVENT_TRIES = 4;

interface Job {
  name: FunctionName;
  event: Buffer;
  tries: number;
  most: number;
}

export class Platform {
  private readonly invocations = new Map<FunctionName, number>();
  private readonly running = new Map<FunctionName, number>();
  private readonly waiting = new Map<FunctionName, Job[]>();
  private readonly polls = new Map<string, EpochMs>();
  /** Jobs that are not over, and messages on their way to be one. */
  private unfinished = 0;
  deadLetters = 0;
  /** Events of the bucket that nobody came to an end with. */
  missedUploads = 0;
  total = 0;

  constructor(
    private readonly around: Surrounding,
    private readonly services: Services,
    private readonly chance: Chance,
  ) {}

  start(): void {
    for (const queue of QUEUES) this.poke(queueName(this.services.deployment, queue));
    this.around.timeline.after(minutes(1), () => this.tickTimer());
  }

  /** Nothing runs, nothing is on its way, no queue holds anything; the timer goes on. */
  get quiet(): boolean {
    return this.unfinished === 0 && this.polls.size === 0;
  }

  /** An object came under the watched prefix, or went. */
  changed(key: string, eventName: 'ObjectCreated:PutObject' | 'ObjectRemoved:DeleteObject'): void {
    const event = {
      events: [
        {
          eventName,
          eventTime: new Date(this.around.timeline.now).toISOString(),
          oss: { bucket: { name: 'simulation' }, object: { key } },
        },
      ],
    };
    this.deliver('intake', Buffer.from(JSON.stringify(event)), EVENT_TRIES);
  }

  /** Something was sent to the queue, by its name in the cloud. */
  poke(queue: string): void {
    const name = QUEUES.find((one) => queueName(this.services.deployment, one) === queue);
    if (name === undefined) return;
    for (;;) {
      const answer = this.services.queues.take(queue);
      if ('message' in answer) {
        this.deliver(name, queueEvent(answer.message), TRIES);
        continue;
      }
      if (answer.nextVisibleAt !== null) this.pollAt(queue, answer.nextVisibleAt);
      else this.polls.delete(queue);
      return;
    }
  }

  private pollAt(queue: string, at: EpochMs): void {
    const planned = this.polls.get(queue);
    if (planned !== undefined && planned <= at && planned > this.around.timeline.now) return;
    this.polls.set(queue, at);
    this.around.timeline.at(at, () => {
      if (this.polls.get(queue) !== at) return;
      this.polls.delete(queue);
      this.poke(queue);
    });
  }

  private deliver(name: FunctionName, event: Buffer, most: number): void {
    const { fate, note } = this.around;
    const befalls = fate.ofMessage();
    if (befalls.lost) {
      note(`a message for ${name} is lost`);
      if (name === 'intake') this.missedUploads += 1;
      return;
    }
    const job = (): Job => ({ name, event, tries: 0, most });
    this.later(befalls.late ?? durationMs(0), () => this.begin(job()));
    if (befalls.twice !== null) this.later(befalls.twice, () => this.begin(job()));
  }

  private later(delay: DurationMs, happen: () => void): void {
    this.unfinished += 1;
    this.around.timeline.after(delay, happen);
  }

  private begin(job: Job): void {
    const running = this.running.get(job.name) ?? 0;
    if (running >= LIMITS[job.name].concurrency) {
      this.waiting.set(job.name, [...(this.waiting.get(job.name) ?? []), job]);
      return;
    }
    this.running.set(job.name, running + 1);
    this.invoke(job.name, job.event, (end) => {
      this.running.set(job.name, (this.running.get(job.name) ?? 1) - 1);
      this.afterTry(job, end);
      const [next, ...rest] = this.waiting.get(job.name) ?? [];
      this.waiting.set(job.name, rest);
      if (next) this.begin(next);
    });
  }

  private afterTry(job: Job, end: End): void {
    this.unfinished -= 1;
    if (end === 'gone' && job.name === 'intake') this.missedUploads += 1;
    if (end === 'returned' || end === 'gone') return;
    const tries = job.tries + 1;
    if (tries >= job.most) {
      this.deadLetters += 1;
      if (job.name === 'intake') this.missedUploads += 1;
      this.around.note(`a message for ${job.name} is a dead letter`);
      return;
    }
    const pause = durationMs(this.chance.between(seconds(10), seconds(20)));
    this.later(pause, () => this.begin({ ...job, tries }));
  }

  private invoke(name: FunctionName, event: Buffer, ended: (end: End) => void): void {
    const count = (this.invocations.get(name) ?? 0) + 1;
    this.invocations.set(name, count);
    this.total += 1;
    const full = `${name}#${count}`;
    const chance = this.chance.fork(full);
    const job = `${name} ${event.toString()}`;
    const invocation = new Invocation(full, this.around, { job, chance, timeout: LIMITS[name].timeout, ended });
    invocation.run(() => runFunction(name, event, { invocation, services: this.services, chance: chance.fork('own') }));
  }

  private tickTimer(): void {
    this.around.timeline.after(minutes(1), () => this.tickTimer());
    if (!this.around.fate.sweeps(this.around.sinceStart())) return;
    if ((this.running.get('sweep') ?? 0) > 0) return;
    this.running.set('sweep', 1);
    this.invoke('sweep', Buffer.from('{}'), () => this.running.set('sweep', 0));
  }
}

const queueEvent = (message: JsonObject): Buffer =>
  Buffer.from(JSON.stringify([{ data: { messageBody: JSON.stringify(message) } }]));
