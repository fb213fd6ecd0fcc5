/** What the simulation has found with one network and no other, shrunk, and what was wrong; each stays a test. */
import { durationMs } from '../../shared/clock';
import type { Fault } from './faults';

export interface KnownHistory {
  /** What was wrong. */
  was: string;
  seed: string;
  faults: readonly Fault[];
}

export const KNOWN: readonly KnownHistory[] = [
  {
    was: 'a read was believed too early by an instance whose clock was ahead of the one that recorded the id',
    seed: '52',
    faults: [
      { kind: 'skew', most: durationMs(16_960) },
      { kind: 'stale', nth: 66, count: 60, lag: durationMs(50_000) },
    ],
  },
];
