/** The fewest of a history's faults that still lead to a violation of the same check. */
import type { Fault } from './faults';
import { type History, type Settings, simulate } from './simulate';

/** Halves first, then one by one, until nothing more can be left out; each try is a history. */
const MOST_TRIES = 400;

export async function shrink(settings: Settings, found: History): Promise<History> {
  const check = found.violations[0]?.check;
  let least = found;
  let tries = 0;
  for (let size = Math.ceil(found.faults.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < least.faults.length && tries < MOST_TRIES; ) {
      const faults: Fault[] = least.faults.filter((_, index) => index < from || index >= from + size);
      tries += 1;
      const tried = await simulate({ ...settings, faults });
      if (tried.violations[0]?.check === check) least = tried;
      else from += size;
    }
  }
  return least;
}
