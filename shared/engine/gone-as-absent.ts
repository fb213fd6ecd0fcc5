import { cloudErrorOf } from './cloud';
import type { Observation } from './resource-kind';

/** What stood in something that is gone itself, a route in its gateway, is gone with it. */
export async function goneAsAbsent(look: Promise<Observation>): Promise<Observation> {
  try {
    return await look;
  } catch (error) {
    if (cloudErrorOf(error)?.class === 'gone') return { state: 'absent' };
    throw error;
  }
}
