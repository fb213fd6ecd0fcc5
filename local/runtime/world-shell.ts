/**
 * What the pure world needs around it: the time, the journal, and whoever wants to know that something changed. Every
 * request of the local cloud, from the wire or from its triggers, passes here.
 */
import { type Clock, durationMs, type EpochMs } from '../../shared/clock';
import type { Change } from '../world/state';
import type { World, WorldRequest, WorldResponse } from '../world/world';
import type { Journal } from './journal';

export interface WorldShell {
  readonly world: World;
  readonly clock: Clock;
  handle(request: WorldRequest): WorldResponse;
  /** A write from outside of any service: the runtime's own notes. */
  write(changes: readonly Change[]): void;
  /** Called after every change, with the collections that changed. */
  subscribe(listener: (collections: ReadonlySet<string>) => void): void;
  stop(): void;
}

/** The journal is compacted when it has grown by this many changes. */
const COMPACT_AFTER = 200_000;
/** Node's longest timer is shorter than some waits; and a clock may be set. */
const LONGEST_SLEEP_MS = 60_000;

export function worldShell(options: { world: World; clock: Clock; rate: number; journal: Journal | null }): WorldShell {
  const { world, clock, rate, journal } = options;
  const listeners: ((collections: ReadonlySet<string>) => void)[] = [];
  let written = 0;
  let alarm: NodeJS.Timeout | null = null;
  let stopped = false;

  const keep = (changes: readonly Change[]): void => {
    journal?.append(changes);
    written += changes.length;
    if (journal && written > COMPACT_AFTER) {
      journal.compact(world.state.snapshot());
      written = 0;
    }
  };
  const announce = (changes: readonly Change[]): void => {
    if (stopped) return;
    const collections = new Set(changes.map(({ collection }) => collection));
    if (collections.size > 0) for (const listener of listeners) listener(collections);
    schedule();
  };
  const schedule = (): void => {
    if (alarm) clearTimeout(alarm);
    const due = world.nextDue();
    if (due === null || stopped) return;
    // biome-ignore lint/plugin: the shell owns the local cloud's timers.
    alarm = setTimeout(tick, sleepFor(due, clock.now(), rate));
  };
  const tick = (): void => {
    const changes = world.tick(clock.now());
    keep(changes);
    announce(changes);
  };

  return {
    world,
    clock,
    handle: (request) => {
      const { response, changes } = world.handle(clock.now(), request);
      keep(changes);
      announce(changes);
      return response;
    },
    write: (changes) => {
      for (const { collection, key, value } of changes) {
        if (value === undefined) world.state.delete(collection, key);
        else world.state.put(collection, key, value);
      }
      const noted = world.state.takeChanges();
      keep(noted);
      announce(noted);
    },
    subscribe: (listener) => {
      listeners.push(listener);
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
  durationMs(Math.min(Math.max(Math.ceil((due - now) / rate), 0), LONGEST_SLEEP_MS));
