import type { ResourceKinds } from '../../shared/engine/advance-resource';
import { cenRoute } from '../../shared/resources/cen-route';
import { vpcRoute } from '../../shared/resources/vpc-route';
import { vpnRoute } from '../../shared/resources/vpn-route';

export const routeKinds = (): ResourceKinds => ({
  'vpn-route': vpnRoute,
  'vpc-route': vpcRoute,
  'cen-route': cenRoute,
});
