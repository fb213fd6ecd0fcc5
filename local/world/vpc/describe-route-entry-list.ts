import type { VpcTableEntry } from '../routing/derived-routes';
import { action } from '../rpc/action';
import { byToken } from '../rpc/paging';
import { routeTableOf } from './lookups';
import { REGION, REQUIRED, TEXT } from './parameters';
import { refusal } from './refusals';
import { routeEntryView } from './route-entry-view';
import { tableEntries } from './table-entries';

const DEFAULT_SIZE = 50;

/** The size is called MaxResult here, and nowhere else. */
export const describeRouteEntryList = action({
  product: 'vpc',
  name: 'DescribeRouteEntryList',
  parameters: {
    ...REGION,
    RouteTableId: REQUIRED,
    RouteEntryId: TEXT,
    RouteEntryName: TEXT,
    RouteEntryType: { type: 'string', values: ['System', 'Custom', 'BGP', 'CEN', 'ECR'] },
    DestinationCidrBlock: TEXT,
    DestCidrBlockList: { type: 'list', items: TEXT, maximum: 50 },
    IpVersion: { type: 'string', values: ['ipv4', 'ipv6'] },
    NextHopId: TEXT,
    NextHopType: TEXT,
    ServiceType: { type: 'string', values: ['TR'] },
    MaxResult: { type: 'integer', minimum: 1, maximum: 100 },
    NextToken: TEXT,
  },
  handle(context, input) {
    const table = routeTableOf(context, input.RouteTableId);
    const wanted = (entry: VpcTableEntry): boolean =>
      (input.RouteEntryId ?? entry.id) === entry.id &&
      (input.RouteEntryName ?? entry.name) === entry.name &&
      (input.RouteEntryType ?? entry.type) === entry.type &&
      (input.DestCidrBlockList?.includes(entry.destination) ?? true) &&
      (input.NextHopId ?? entry.nextHopId) === entry.nextHopId &&
      (input.NextHopType ?? entry.nextHopType) === entry.nextHopType &&
      (input.ServiceType ?? entry.serviceType) === entry.serviceType &&
      input.IpVersion !== 'ipv6';
    const entries = tableEntries(context.state, table, input.DestinationCidrBlock).filter(wanted);
    const { items, nextToken } = byToken(entries, {
      size: input.MaxResult ?? DEFAULT_SIZE,
      token: input.NextToken,
      refusal: () => refusal('InvalidNextToken'),
    });
    return { NextToken: nextToken, RouteEntrys: { RouteEntry: items.map((entry) => routeEntryView(table.id, entry)) } };
  },
});
