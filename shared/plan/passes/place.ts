import type { Desired } from '../desired';

/**
 * The place in the cloud that a resource takes up, for the kinds whose place does not follow from their id: two cannot
 * stand there at once (two routes of a gateway to one destination, two connections of a gateway to one address, one
 * publication per entry), nor can a VPC be attached to two CEN instances. They are called after their office or VPC and
 * go with it, so waiting for a removal here can never close a circle: such a removal waits for removals only.
 */
export function placeOf(desired: Desired): string | null {
  switch (desired.kind) {
    case 'vpn-connection':
      return `connection ${desired.gateway} ${desired.customerGateway}`;
    case 'vpn-route':
      return `route ${desired.gateway} ${desired.destination}`;
    case 'cen-route':
      return `publication ${desired.cen} ${desired.vpcId} ${desired.destination}`;
    case 'vpc-attachment':
    case 'cen-child-instance':
      return `attachment ${desired.vpcId}`;
    default:
      return null;
  }
}
