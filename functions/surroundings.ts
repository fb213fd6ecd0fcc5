/**
 * What a handler works with: on Function Compute an instance's (instance.ts and the assemble- files), in the simulation
 * its own, so that the same handlers run there. Each handler asks only for what it uses: a bundle loads no more.
 */
import type { Clock, DurationMs } from '../shared/clock';
import type { Cloud } from '../shared/engine/cloud';
import type { Crash } from '../shared/engine/crash-points';
import type { CallRecord } from '../shared/engine/event';
import type { Objects } from '../shared/engine/objects';
import type { Queue } from '../shared/engine/queue';
import type { EngineSettings } from '../shared/engine/settings';
import type { Log } from '../shared/log';
import type { Tables } from '../shared/store/tables';

export interface Surroundings {
  /** The cloud's time. */
  clock: Clock;
  /** Everybody else's. */
  wall: Clock;
  settings: EngineSettings;
  log: Log;
  /** Does nothing in production. */
  crash: Crash;
  /** From 0 to 1. */
  jitter(): number;
  randomBytes(size: number): Uint8Array;
  /** Hexadecimal digits. */
  randomHex(digits: number): string;
  /** Unique per invocation: a retried invocation keeps its request id. */
  newOwner(): string;
}

export interface CloudConnection {
  cloud: Cloud;
  /** The same, but no call begins after `budgetEnds` (W2). */
  until(budgetEnds: DurationMs): Cloud;
  /** The calls made since the connection was made: one invocation's, for its event. */
  calls(): CallRecord[];
}

export interface WithTables {
  tables: Tables;
}

export interface WithQueue {
  queue: Queue;
}

export interface WithObjects {
  objects: Objects;
}

export interface WithCloud {
  /** Each message's calls are counted by a connection of its own. */
  connectCloud(): CloudConnection;
}
