/** What goes with a record that is removed. Nothing is bound to an attachment any more when it goes. */
import type { State } from '../state';
import { releaseAddress } from './interface-address';
import {
  CEN_LOCKS,
  CENS,
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  PUBLISHED_ROUTES,
  type PublishedRouteRecord,
  ROUTER_ENTRIES,
  ROUTER_TABLES,
  type RouterEntryRecord,
  type RouterTableRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from './records';

const CASCADES: Readonly<Record<string, (state: State, key: string) => void>> = {
  [CENS]: (state, cenId) => {
    for (const router of state.values<TransitRouterRecord>(TRANSIT_ROUTERS))
      if (router.cenId === cenId) remove(state, TRANSIT_ROUTERS, router.id);
    state.delete(CEN_LOCKS, cenId);
  },
  [TRANSIT_ROUTERS]: (state, routerId) => {
    for (const table of state.values<RouterTableRecord>(ROUTER_TABLES))
      if (table.routerId === routerId) remove(state, ROUTER_TABLES, table.id);
  },
  [ROUTER_TABLES]: (state, tableId) => {
    for (const entry of state.values<RouterEntryRecord>(ROUTER_ENTRIES))
      if (entry.tableId === tableId) state.delete(ROUTER_ENTRIES, entry.id);
  },
  [VPC_ATTACHMENTS]: (state, id) => {
    const attachment = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, id);
    if (!attachment) return;
    forgetPublications(state, attachment.cenId, attachment.vpcId);
    for (const { vSwitchId, address } of attachment.zones) releaseAddress(state, vSwitchId, address);
  },
  [CHILD_INSTANCES]: (state, key) => {
    const instance = state.get<ChildInstanceRecord>(CHILD_INSTANCES, key);
    if (instance) forgetPublications(state, instance.cenId, instance.instanceId);
  },
};

export function remove(state: State, collection: string, key: string): void {
  CASCADES[collection]?.(state, key);
  state.delete(collection, key);
}

function forgetPublications(state: State, cenId: string, vpcId: string): void {
  for (const route of state.values<PublishedRouteRecord>(PUBLISHED_ROUTES))
    if (route.cenId === cenId && route.vpcId === vpcId)
      state.delete(PUBLISHED_ROUTES, `${cenId}/${route.routeTableId}/${route.destination}`);
}
