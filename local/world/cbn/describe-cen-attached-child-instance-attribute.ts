import { action } from '../rpc/action';
import { ROUTE_TABLES, type RouteTableRecord } from '../vpc/records';
import { attachedChild, childView, childVpc } from './child-instance';
import { CHILD_INSTANCE } from './parameters';

export const describeCenAttachedChildInstanceAttribute = action({
  product: 'cbn',
  name: 'DescribeCenAttachedChildInstanceAttribute',
  parameters: CHILD_INSTANCE,
  handle(context, input) {
    const child = attachedChild(context, input);
    const vpc = childVpc(context, input);
    const tables = context.state
      .values<RouteTableRecord>(ROUTE_TABLES)
      .filter(({ vpcId }) => vpcId === vpc.id)
      .map(({ id, type }) => ({ RouteTableId: id, RouteTableType: type }));
    return {
      ...childView(context, child),
      ChildInstanceName: vpc.name,
      Ipv6StatusInCen: 'Disabled',
      ChildInstanceAttributes: {
        CidrBlock: vpc.cidr,
        Ipv6CidrBlock: '',
        SecondaryCidrBlocks: { secondaryCidrBlock: vpc.secondaryCidrs },
        Ipv6CidrBlocks: { ipv6CidrBlock: [] },
      },
      ChildInstanceRouteTables: { ChildInstanceRouteTable: tables },
    };
  },
});
