/** W2: no cloud call starts after the claim's budget, by a clock that never goes back. */
import type { Clock, DurationMs } from '../clock';
import type { Cloud } from '../engine/cloud';
import { TrunklineError } from '../errors';

export const withBudget = (cloud: Cloud, clock: Pick<Clock, 'monotonic'>, budgetEnds: DurationMs): Cloud => ({
  call: async (request) => {
    if (clock.monotonic() >= budgetEnds)
      throw new TrunklineError('BudgetSpent', `no time left to begin ${request.action}`);
    return cloud.call(request);
  },
});
