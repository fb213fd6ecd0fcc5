/** A plan's blast radius, for people: who loses their way, for how long about, and where a packet stops meanwhile. */
import { type Interruption, tellInterruptions } from '../shared/network/interruptions';
import { wrap } from '../shared/network/wrap-text';
import { roughDuration } from '../shared/plan/draw-plan';
import type { Plan } from '../shared/plan/plan';

/** Pairs that stop at the same thing for the same reason are one line. */
const MOST_CAUSES = 3;

/** Empty where nobody is interrupted. */
export function interruptionsText(interrupted: readonly Interruption[], made: Plan): string {
  if (interrupted.length === 0) return '';
  const isNegotiated = made.tasks.some(({ kind, action }) => kind === 'vpn-connection' && action === 'create');
  const until = isNegotiated ? ', and until the offices of new tunnels have applied their packs' : '';
  const lines = tellInterruptions(interrupted).flatMap((told) => wrap(told, 2, 4));
  const causes = [...new Set(interrupted.map(({ blockedAt, cause }) => `at ${blockedAt}: ${cause}`))];
  const whys = causes.slice(0, MOST_CAUSES).flatMap((cause) => wrap(cause, 2, 4));
  return [
    '',
    ...wrap(`Interrupts, for about ${roughDuration(made)} at most${until}`, 0),
    ...lines,
    'Since a packet stops meanwhile',
    ...whys,
    ...(causes.length > MOST_CAUSES ? [`  and for ${causes.length - MOST_CAUSES} more reasons`] : []),
    'That needs leave: apply it with --allow-outage.',
    '',
  ].join('\n');
}
