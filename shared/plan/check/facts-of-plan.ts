import { unreachable } from '../../errors';
import type { Desired, ResourceId } from '../desired';
import { fact, inOrder } from './facts-of-topology';
import { named, type PlanView } from './plan-view';

/** The same statements as factsOfTopology's, read from the plan's values by following what they name. */
export const factsOfPlan = (view: PlanView): string[] =>
  view.plan.tasks.flatMap(({ desired }) => (desired ? factsOf(desired, view) : []));

/** Null where an attribute names nothing, or something of another kind: then no statement of the topology is met. */
function factsOf(desired: Desired, { wanted }: PlanView): string[] {
  const { kind } = desired;
  const vpcOf = (gateway: ResourceId) => named(wanted, 'vpn-gateway', gateway)?.vpcId ?? null;
  const regionOf = (router: ResourceId) => named(wanted, 'transit-router', router)?.region ?? null;
  const addressOf = (id: ResourceId) => named(wanted, 'customer-gateway', id)?.address ?? null;
  if ('cen' in desired && !named(wanted, 'cen', desired.cen)) return [fact(kind, 'of a CEN that is not in the plan')];
  switch (desired.kind) {
    case 'vpn-gateway':
      return [fact(kind, desired.region, desired.vpcId, inOrder(desired.vSwitchIds), desired.bandwidthMbps)];
    case 'customer-gateway':
      return [fact(kind, desired.region, desired.address)];
    case 'pre-shared-key':
      return [fact(kind, desired.region, desired.secretName, desired.provided)];
    case 'vpn-connection': {
      const { presharedKey } = desired;
      const secret =
        presharedKey === null ? 'kept' : (named(wanted, 'pre-shared-key', presharedKey)?.secretName ?? null);
      const ends = [vpcOf(desired.gateway), addressOf(desired.customerGateway), secret];
      return [
        fact(kind, desired.region, ...ends, inOrder(desired.cloudSide), inOrder(desired.officeSide), desired.tunnel),
      ];
    }
    case 'vpn-route': {
      const connection = named(wanted, 'vpn-connection', desired.connection);
      const address = connection?.gateway === desired.gateway ? addressOf(connection.customerGateway) : null;
      return [fact(kind, desired.region, vpcOf(desired.gateway), address, desired.destination)];
    }
    case 'vpc-route': {
      const { region, vpcId, routeTableId, destination, gateway } = desired;
      return [fact(kind, region, vpcId, routeTableId, destination, vpcOf(gateway))];
    }
    case 'cen':
      return [fact(kind, desired.existingId)];
    case 'transit-router':
      return [fact(kind, desired.region)];
    case 'vpc-attachment': {
      const zones = inOrder(desired.zones.map(({ zone, vSwitchId }) => [zone, vSwitchId]));
      return [fact(kind, desired.region, regionOf(desired.router), desired.vpcId, zones)];
    }
    case 'peer-attachment': {
      const near = [desired.region, regionOf(desired.router)];
      const far = [desired.peerRegion, regionOf(desired.peerRouter)];
      return [fact(kind, inOrder([near, far]), desired.bandwidthMbps, desired.bandwidthPackage)];
    }
    case 'route-table-association':
    case 'route-table-propagation':
      return [fact(kind, desired.region, regionOf(desired.router), endsOf(wanted(desired.attachment)))];
    case 'cen-child-instance':
      return [fact(kind, desired.region, desired.vpcId)];
    case 'bandwidth-package':
      return [fact(kind, desired.packageId)];
    case 'inter-region-bandwidth':
      return [fact(kind, inOrder(desired.regions), desired.bandwidthMbps)];
    case 'cen-route':
      return [fact(kind, desired.region, desired.vpcId, desired.destination)];
    case 'security-group-rules':
      return [];
    default:
      return unreachable(desired);
  }
}

function endsOf(attachment: Desired | null): unknown[] | null {
  if (attachment?.kind === 'vpc-attachment') return [attachment.vpcId];
  return attachment?.kind === 'peer-attachment' ? inOrder([attachment.region, attachment.peerRegion]) : null;
}
