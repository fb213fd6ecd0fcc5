/** What the simulation has found, of one network built or taken down again, and what was wrong; each stays a test. */
import { durationMs } from '../../shared/clock';
import type { Fault } from './faults';
import { downAgain, onlyNetwork } from './workloads/draw-workload';

export interface KnownHistory {
  /** What was wrong. */
  was: string;
  workload: typeof onlyNetwork | typeof downAgain;
  seed: string;
  faults: readonly Fault[];
}

export const KNOWN: readonly KnownHistory[] = [
  {
    was: 'a read was believed too early by an instance whose clock was ahead of the one that recorded the id',
    workload: onlyNetwork,
    seed: '52',
    faults: [
      { kind: 'skew', most: durationMs(16_960) },
      { kind: 'stale', nth: 66, count: 60, lag: durationMs(50_000) },
    ],
  },
  {
    was: 'a read that lagged showed a user that was gone, so that something of ours was left, and forgotten',
    workload: downAgain,
    seed: '3297',
    faults: [{ kind: 'stale', nth: 340, count: 60, lag: durationMs(50_000) }],
  },
];
