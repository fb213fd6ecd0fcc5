import { cidr, parseCidr } from '../../../shared/cidr';
import { action, type InputOf, type RpcContext } from '../rpc/action';
import { unlessDry } from './dry-run';
import { regionOf, routeTableOf } from './lookups';
import { FLAG, REGION, TEXT } from './parameters';
import { ROUTE_ENTRIES, ROUTE_TABLES, type RouteEntryRecord, type RouteTableRecord } from './records';
import { refusal } from './refusals';
import { removeEntries } from './route-tasks';
import { tableEntries } from './table-entries';

const PARAMETERS = {
  ...REGION,
  RouteEntryId: TEXT,
  RouteTableId: TEXT,
  DestinationCidrBlock: TEXT,
  NextHopId: TEXT,
  NextHopList: {
    type: 'list',
    items: { type: 'object', fields: { NextHopType: TEXT, NextHopId: TEXT } },
    maximum: 16,
  },
  DryRun: FLAG,
} as const;

/** By its id, or by table, destination and next hop. What was published or synchronised goes where it came from. */
export const deleteRouteEntry = action({
  product: 'vpc',
  name: 'DeleteRouteEntry',
  parameters: PARAMETERS,
  handle: (context, input) =>
    unlessDry(input, () => {
      const { table, entry } =
        input.RouteEntryId === undefined ? byPlace(context, input) : byId(context, input.RouteEntryId);
      if (entry.publishedBy !== null) throw refusal('Forbbiden');
      if (entry.status === 'Deleting') throw refusal('InvalidRouteEntry.NotFound');
      removeEntries(context, table, [entry]);
      return {};
    }),
});

interface Found {
  table: RouteTableRecord;
  entry: RouteEntryRecord;
}

function byId(context: RpcContext, id: string): Found {
  const { state, region } = context;
  const entry = state.get<RouteEntryRecord>(ROUTE_ENTRIES, id);
  const table = entry && state.get<RouteTableRecord>(ROUTE_TABLES, entry.routeTableId);
  if (entry && table && regionOf(state, table.vpcId) === region) return { table, entry };
  const derived = state
    .values<RouteTableRecord>(ROUTE_TABLES)
    .filter(({ vpcId }) => regionOf(state, vpcId) === region)
    .some((each) => tableEntries(state, each).some((known) => known.id === id));
  throw refusal(derived ? 'Forbbiden' : 'InvalidRouteEntry.NotFound');
}

function byPlace(context: RpcContext, input: InputOf<typeof PARAMETERS>): Found {
  const { state } = context;
  const table = routeTableOf(context, input.RouteTableId ?? '');
  const text = input.DestinationCidrBlock ?? '';
  const block = text.includes('/') ? text : `${text}/32`;
  if (!parseCidr(block)) throw refusal('InvalidCidrBlock.Malformed');
  const [standing] = tableEntries(state, table, cidr(block));
  if (!standing || (input.NextHopId ?? standing.nextHopId) !== standing.nextHopId)
    throw refusal('InvalidRouteEntry.NotFound');
  const entry = state.get<RouteEntryRecord>(ROUTE_ENTRIES, standing.id);
  if (!entry) throw refusal('Forbbiden');
  return { table, entry };
}
