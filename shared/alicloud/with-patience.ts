/**
 * For people's commands, which only read: a throttled or broken question is asked again, where a function would leave it
 * to its next wake.
 */
import { type DurationMs, durationMs } from '../clock';
import { type Cloud, cloudErrorOf } from '../engine/cloud';

const TRIES = 5;
/** Doubles: the five take 15 s at most. */
const FIRST_PAUSE = durationMs(1_000);

export const withPatience = (cloud: Cloud, pause: (delay: DurationMs) => Promise<void>): Cloud => ({
  call: async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await cloud.call(request);
      } catch (error) {
        const passes = cloudErrorOf(error)?.class;
        if (attempt >= TRIES || (passes !== 'throttled' && passes !== 'transport')) throw error;
        await pause(durationMs(FIRST_PAUSE * 2 ** (attempt - 1)));
      }
    }
  },
});
