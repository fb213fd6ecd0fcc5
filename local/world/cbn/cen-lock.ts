/**
 * A CEN is written by one at a time: a write closes it for a moment, in which others are answered
 * `Operation.Blocking`, with HTTP 500 though nothing is broken.
 */
import type { Context } from '../world';
import { dueAfter } from './durations';
import { CEN_LOCKS, CENS, type CenLockRecord, type CenRecord } from './records';
import { type RefusalCode, refusal } from './refusals';

/** The CEN, taken for this write. A request that fails later leaves it open: it leaves no trace at all. */
export function takeCen(
  context: Context,
  cenId: string,
  missing: RefusalCode = 'InvalidCenId.NotFound',
  busy: RefusalCode = 'Operation.Blocking',
): CenRecord {
  const { state, now } = context;
  const cen = state.get<CenRecord>(CENS, cenId);
  if (!cen) throw refusal(missing);
  if (cen.status !== 'Active') throw refusal('InvalidOperation.CenInstanceStatus');
  if ((state.get<CenLockRecord>(CEN_LOCKS, cenId)?.until ?? 0) > now) throw refusal(busy);
  const lock: CenLockRecord = { cenId, until: dueAfter(context, 'cenLock') };
  state.put(CEN_LOCKS, cenId, lock);
  return cen;
}
