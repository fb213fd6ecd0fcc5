/** The one source of chance. A fork depends on its name only, so that a fault taken away disturbs no other draw. */
import { createHash } from 'node:crypto';

export interface Chance {
  /** From 0, below 1. */
  unit(): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  oneOf<T>(items: readonly T[]): T;
  fork(name: string): Chance;
}

/** Bob Jenkins' small fast counter (sfc32), seeded by a digest: 128 bits of state, passes PractRand. */
export function chanceOf(seed: string): Chance {
  const digest = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)) as [
    number,
    number,
    number,
    number,
  ];
  const unit = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  return {
    unit,
    between: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    happens: (probability) => unit() < probability,
    oneOf: <T>(items: readonly T[]): T => items[Math.floor(unit() * items.length)] as T,
    fork: (name) => chanceOf(`${seed}/${name}`),
  };
}
