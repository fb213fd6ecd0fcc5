/**
 * A change of tunnels' state, for the ticketing systems that the deployment's settings name: one notice a network and look,
 * told as a ticket's events are (send-callback.ts), for a day, and under an id that follows from what it says.
 */
import * as z from 'zod';
import { type Clock, durationMs } from '../clock';
import type { Crash } from '../engine/crash-points';
import type { Objects } from '../engine/objects';
import type { Queue } from '../engine/queue';
import type { RunStore } from '../engine/store';
import { sha256Hex } from '../json';
import type { Problem } from '../problem';
import { readSettings } from '../topology/read-settings';
import { hasNews, newSubmission, type TicketStore } from './submission';
import type { ToldTunnel } from './ticket-event';

export interface NoticeDeps {
  objects: Pick<Objects, 'get'>;
  tickets: Pick<TicketStore, 'readSubmission' | 'writeSubmission'>;
  runs: Pick<RunStore, 'noteOpen'>;
  queue: Queue;
  clock: Pick<Clock, 'now'>;
  crash: Crash;
}

/** As ToldTunnel; `since`: when it came to the state that it left, which no other change of it has in common. */
export interface SeenChange extends ToldTunnel {
  since: number;
}

/** Who runs the deployment writes it: `systems: [service-desk]`. Without it, nobody is told. */
export const ALERT_SETTINGS = 'settings/alerts.yaml';

const schema = z.strictObject({
  systems: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/))
    .min(1)
    .max(10),
});
const REMEDY = 'Write `systems: [service-desk]`: names of ticketing systems as they are registered.';

/** Of a gateway that is gone, a few hundred: the first tell of it. */
const MOST_TOLD = 50;

/** Null, or what is wrong with the settings: nobody is told then. */
export async function noticeTunnels(
  deps: NoticeDeps,
  network: string,
  changes: readonly SeenChange[],
): Promise<Problem | null> {
  const source = await deps.objects.get(ALERT_SETTINGS);
  if (source === null) return null;
  const settings = readSettings(schema, { source, file: ALERT_SETTINGS, remedy: REMEDY });
  if ('problem' in settings) return settings.problem;
  for (const system of new Set(settings.value.systems)) await notice(deps, { system, network, changes });
  return null;
}

async function notice(
  deps: NoticeDeps,
  { system, network, changes }: { system: string; network: string; changes: readonly SeenChange[] },
): Promise<void> {
  const at = deps.clock.now();
  const id = sha256Hex(`tunnels.${JSON.stringify([system, network, changes])}`).slice(0, 32);
  await deps.runs.noteOpen({ kind: 'submission', id, network, at });
  const told = changes.slice(0, MOST_TOLD).map(({ since, ...change }) => change);
  const given = { id, statusUrl: '', system, ticket: null, record: null, network, receivedAt: at };
  await deps.tickets.writeSubmission({
    ...newSubmission(given),
    state: 'noticed',
    events: [{ kind: 'tunnels-changed', at, changes: told }],
  });
  deps.crash('notice/recorded');
  const standing = await deps.tickets.readSubmission(id);
  if (standing && hasNews(standing)) await deps.queue.send('callback', { format: 1, submission: id }, durationMs(0));
}
