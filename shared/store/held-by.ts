import type { Claim } from '../engine/task';
import type { Condition } from './table-client';

/** Only the claim's holder writes (W2). */
export const heldBy = (claim: Claim): Condition => ({
  row: 'expect-exist',
  columns: { state: 'open', owner: claim.owner, epoch: claim.epoch },
});
