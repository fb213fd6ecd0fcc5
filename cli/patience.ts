import { TrunklineError } from '../shared/errors';
import type { CommandContext } from './command';

/** Intake takes seconds; after this long nobody is listening. */
export const INTAKE_PATIENCE_MS = 120_000;
export const POLL_MS = 250;

/** Until the next look; whoever interrupts it only stops watching. */
export async function pauseOrStop({ pause, interrupted }: CommandContext, said: string): Promise<void> {
  const stopped = await Promise.race([pause(POLL_MS).then(() => false), interrupted.then(() => true)]);
  if (stopped) throw new TrunklineError('Interrupted', said);
}
