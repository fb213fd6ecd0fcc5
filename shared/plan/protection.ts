/** What is protected is neither removed nor made anew, until a revision that only takes the protection away is live. */
import { type Problem, problemOf } from '../problem';
import type { Topology } from '../topology/topology';
import type { Kind } from './desired';
import type { Plan, Task } from './plan';
import type { RecordedResource } from './recorded';

/** The thing itself; routes and rules of it may change. */
const OF_OFFICE: readonly Kind[] = ['vpn-connection'];
const OF_VPC: readonly Kind[] = ['vpn-gateway', 'vpc-attachment', 'cen-child-instance'];
const OF_NETWORK: readonly Kind[] = [
  ...OF_OFFICE,
  ...OF_VPC,
  'cen',
  'transit-router',
  'peer-attachment',
  'inter-region-bandwidth',
  'bandwidth-package',
];

/** By the protection that is live. */
export function protectedLosses(plan: Plan, recorded: readonly RecordedResource[], live: Topology): Problem[] {
  const borrowed = new Set(recorded.filter(({ ownership }) => ownership === 'borrowed').map(({ id }) => id));
  return plan.tasks.flatMap((task) => {
    if (task.action !== 'remove' || borrowed.has(task.resource)) return [];
    const by = protectorOf(task, live);
    if (by === null) return [];
    const anew = task.id === task.resource ? 'removed' : 'made anew';
    return problemOf({
      code: 'protected',
      message: `${task.resource} would be ${anew}, and ${by} is protected`,
      remedy: 'Take protect: true away in a revision of its own first.',
    });
  });
}

function protectorOf({ kind, resource }: Task, { name, protect, offices, vpcs }: Topology): string | null {
  const site = resource.slice(kind.length + 1);
  if (protect && OF_NETWORK.includes(kind)) return `the network ${name}`;
  if (OF_OFFICE.includes(kind) && offices.some((office) => office.protect && office.name === site))
    return `the office ${site}`;
  if (OF_VPC.includes(kind) && vpcs.some((vpc) => vpc.protect && vpc.name === site)) return `the VPC ${site}`;
  return null;
}
