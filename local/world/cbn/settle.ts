/** What happens by itself later: a state that ends in another one, or in the record's end. */
import type { Context, Effect } from '../world';
import { type DurationName, dueAfter } from './durations';
import { remove } from './removals';

interface Settlement {
  collection: string;
  key: string;
  /** The state that ends; where the record is in another one by then, nothing happens. */
  from: string;
  /** Null: the record is removed, with what hangs on it. */
  to: string | null;
}

const SETTLE = 'cbn.settle';

export function settleAfter(context: Context, duration: DurationName, settlement: Settlement): void {
  context.schedule(dueAfter(context, duration), SETTLE, settlement);
}

const settle = (context: Context, { collection, key, from, to }: Settlement): void => {
  const record = context.state.get<{ status: string }>(collection, key);
  if (record?.status !== from) return;
  if (to === null) remove(context.state, collection, key);
  else context.state.put(collection, key, { ...record, status: to });
};

export const cbnEffects: Record<string, Effect> = { [SETTLE]: settle };
