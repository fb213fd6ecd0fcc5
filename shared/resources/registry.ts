/** Every kind that a topology can ask for. A new one is one file and one line here. */
import type { ResourceKind } from '../engine/resource-kind';
import type { Desired, Kind } from '../plan/desired';
import { bandwidthPackage } from './bandwidth-package';
import { cen } from './cen';
import { cenChildInstance } from './cen-child-instance';
import { cenRoute } from './cen-route';
import { customerGateway } from './customer-gateway';
import { interRegionBandwidth } from './inter-region-bandwidth';
import { peerAttachment } from './peer-attachment';
import { type PresharedKeyOptions, presharedKey } from './pre-shared-key';
import { routeTableAssociation } from './route-table-association';
import { routeTablePropagation } from './route-table-propagation';
import { securityGroupRules } from './security-group-rules';
import { transitRouter } from './transit-router';
import { vpcAttachment } from './vpc-attachment';
import { vpcRoute } from './vpc-route';
import { vpnConnection } from './vpn-connection';
import { vpnGateway } from './vpn-gateway';
import { vpnRoute } from './vpn-route';

export const resourceKinds = (
  options: PresharedKeyOptions,
): { readonly [K in Kind]: ResourceKind<Extract<Desired, { kind: K }>> } => ({
  'vpn-gateway': vpnGateway,
  'customer-gateway': customerGateway,
  'pre-shared-key': presharedKey(options),
  'vpn-connection': vpnConnection,
  'vpn-route': vpnRoute,
  'vpc-route': vpcRoute,
  cen,
  'transit-router': transitRouter,
  'vpc-attachment': vpcAttachment,
  'peer-attachment': peerAttachment,
  'route-table-association': routeTableAssociation,
  'route-table-propagation': routeTablePropagation,
  'cen-child-instance': cenChildInstance,
  'bandwidth-package': bandwidthPackage,
  'inter-region-bandwidth': interRegionBandwidth,
  'cen-route': cenRoute,
  'security-group-rules': securityGroupRules,
});
