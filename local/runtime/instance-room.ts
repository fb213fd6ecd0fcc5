/** How many instances may be busy: what is reserved for a function, or its share of what the account has left. */
import { CONCURRENCY } from '../world/fc/records';
import type { State } from '../world/state';

export interface RoomOptions {
  state: State;
  /** Busy at once in the whole account. */
  accountInstances: number;
  /** Busy now, by function. */
  busy(): Iterable<readonly [name: string, instances: number]>;
}

/** How many more events of the function would be handled at once. */
export function roomFor({ state, accountInstances, busy }: RoomOptions, name: string): number {
  const reserved = state.get<number>(CONCURRENCY, name);
  const all = [...busy()];
  const isReserved = (each: string): boolean => state.get(CONCURRENCY, each) !== undefined;
  if (reserved !== undefined) return reserved - sum(all.filter(([each]) => each === name).map(([, count]) => count));
  const shared = all.filter(([each]) => !isReserved(each)).map(([, count]) => count);
  return accountInstances - sum(state.values<number>(CONCURRENCY)) - sum(shared);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
