import { cidr, parseCidr } from '../../../shared/cidr';
import { VPC_ATTACHMENTS, type VpcAttachmentRecord } from '../cbn/records';
import { action } from '../rpc/action';
import type { State } from '../state';
import { unlessDry } from './dry-run';
import { routeTableOf } from './lookups';
import { DESCRIPTION, FLAG, NAME, REGION, REQUIRED, TEXT } from './parameters';
import { type RouteTableRecord, VPN_GATEWAYS, type VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import { addEntry } from './route-tasks';
import { SERVICE_BLOCK } from './table-entries';

/** What is not modelled leads to an id that nobody checks. */
const NEXT_HOPS = [
  'Instance',
  'HaVip',
  'RouterInterface',
  'NetworkInterface',
  'VpnGateway',
  'IPv6Gateway',
  'NatGateway',
  'Attachment',
  'VpcPeer',
  'Ipv4Gateway',
  'GatewayEndpoint',
  'Ecr',
  'GatewayLoadBalancerEndpoint',
  'RouteTargetGroup',
] as const;

/** An address without a length is a block of one. Several next hops for one block (`NextHopList`) are not modelled. */
export const createRouteEntry = action({
  product: 'vpc',
  name: 'CreateRouteEntry',
  parameters: {
    ...REGION,
    RouteTableId: REQUIRED,
    DestinationCidrBlock: TEXT,
    NextHopType: { type: 'string', values: NEXT_HOPS },
    NextHopId: TEXT,
    NextHopList: {
      type: 'list',
      items: { type: 'object', fields: { NextHopType: TEXT, NextHopId: TEXT, Weight: { type: 'integer' } } },
      maximum: 16,
    },
    RouteEntryName: NAME,
    Description: DESCRIPTION,
    ClientToken: TEXT,
    DryRun: FLAG,
  },
  handle: (context, input) =>
    unlessDry(input, () => {
      const table = routeTableOf(context, input.RouteTableId);
      if (input.NextHopList) throw refusal('InvalidNexthopTypeAndList.BothNotNull');
      if (input.NextHopId === undefined) throw refusal('InvalidNextHop');
      const nextHopType = input.NextHopType ?? 'Instance';
      const destination = blockOf(input.DestinationCidrBlock ?? '');
      wantNextHop(context.state, table, nextHopType, input.NextHopId);
      const entry = addEntry(context, table, {
        destination,
        nextHopType,
        nextHopId: input.NextHopId,
        name: input.RouteEntryName ?? '',
        description: input.Description ?? '',
        publishedBy: null,
      });
      return { RouteEntryId: entry.id };
    }),
});

function blockOf(text: string): string {
  const block = text.includes('/') ? text : `${text}/32`;
  if (!parseCidr(block)) throw refusal('InvalidCidrBlock.Malformed');
  const destination = cidr(block);
  if (destination === SERVICE_BLOCK) throw refusal('InvalidCidrBlock');
  return destination;
}

/** In the table's own VPC. */
function wantNextHop(state: State, { vpcId }: RouteTableRecord, type: string, id: string): void {
  const owner =
    type === 'VpnGateway'
      ? state.get<VpnGatewayRecord>(VPN_GATEWAYS, id)?.vpcId
      : type === 'Attachment'
        ? state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, id)?.vpcId
        : vpcId;
  if (owner !== vpcId) throw refusal('InvalidNextHop.NotFound');
}
