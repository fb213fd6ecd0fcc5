/**
 * W2, W3 and W5, on every call that changes the cloud: it is made under the claim that stands, in a run that its
 * network's row names as the active one; and no task is done by the wake that made one. W1: a create is not sent again
 * once the service may have forgotten its token.
 */
import { minutes } from '../../../shared/clock';
import type { Asked, Check } from './check';
import { taskSeen } from './task-seen';

interface Holding {
  run: string;
  task: string;
}

/** The shortest life of a ClientToken among the services; the engine stays below it by more than clocks differ. */
const TOKEN_LIFE = minutes(10);

export function heldCalls(): Check {
  const holdings = new Map<string, Holding>();
  const owners = new Map<string, string>();
  const active = new Map<string, string | null>();
  /** Claims under which the cloud was changed. */
  const moved = new Set<string>();
  const tokens = new Map<string, number>();
  const held = ({ by, request }: Asked): string | null => {
    const owner = [...by.owners].find((one) => holdings.has(one)) ?? '';
    const holding = holdings.get(owner);
    if (!holding) return `W2: ${by.name} calls ${request.action} and holds nothing`;
    const name = `${holding.run} ${holding.task}`;
    moved.add(owner);
    const holder = owners.get(name);
    if (holder !== owner)
      return `W2: ${by.name} calls ${request.action} for ${holding.task}, which ${holder || 'nobody'} holds`;
    const network = holding.run.split('.')[0] ?? '';
    if (active.get(network) !== holding.run)
      return `W5: ${by.name} calls ${request.action} for ${holding.run}, which has ended`;
    return null;
  };
  const spent = ({ by, request, at }: Asked): string | null => {
    const token = request.parameters.ClientToken;
    if (!request.action.startsWith('Create') || typeof token !== 'string') return null;
    const first = tokens.get(token) ?? at;
    tokens.set(token, first);
    return at - first > TOKEN_LIFE ? `W1: ${by.name} repeats ${request.action} with a token of ${at - first} ms` : null;
  };
  return {
    name: 'held-calls',
    row: ({ table, key, before, after }) => {
      if (table === 'networks' && after)
        active.set(key[0] ?? '', (JSON.parse(String(after.document)) as { activeRun: string | null }).activeRun);
      if (table !== 'tasks' || !after) return null;
      const { owner, run, id, state } = taskSeen(after);
      const name = `${run} ${id}`;
      owners.set(name, owner);
      if (owner !== '') holdings.set(owner, { run, task: id });
      const holder = String(before?.owner ?? '');
      if (before?.state === 'open' && state === 'done' && moved.has(holder))
        return `W3: ${name} is done by ${holder}, which moved it`;
      return null;
    },
    asked: (call) => held(call) ?? spent(call),
  };
}
