import { listAssociations } from '../alicloud/reads/transit-routers';
import type { RouteTableAssociation } from '../plan/desired';
import { routerBinding } from './router-binding';

export const routeTableAssociation = routerBinding<RouteTableAssociation>({
  kind: 'route-table-association',
  bind: 'AssociateTransitRouterAttachmentWithRouteTable',
  unbind: 'DissociateTransitRouterAttachmentFromRouteTable',
  list: listAssociations,
});
