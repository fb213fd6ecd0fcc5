/** A pool for each function that there is, as their records come, change and go. */
import { FUNCTIONS, type FunctionRecord } from '../world/fc/records';
import type { FunctionPool } from './function-pool';
import type { WorldShell } from './world-shell';

export interface FollowedFunctions {
  readonly pools: ReadonlyMap<string, FunctionPool>;
  /** To be called when records have changed. */
  look(): void;
  killAll(): void;
}

export function followFunctions(
  { world }: WorldShell,
  make: (record: FunctionRecord) => FunctionPool,
): FollowedFunctions {
  const { state } = world;
  const pools = new Map<string, FunctionPool>();
  const records = new Map<string, FunctionRecord>();
  /** Of functions that are gone, as long as they have instances. */
  const closing = new Set<FunctionPool>();

  const put = (record: FunctionRecord): void => {
    // A changed record is another value.
    if (records.get(record.name) === record) return;
    records.set(record.name, record);
    const pool = pools.get(record.name);
    if (pool) pool.change(record);
    else pools.set(record.name, make(record));
  };
  const drop = (pool: FunctionPool): void => {
    pools.delete(pool.name);
    records.delete(pool.name);
    closing.add(pool);
    void pool.close().then(() => closing.delete(pool));
  };
  return {
    pools,
    look: () => {
      for (const record of state.values<FunctionRecord>(FUNCTIONS)) put(record);
      for (const pool of [...pools.values()]) if (state.get(FUNCTIONS, pool.name) === undefined) drop(pool);
    },
    killAll: () => {
      for (const pool of [...pools.values(), ...closing]) pool.killAll();
    },
  };
}
