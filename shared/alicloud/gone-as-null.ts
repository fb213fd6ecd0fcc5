import { cloudErrorOf } from '../engine/cloud';

/** For reads: "not found" is an answer. */
export async function goneAsNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (cloudErrorOf(error)?.class === 'gone') return null;
    throw error;
  }
}
