import { action } from '../rpc/action';
import { vpcOf } from './lookups';
import { DESCRIPTION, NAME, REGION, REQUIRED, TAGS, TEXT } from './parameters';
import { quota } from './quotas';
import { ROUTE_TABLES, type RouteTableRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { tagsOf } from './tags';

/** A custom table, for vSwitches; one for gateways is not modelled. `Creating` for a moment. */
export const createRouteTable = action({
  product: 'vpc',
  name: 'CreateRouteTable',
  parameters: {
    ...REGION,
    VpcId: REQUIRED,
    RouteTableName: NAME,
    Description: DESCRIPTION,
    AssociateType: { type: 'string', values: ['VSwitch', 'Gateway'] },
    Tag: TAGS,
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    const vpc = vpcOf(context, input.VpcId);
    if ((vpc.status ?? 'Available') !== 'Available') throw refusal('IncorrectVpcStatus');
    if (input.AssociateType === 'Gateway') throw refusal('OperationUnsupported.GatewayRouteTable');
    const custom = state
      .values<RouteTableRecord>(ROUTE_TABLES)
      .filter(({ vpcId, type }) => vpcId === vpc.id && type === 'Custom');
    if (custom.length >= quota(context, 'customTablesPerVpc')) throw refusal('QuotaExceeded.RouteTable');
    const table: RouteTableRecord = {
      id: context.newId('vtb-'),
      vpcId: vpc.id,
      type: 'Custom',
      name: input.RouteTableName ?? '',
      description: input.Description ?? '',
      status: 'Creating',
      routePropagationEnable: true,
      createdAt: context.now,
      tags: tagsOf(input.Tag),
    };
    state.put(ROUTE_TABLES, table.id, table);
    settleAfter(context, 'routeTableCreate', {
      collection: ROUTE_TABLES,
      key: table.id,
      from: 'Creating',
      to: 'Available',
    });
    return { RouteTableId: table.id };
  },
});
