/**
 * W2 and W5, on every call that changes the cloud: it is made under the newest claim of its task, in a run that its
 * network's row names as the active one.
 */
import { taskOf } from '../../../shared/store/task-row';
import type { Check } from './check';

interface Holding {
  run: string;
  task: string;
}

export function heldCalls(): Check {
  const holdings = new Map<string, Holding>();
  const owners = new Map<string, string>();
  const active = new Map<string, string | null>();
  return {
    name: 'held-calls',
    row: ({ table, key, after }) => {
      if (table === 'networks' && after)
        active.set(key[0] ?? '', (JSON.parse(String(after.document)) as { activeRun: string | null }).activeRun);
      if (table !== 'tasks' || !after) return null;
      const { owner, run, id } = taskOf(after);
      owners.set(`${run} ${id}`, owner);
      if (owner !== '') holdings.set(owner, { run, task: id });
      return null;
    },
    asked: ({ by, request }) => {
      const holding = [...by.owners].map((owner) => [owner, holdings.get(owner)] as const).find(([, held]) => held);
      const [owner, held] = holding ?? [];
      if (!held) return `W2: ${by.name} calls ${request.action} and holds nothing`;
      const holder = owners.get(`${held.run} ${held.task}`);
      if (holder !== owner && holder !== '')
        return `W2: ${by.name} calls ${request.action} for ${held.task}, which ${holder} holds`;
      const network = held.run.split('.')[0] ?? '';
      if (active.get(network) !== held.run)
        return `W5: ${by.name} calls ${request.action} for ${held.run}, which has ended`;
      return null;
    },
  };
}
