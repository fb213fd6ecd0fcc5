import { listPropagations } from '../alicloud/reads/transit-routers';
import type { RouteTablePropagation } from '../plan/desired';
import { routerBinding } from './router-binding';

export const routeTablePropagation = routerBinding<RouteTablePropagation>({
  kind: 'route-table-propagation',
  bind: 'EnableTransitRouterRouteTablePropagation',
  unbind: 'DisableTransitRouterRouteTablePropagation',
  list: listPropagations,
});
