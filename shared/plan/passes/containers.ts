/**
 * What the cloud changes one write at a time. A second write meets `VpnGateway.Configuring`, `TaskConflict` (per VPC:
 * publication and route synchronisation write its tables, too) or `Operation.Blocking` (per CEN instance).
 *
 * Route synchronisation also carries each propagation and publication into *other* VPCs' tables. Those VPCs are left
 * out on purpose: every publication would join every VPC's chain (20 VPCs: 20 edges in and 20 out, for each of 1,000
 * office blocks), so that one slow gateway would hold up the whole network. The service makes those entries itself;
 * a write of ours that meets them is answered busy, and the engine waits without counting an attempt. What a task
 * makes the service write into its *own* VPC counts: the attachment, and the association, which chooses the table
 * that is synchronised.
 */
import { unreachable } from '../../errors';
import type { Desired, ResourceId } from '../desired';
import type { TaskId } from '../plan';
import type { RecordedResource } from '../recorded';
import type { Change } from './change';

type Lookup = (id: ResourceId) => Desired | null;

/** Of every change, sorted: those of what is made, and those of what stood before. */
export function containersOf(changes: readonly Change[], recorded: readonly RecordedResource[]): Map<TaskId, string[]> {
  const wanted = new Map<ResourceId, Desired | null>(
    changes.flatMap(({ id, resource, desired }) => (id === resource ? [[resource, desired]] : [])),
  );
  const before = new Map(recorded.map((record) => [record.id, record.desired ?? null]));
  const asWanted: Lookup = (id) => wanted.get(id) ?? null;
  const asBefore: Lookup = (id) => before.get(id) ?? asWanted(id);
  return new Map(
    changes.map(({ id, resource, desired, previous }) => {
      const all = [
        ...(desired ? written(resource, desired, asWanted) : []),
        ...(previous ? written(resource, previous, asBefore) : []),
      ];
      return [id, [...new Set(all)].sort()];
    }),
  );
}

function written(id: ResourceId, desired: Desired, lookup: Lookup): string[] {
  switch (desired.kind) {
    case 'vpn-gateway':
    case 'cen':
      return [id];
    case 'customer-gateway':
    case 'pre-shared-key':
      return [];
    case 'vpn-connection':
      return [desired.gateway];
    // Published: the gateway writes the VPC's system table.
    case 'vpn-route':
      return [desired.gateway, ...tablesOf(lookup(desired.gateway))];
    case 'vpc-route':
      return [vpc(desired.vpcId)];
    case 'vpc-attachment':
    case 'cen-child-instance':
      return [desired.cen, vpc(desired.vpcId)];
    case 'transit-router':
    case 'peer-attachment':
    case 'bandwidth-package':
    case 'inter-region-bandwidth':
    case 'cen-route':
      return [desired.cen];
    case 'route-table-association':
      return [...cenOf(lookup(desired.attachment)), ...tablesOf(lookup(desired.attachment))];
    case 'route-table-propagation':
      return cenOf(lookup(desired.attachment));
    case 'security-group-rules':
      return [`security-group/${desired.securityGroupId}`];
    default:
      return unreachable(desired);
  }
}

const vpc = (vpcId: string): string => `vpc/${vpcId}`;

const tablesOf = (desired: Desired | null): string[] =>
  desired?.kind === 'vpn-gateway' || desired?.kind === 'vpc-attachment' ? [vpc(desired.vpcId)] : [];

const cenOf = (desired: Desired | null): string[] =>
  desired?.kind === 'vpc-attachment' || desired?.kind === 'peer-attachment' ? [desired.cen] : [];
