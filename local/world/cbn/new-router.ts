/** Making an enterprise transit router: on its own, or because the first attachment of a region wants one. */

import type { Tag } from '../vpc/records';
import type { Context } from '../world';
import { routersOf } from './lookups';
import {
  type CenRecord,
  ROUTER_TABLES,
  type RouterTableRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
} from './records';
import { refusal } from './refusals';
import { areaOf } from './regions';
import { settleAfter } from './settle';

interface RouterWish {
  cen: CenRecord;
  region: string;
  name?: string;
  description?: string;
  tags?: Tag[];
}

/** One a region; it brings its system table. CENs that mix editions by region are not modelled. */
export function newRouter(context: Context, { cen, region, name = '', description = '', tags = [] }: RouterWish) {
  areaOf(region);
  if (routersOf(context, cen.id).some((router) => router.region === region))
    throw refusal('InstanceExist.TransitRouterInstance');
  if (cen.edition !== 'Enterprise') throw refusal('OperationUnsupported.TransitRouterType');
  const router: TransitRouterRecord = {
    id: context.newId('tr-'),
    cenId: cen.id,
    region,
    name,
    description,
    type: 'Enterprise',
    status: 'Creating',
    createdAt: context.now,
    tags,
  };
  const table: RouterTableRecord = {
    id: context.newId('vtb-'),
    routerId: router.id,
    type: 'System',
    name: '',
    status: 'Creating',
    createdAt: context.now,
  };
  const active = { from: 'Creating', to: 'Active' };
  context.state.put(TRANSIT_ROUTERS, router.id, router);
  context.state.put(ROUTER_TABLES, table.id, table);
  settleAfter(context, 'routerCreate', { collection: TRANSIT_ROUTERS, key: router.id, ...active });
  settleAfter(context, 'routerCreate', { collection: ROUTER_TABLES, key: table.id, ...active });
  return router;
}
