/** What every step writes: some values over others, some deletions, and its own number. */
import type { Change } from '../../../local/world/state';

export function changesOf(step: number): Change[] {
  const put = (key: string, value: unknown): Change => ({ collection: 'model', key, value });
  return [
    put(`key-${step % 17}`, { step, text: 'ä\n"}]'.repeat(step % 5) }),
    put(`key-${(step * 7) % 17}`, step % 3 === 0 ? undefined : step),
    put('step', step),
  ];
}

export function apply(held: Map<string, unknown>, changes: Iterable<Change>): void {
  for (const { key, value } of changes) {
    if (value === undefined) held.delete(key);
    else held.set(key, value);
  }
}

export function modelAfter(step: number): Map<string, unknown> {
  const held = new Map<string, unknown>();
  for (let one = 1; one <= step; one += 1) apply(held, changesOf(one));
  return held;
}
