import type { Desired, ResourceId } from '../desired';
import type { Task } from '../plan';
import { named, type PlanView } from './plan-view';

type Lookup = (id: ResourceId) => Desired | null;

/** What a task's writes must have to themselves, from the values: of what it makes, and of what it changes or removes. */
export function expectedContainers(view: PlanView, { id, resource, desired }: Task): string[] {
  const isMadeAnew = id === resource && view.isReplaced(resource);
  const before = isMadeAnew ? null : view.before(resource);
  const beforeOrWanted: Lookup = (other) => view.before(other) ?? view.wanted(other);
  const all = [
    ...(desired ? containers(resource, desired, view.wanted) : []),
    ...(before ? containers(resource, before, beforeOrWanted) : []),
  ];
  return [...new Set(all)].sort();
}

function containers(id: ResourceId, desired: Desired, lookup: Lookup): string[] {
  const list: string[] = [];
  if (desired.kind === 'vpn-gateway' || desired.kind === 'cen') list.push(id);
  // On a gateway: its connections and routes. A VPC route only points at it.
  if ('gateway' in desired && desired.kind !== 'vpc-route') list.push(desired.gateway);
  if ('cen' in desired) list.push(desired.cen);
  if ('attachment' in desired) {
    const attachment =
      named(lookup, 'vpc-attachment', desired.attachment) ?? named(lookup, 'peer-attachment', desired.attachment);
    if (attachment) list.push(attachment.cen);
    // The association chooses the table that is synchronised into the VPC.
    if (desired.kind === 'route-table-association' && attachment?.kind === 'vpc-attachment')
      list.push(`vpc/${attachment.vpcId}`);
  }
  // A VPC's tables: published routes, entries, and what attaches it. A publication into CEN writes none of its own.
  if (desired.kind === 'vpn-route') list.push(...vpcOf(named(lookup, 'vpn-gateway', desired.gateway)));
  if (desired.kind === 'vpc-route' || desired.kind === 'vpc-attachment' || desired.kind === 'cen-child-instance')
    list.push(...vpcOf(desired));
  if ('securityGroupId' in desired) list.push(`security-group/${desired.securityGroupId}`);
  return list;
}

const vpcOf = (resource: { vpcId: string } | null): string[] => (resource ? [`vpc/${resource.vpcId}`] : []);
