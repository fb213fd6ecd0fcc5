/** The route of a VPC that a publication or its withdrawal names. */
import { cidr, parseCidr } from '../../../shared/cidr';
import { isPublishable } from '../routing/advertised-routes';
import { publicationKey, publicationOf } from '../routing/publication';
import { entryOf, vSwitchesOf } from '../routing/vpc-routes';
import { ROUTE_TABLES, type RouteEntryRecord, type RouteTableRecord } from '../vpc/records';
import type { Context } from '../world';
import { takeCen } from './cen-lock';
import { type ChildInstanceInput, childVpc } from './child-instance';
import { CHILD_INSTANCE, REQUIRED } from './parameters';
import {
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  PUBLISHED_ROUTES,
  type PublishedRouteRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from './records';
import { type RefusalCode, refusal } from './refusals';

export const PUBLICATION = {
  ...CHILD_INSTANCE,
  ChildInstanceRouteTableId: REQUIRED,
  DestinationCidrBlock: REQUIRED,
} as const;

interface PublicationInput extends ChildInstanceInput {
  ChildInstanceRouteTableId: string;
  DestinationCidrBlock: string;
}

interface PublishableRoute {
  key: string;
  vpcId: string;
  region: string;
  destination: string;
  /** Null: a vSwitch's own route, which is published by itself. */
  entry: RouteEntryRecord | null;
  record: PublishedRouteRecord | undefined;
}

export function publishableRoute(context: Context, input: PublicationInput, busy?: RefusalCode): PublishableRoute {
  const { state } = context;
  const cen = takeCen(context, input.CenId, 'ParameterCenInstanceId', busy);
  const vpc = childVpc(context, input);
  wantAttached(context, cen.id, vpc.id);
  const table = state.get<RouteTableRecord>(ROUTE_TABLES, input.ChildInstanceRouteTableId);
  if (table?.vpcId !== vpc.id) throw refusal('Instance.NotExist');
  if (table.type !== 'System') throw refusal('InvalidOperation.UnsupportRouteTableType');
  if (!parseCidr(input.DestinationCidrBlock)) throw refusal('InvalidParameter');
  const destination = cidr(input.DestinationCidrBlock);
  const entry = entryOf(state, table.id, destination) ?? null;
  const isSystem = vSwitchesOf(state, vpc.id).some((vSwitch) => vSwitch.cidr === destination);
  if (!entry && !isSystem) throw refusal('InvalidOperation.NotFoundRoute');
  if (entry && !isPublishable(entry)) throw refusal('InvalidOperation.UnsupportnexthopType');
  if (entry && entry.status !== 'Available') throw refusal('InvalidOperation.ChildInstanceStatus');
  const key = publicationKey(cen.id, table.id, destination);
  // The raw record, not the valid one: a publication under way is waited for even where its route has gone since.
  const moving = state.get<PublishedRouteRecord>(PUBLISHED_ROUTES, key)?.status;
  if (moving === 'Publishing' || moving === 'Withdrawing') throw refusal('InvalidOperation.ChildInstanceStatus');
  const record = publicationOf(state, cen.id, table.id, destination);
  return { key, vpcId: vpc.id, region: vpc.region, destination, entry, record };
}

/** Attached to the CEN, in either edition. */
function wantAttached({ state }: Context, cenId: string, vpcId: string): void {
  const states = [
    ...state.values<ChildInstanceRecord>(CHILD_INSTANCES).filter((child) => child.instanceId === vpcId),
    ...state.values<VpcAttachmentRecord>(VPC_ATTACHMENTS).filter((attachment) => attachment.vpcId === vpcId),
  ].flatMap((attached) => (attached.cenId === cenId ? [attached.status] : []));
  if (states.length === 0) throw refusal('Instance.NotExist');
  if (!states.includes('Attached') && !states.includes('Modifying'))
    throw refusal('InvalidOperation.ChildInstanceStatus');
}
