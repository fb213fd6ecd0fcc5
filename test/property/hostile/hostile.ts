/**
 * Runs one entry's property: every input within its time, nothing thrown that the check does not expect, nothing left
 * on the prototypes. `TRUNKLINE_FUZZ=120` goes on for 120 seconds an entry and says how many inputs were tried.
 */
import { performance } from 'node:perf_hooks';
import * as fc from 'fast-check';
import { ENTRIES, type EntryName } from './entries';

const SECONDS = Number(process.env['TRUNKLINE_FUZZ'] ?? 0);
export const isLong = SECONDS > 0;

const RUNS = 15;
/** Of the whole process: inputs of 8 MiB at most, and what is made of them. */
const MOST_RESIDENT_BYTES = 1_536 * 1_024 * 1_024;

export function hostile<T>(
  entry: EntryName,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void | Promise<void>,
  runs = RUNS,
): void {
  const { mostMs } = ENTRIES[entry];
  test(
    entry,
    async () => {
      let tried = 0;
      let slowest = 0;
      const property = fc.asyncProperty(inputs, async (input) => {
        const began = performance.now();
        await check(input);
        const elapsed = performance.now() - began;
        tried += 1;
        slowest = Math.max(slowest, elapsed);
        expect(elapsed).toBeLessThan(mostMs);
        expectUnpolluted();
      });
      await fc.assert(
        property,
        isLong
          ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: SECONDS * 1_000, endOnFailure: false }
          : { numRuns: runs },
      );
      expect(process.memoryUsage().rss).toBeLessThan(MOST_RESIDENT_BYTES);
      if (isLong) process.stderr.write(`${entry}: ${tried} inputs, the slowest took ${Math.round(slowest)} ms\n`);
    },
    SECONDS * 1_000 + 120_000,
  );
}

/** Inputs of the entry's whole size, in the long mode; a 256th of it otherwise. */
export const sizeOf = (entry: EntryName): number => ENTRIES[entry].mostBytes / (isLong ? 1 : 256);

/** The one text repeated until the size is full. */
export const filled = (size: number, piece: string, before = '', behind = ''): Buffer =>
  Buffer.from(
    before + piece.repeat(Math.max(0, Math.floor((size - before.length - behind.length) / piece.length))) + behind,
  );

/** Named inputs as large as the entry takes. */
export function large<T>(
  entry: EntryName,
  inputs: readonly (readonly [name: string, input: () => T])[],
  check: (input: T) => void | Promise<void>,
): void {
  test.each(inputs)(
    `${entry}, as large as may be: %s`,
    async (_name, input) => {
      const given = input();
      const began = performance.now();
      await check(given);
      expect(performance.now() - began).toBeLessThan(ENTRIES[entry].mostMs);
      expectUnpolluted();
    },
    60_000,
  );
}

const OBJECT_KEYS = Object.getOwnPropertyNames(Object.prototype).sort().join();

export function expectUnpolluted(): void {
  const empty: Record<string, unknown> = {};
  expect(empty['polluted']).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(OBJECT_KEYS);
  expect(([] as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
}

/** What an answer or a message must never hold: where we are, or a key. */
export function expectDiscreet(text: string, secrets: readonly string[] = []): void {
  expect(text).not.toMatch(/\n\s+at .*[:(]\d+|node_modules|\/(local|shared|functions|cli)\/[a-z-]+\/.*\.[jt]s/);
  for (const secret of secrets) expect(text).not.toContain(secret);
}
