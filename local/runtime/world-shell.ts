/**
 * What the pure world needs around it: the time, the journal, and whoever wants to know that something changed. Every
 * request of the local cloud, from the wire or from its triggers, passes here.
 */
import { type Clock, type ClockRate, type EpochMs, systemClock } from '../../shared/clock';
import type { Change } from '../world/state';
import type { World, WorldRequest, WorldResponse } from '../world/world';
import type { Journal } from './journal';

export interface WorldShell {
  readonly world: World;
  /** The cloud's time. */
  readonly clock: Clock;
  /** How it relates to ours. */
  readonly rate: ClockRate;
  /** What the request changed is in the journal when this returns. */
  handle(request: WorldRequest): WorldResponse;
  /** A write from outside of any service: the runtime's own notes. */
  write(changes: readonly Change[]): void;
  /** Called after every change, with the collections that changed. Returns what ends it. */
  subscribe(listener: (collections: ReadonlySet<string>) => void): () => void;
  stop(): void;
}

export interface ShellOptions {
  world: World;
  rate: ClockRate;
  /** Null keeps nothing. */
  journal: Journal | null;
}

/** Node's longest timer is shorter than some waits; and a clock may be set. */
const LONGEST_SLEEP_MS = 60_000;

export function worldShell({ world, rate, journal }: ShellOptions): WorldShell {
  const clock = systemClock(rate);
  const listeners = new Set<(collections: ReadonlySet<string>) => void>();
  let alarm: NodeJS.Timeout | null = null;
  let stopped = false;

  const keep = (changes: readonly Change[]): void => {
    journal?.append(changes);
    if (journal?.large) journal.compact(world.state.snapshot());
    if (stopped || changes.length === 0) return;
    const collections = new Set(changes.map(({ collection }) => collection));
    for (const listener of [...listeners]) listener(collections);
    schedule();
  };
  const schedule = (): void => {
    if (alarm) clearTimeout(alarm);
    const due = world.nextDue();
    if (due === null || stopped) return;
    // biome-ignore lint/plugin: the shell owns the local cloud's timers.
    alarm = setTimeout(() => keep(world.tick(clock.now())), sleepFor(due, clock.now(), rate.rate));
  };
  // What an earlier life left pending.
  schedule();

  return {
    world,
    clock,
    rate,
    handle: (request) => {
      const { response, changes } = world.handle(clock.now(), request);
      keep(changes);
      return response;
    },
    write: (changes) => {
      for (const { collection, key, value } of changes) {
        if (value === undefined) world.state.delete(collection, key);
        else world.state.put(collection, key, value);
      }
      keep(world.state.takeChanges());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      stopped = true;
      if (alarm) clearTimeout(alarm);
      journal?.close();
    },
  };
}

/** Real milliseconds until the cloud's time reaches `due`. */
const sleepFor = (due: EpochMs, now: EpochMs, rate: number): number =>
  Math.min(Math.max(Math.ceil((due - now) / rate), 0), LONGEST_SLEEP_MS);
