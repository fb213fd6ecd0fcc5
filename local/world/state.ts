/**
 * All that the local cloud remembers: named collections of JSON values, each under a string key.
 *
 * Every write is noted as a change, so that a request's effects can be journalled, and undone where the request fails
 * half-way. Values are replaced, never modified in place.
 */

export interface Change {
  collection: string;
  key: string;
  /** Undefined: deleted. */
  value: unknown;
}

interface Undo extends Change {
  existed: boolean;
}

class Collection {
  readonly values = new Map<string, unknown>();
  writes = 0;
  /** Keys in code-unit order; built at the first ordered read and kept from then on. */
  private ordered: string[] | null = null;

  set(key: string, value: unknown): void {
    if (!this.values.has(key) && this.ordered) this.ordered.splice(lowerBound(this.ordered, key), 0, key);
    this.values.set(key, value);
  }

  delete(key: string): void {
    if (!this.values.delete(key) || !this.ordered) return;
    this.ordered.splice(lowerBound(this.ordered, key), 1);
  }

  keys(): readonly string[] {
    this.ordered ??= [...this.values.keys()].sort();
    return this.ordered;
  }
}

export class State {
  private readonly collections = new Map<string, Collection>();
  private changes: Change[] = [];
  private undo: Undo[] = [];
  private writes = 0;

  /** Grows with every write: what is derived from the state may be cached under it. */
  get version(): number {
    return this.writes;
  }

  get<T>(collection: string, key: string): T | undefined {
    return this.collections.get(collection)?.values.get(key) as T | undefined;
  }

  /** Grows with every write to the collection: what is derived from a few of them outlives writes to the others. */
  versionOf(collection: string): number {
    return this.collections.get(collection)?.writes ?? 0;
  }

  /** In the order of creation. */
  values<T>(collection: string): T[] {
    return [...(this.collections.get(collection)?.values.values() ?? [])] as T[];
  }

  size(collection: string): number {
    return this.collections.get(collection)?.values.size ?? 0;
  }

  /** Keys from `from` (inclusive) to `to` (exclusive) in code-unit order; undefined is open. */
  keysBetween(collection: string, from?: string, to?: string): readonly string[] {
    const keys = this.collections.get(collection)?.keys() ?? [];
    const start = from === undefined ? 0 : lowerBound(keys, from);
    const end = to === undefined ? keys.length : lowerBound(keys, to);
    return keys.slice(start, end);
  }

  /** The lowest key, or undefined where the collection is empty. */
  firstKey(collection: string): string | undefined {
    return this.collections.get(collection)?.keys()[0];
  }

  put(collection: string, key: string, value: unknown): void {
    this.write({ collection, key, value });
  }

  delete(collection: string, key: string): void {
    if (this.collections.get(collection)?.values.has(key)) this.write({ collection, key, value: undefined });
  }

  /** Applies changes of an earlier life (a journal) without noting them again. */
  restore(changes: Iterable<Change>): void {
    for (const change of changes) this.apply(change);
  }

  /** The changes since the last call: what a journal must keep. */
  takeChanges(): Change[] {
    const taken = this.changes;
    this.changes = [];
    this.undo = [];
    return taken;
  }

  /** Marks a point that `rollback` can return to, within one request. */
  savepoint(): number {
    return this.undo.length;
  }

  rollback(savepoint: number): void {
    while (this.undo.length > savepoint) {
      const { collection, key, value, existed } = this.undo.pop() as Undo;
      this.apply({ collection, key, value: existed ? value : undefined });
      this.changes.pop();
    }
  }

  /** Everything, as the changes that would make it: a snapshot. */
  *snapshot(): Generator<Change> {
    for (const [collection, { values }] of this.collections)
      for (const [key, value] of values) yield { collection, key, value };
  }

  private write(change: Change): void {
    const values = this.collections.get(change.collection)?.values;
    const existed = values?.has(change.key) ?? false;
    this.undo.push({ ...change, value: values?.get(change.key), existed });
    this.changes.push(change);
    this.apply(change);
  }

  private apply({ collection, key, value }: Change): void {
    this.writes += 1;
    let target = this.collections.get(collection);
    if (!target) {
      target = new Collection();
      this.collections.set(collection, target);
    }
    target.writes += 1;
    if (value === undefined) target.delete(key);
    else target.set(key, value);
  }
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
