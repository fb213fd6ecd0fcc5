import type { State } from '../state';

/**
 * Computes once for as long as none of the collections is written. Keyed by collection, not by the whole state's
 * version: every request writes its own id and time, and would throw everything away.
 */
export function derivedFrom<T>(collections: readonly string[], compute: (state: State) => T): (state: State) => T {
  const kept = new WeakMap<State, { version: number; value: T }>();
  return (state) => {
    // Each count only grows, so an unchanged sum means that none has changed.
    const version = collections.reduce((sum, collection) => sum + state.versionOf(collection), 0);
    const known = kept.get(state);
    if (known?.version === version) return known.value;
    const value = compute(state);
    kept.set(state, { version, value });
    return value;
  };
}

/** Appends to the list under a key. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
