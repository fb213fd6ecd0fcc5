import { type CloudErrorClass, cloudErrorOf } from '../engine/cloud';

/** `update` tolerates "already so" (`exists`), `remove` tolerates `gone`. */
export async function tolerate(answer: CloudErrorClass, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (cloudErrorOf(error)?.class !== answer) throw error;
  }
}
