/** Capacity units: one for every 4 KB begun, and one at least. */
import type { Throughput } from './operations';

const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4_096));

export const readUnits = (bytes: number): Throughput => ({ read: units(bytes), write: 0 });

/** A conditional write reads the row first, and pays for it. */
export const writeUnits = (bytes: number, conditional: boolean): Throughput => ({
  read: conditional ? 1 : 0,
  write: units(bytes),
});
