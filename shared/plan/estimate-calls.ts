import type { Kind } from './desired';
import type { Plan, Task } from './plan';

export interface CallEstimate {
  total: number;
  /** Only kinds that have something to do. */
  byKind: Partial<Record<Kind, number>>;
}

interface Calls {
  /** Changing calls to make or change one. */
  writes: number;
  /** Looks: whether its place is empty, what the call's parameters need, and until it was seen settled. */
  reads: number;
}

/**
 * Per resource, without busy answers. Reads grow with the time a kind takes: a gateway is looked at every 20 s for some
 * 180 s, an attachment every 15 s. A gateway takes its tags in a call of its own (CreateVpnGateway has none); a
 * connection looks up its gateway's edition and its key; what hangs on a gateway looks at the gateway, too, before it is
 * done; routes and publications find the VPC's system table, associations the transit router's.
 */
const CALLS: Record<Kind, Calls> = {
  'vpn-gateway': { writes: 2, reads: 10 },
  'customer-gateway': { writes: 1, reads: 2 },
  'pre-shared-key': { writes: 1, reads: 2 },
  'vpn-connection': { writes: 1, reads: 7 },
  'vpn-route': { writes: 1, reads: 5 },
  'vpc-route': { writes: 1, reads: 3 },
  cen: { writes: 1, reads: 2 },
  'transit-router': { writes: 1, reads: 3 },
  'vpc-attachment': { writes: 1, reads: 7 },
  'peer-attachment': { writes: 1, reads: 5 },
  'route-table-association': { writes: 1, reads: 3 },
  'route-table-propagation': { writes: 1, reads: 3 },
  'cen-child-instance': { writes: 1, reads: 3 },
  'bandwidth-package': { writes: 1, reads: 2 },
  'inter-region-bandwidth': { writes: 1, reads: 2 },
  'cen-route': { writes: 1, reads: 4 },
  'security-group-rules': { writes: 1, reads: 2 },
};

/** AuthorizeSecurityGroup takes so many permissions at once. */
const RULES_PER_CALL = 100;
/** One call, a look before and a look after. */
const REMOVAL_CALLS = 3;

/** What the plan costs in calls to the cloud, roughly; how many it was is counted by the run. */
export function estimateCalls(plan: Plan): CallEstimate {
  const byKind: CallEstimate['byKind'] = {};
  let total = 0;
  for (const task of plan.tasks) {
    const calls = callsOf(task);
    if (calls === 0) continue;
    byKind[task.kind] = (byKind[task.kind] ?? 0) + calls;
    total += calls;
  }
  return { total, byKind };
}

function callsOf({ kind, action, desired }: Task): number {
  const { reads } = CALLS[kind];
  switch (action) {
    case 'keep':
      return 0;
    case 'remove':
      return REMOVAL_CALLS;
    case 'adopt':
      return reads;
    case 'create':
    case 'update':
      return writesOf(kind, desired) + reads;
  }
}

function writesOf(kind: Kind, desired: Task['desired']): number {
  if (desired?.kind === 'security-group-rules') return Math.ceil(desired.rules.length / RULES_PER_CALL);
  // A secret that the file names is only read.
  if (desired?.kind === 'pre-shared-key' && desired.provided) return 0;
  return CALLS[kind].writes;
}
