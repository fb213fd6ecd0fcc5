/** What happens by itself later: a state that ends in another one, or in the record's end. */
import type { Context } from '../world';
import { type DurationName, dueAfter } from './durations';

export interface Settlement {
  collection: string;
  key: string;
  /** The state that ends; where the record is in another one by then, nothing happens. */
  from: string;
  /** Null: the record is removed, with what hangs on it. */
  to: string | null;
}

/** effects.ts says what it does. */
export const SETTLE = 'vpc.settle';

export function settleAfter(context: Context, duration: DurationName, settlement: Settlement): void {
  context.schedule(dueAfter(context, duration), SETTLE, settlement);
}
