/**
 * What binds an attachment to a transit router's system table: an association (the table forwards what enters from the
 * attachment) or a propagation (the table learns the attachment's routes). Two kinds, alike but for their actions.
 * Neither has an id: attachment and table stand for one. Done is Active.
 */
import * as z from 'zod';
import { type BindingReading, listRouterTables } from '../alicloud/reads/transit-routers';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { RouteTableAssociation, RouteTablePropagation } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { refusal } from './refusal';
import { tolerate } from './tolerate';

type RouterBinding = RouteTableAssociation | RouteTablePropagation;

const stored = z.object({ TransitRouterAttachmentId: z.string(), TransitRouterRouteTableId: z.string() });

interface BindingActions<D extends RouterBinding> {
  kind: D['kind'];
  bind: string;
  unbind: string;
  list(cloud: Cloud, filter: z.infer<typeof stored>): Promise<BindingReading[]>;
}

export const routerBinding = <D extends RouterBinding>(actions: BindingActions<D>): ResourceKind<D> => ({
  kind: actions.kind,
  clientToken: true,
  borrows: true,
  pollAfter: seconds(5),
  deadline: minutes(30),

  prepare: async ({ desired, references, cloud }) => ({
    TransitRouterAttachmentId: referenced(references, desired.attachment).cloudId,
    TransitRouterRouteTableId: await systemTableOf(cloud, referenced(references, desired.router).cloudId),
  }),

  find: ({ parameters, cloud }) => observation(actions, parameters, cloud),

  observe: ({ parameters, cloud }) => observation(actions, parameters, cloud),

  create: async ({ parameters, token, cloud }) => {
    const request = { ...parameters, ClientToken: token };
    await cloud.call({ service: 'cbn', region: null, action: actions.bind, parameters: request });
    return { cloudId: tupleOf(parameters) };
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ parameters, token, cloud }) => {
    const request = { ...parameters, ClientToken: token };
    return tolerate('gone', cloud.call({ service: 'cbn', region: null, action: actions.unbind, parameters: request }));
  },
});

async function observation<D extends RouterBinding>(
  { list }: BindingActions<D>,
  parameters: JsonObject,
  cloud: Cloud,
): Promise<Observation> {
  const place = stored.parse(parameters);
  const bindings = await list(cloud, place);
  const binding = bindings.find(
    ({ TransitRouterAttachmentId, TransitRouterRouteTableId }) =>
      TransitRouterAttachmentId === place.TransitRouterAttachmentId &&
      TransitRouterRouteTableId === place.TransitRouterRouteTableId,
  );
  if (!binding) return absent;
  return present({
    cloudId: tupleOf(parameters),
    settled: binding.Status === 'Active',
    attributes: { attachmentId: place.TransitRouterAttachmentId, tableId: place.TransitRouterRouteTableId },
  });
}

const tupleOf = (parameters: JsonObject): string => {
  const { TransitRouterAttachmentId, TransitRouterRouteTableId } = stored.parse(parameters);
  return `${TransitRouterAttachmentId}/${TransitRouterRouteTableId}`;
};

/** Made with the router; the only one that Trunkline uses. */
async function systemTableOf(cloud: Cloud, routerId: string): Promise<string> {
  const tables = await listRouterTables(cloud, routerId, 'System');
  const table = tables.find(({ TransitRouterRouteTableType }) => TransitRouterRouteTableType === 'System');
  if (table) return table.TransitRouterRouteTableId;
  const message = `the transit router ${routerId} has no system route table`;
  throw refusal('cbn', 'ListTransitRouterRouteTables', 'RouterTableMissing', message);
}
