/**
 * Virtual time: what is to happen, in order of time and, at one instant, in the order in which it was asked for. One
 * thing happens at a time; whatever code it set free runs until it waits again before the next one does.
 */
import { type DurationMs, type EpochMs, epochMs } from '../../shared/clock';

interface Entry {
  at: number;
  order: number;
  happen(): void;
}

export class Timeline {
  private readonly heap: Entry[] = [];
  private entries = 0;

  constructor(private instant: EpochMs) {}

  get now(): EpochMs {
    return this.instant;
  }

  after(delay: DurationMs, happen: () => void): void {
    this.at(epochMs(this.instant + Math.max(0, delay)), happen);
  }

  at(time: EpochMs, happen: () => void): void {
    this.entries += 1;
    this.push({ at: Math.max(time, this.instant), order: this.entries, happen });
  }

  /** Until `done`, or until nothing is left before `until`. False where it was not done. */
  async run(until: EpochMs, done: () => boolean): Promise<boolean> {
    while (!done()) {
      const next = this.heap[0];
      if (!next || next.at > until) return false;
      this.pop();
      this.instant = epochMs(next.at);
      next.happen();
      await untilEverybodyWaits();
    }
    return true;
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(heap[index] as Entry, heap[parent] as Entry)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let least = index;
      for (const child of [left, left + 1])
        if (child < heap.length && before(heap[child] as Entry, heap[least] as Entry)) least = child;
      if (least === index) return;
      this.swap(index, least);
      index = least;
    }
  }

  private swap(one: number, other: number): void {
    const { heap } = this;
    [heap[one], heap[other]] = [heap[other] as Entry, heap[one] as Entry];
  }
}

const before = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Promises are all that the code under test waits for: when the queue of microtasks is empty, everybody waits. */
const untilEverybodyWaits = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
