import { type EpochMs, isoSeconds } from '../../../shared/clock';

/** Transit-router answers give times to the minute: `2026-11-22T20:51Z`. Classic CEN gives seconds. */
export const routerTime = (instant: number): string => `${isoSeconds(instant as EpochMs).slice(0, 16)}Z`;
export const cenTime = (instant: number): string => isoSeconds(instant as EpochMs);
