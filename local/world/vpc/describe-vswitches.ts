import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import { regionOf } from './lookups';
import { FLAG, PAGE, TAGS, TEXT } from './parameters';
import { VPCS, type VpcRecord, VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { isInGroup } from './resource-group';
import { matchesTags } from './tags';
import { vSwitchView } from './vswitch-view';

export const describeVSwitches = action({
  product: 'vpc',
  name: 'DescribeVSwitches',
  parameters: {
    ...PAGE,
    RegionId: TEXT,
    VpcId: TEXT,
    VSwitchId: TEXT,
    VSwitchName: TEXT,
    VSwitchOwnerId: { type: 'integer' },
    ZoneId: TEXT,
    RouteTableId: TEXT,
    ResourceGroupId: TEXT,
    IsDefault: FLAG,
    EnableIpv6: FLAG,
    Tag: TAGS,
    DryRun: FLAG,
  },
  handle(context, input) {
    const { state, region } = context;
    if (input.RegionId === undefined && input.VpcId === undefined) throw refusal('MissingParam.RegionIdOrVpcId');
    // None is the default one, and none speaks IPv6.
    const none = input.IsDefault === true || input.EnableIpv6 === true;
    const wanted = (vSwitch: VSwitchRecord): boolean =>
      (input.RegionId === undefined || regionOf(state, vSwitch.vpcId) === region) &&
      (input.VpcId ?? vSwitch.vpcId) === vSwitch.vpcId &&
      (input.VSwitchId?.split(',') ?? [vSwitch.id]).includes(vSwitch.id) &&
      (input.VSwitchName ?? vSwitch.name) === vSwitch.name &&
      (input.ZoneId ?? vSwitch.zone) === vSwitch.zone &&
      (input.RouteTableId ?? vSwitch.routeTableId) === vSwitch.routeTableId &&
      isInGroup(state.get<VpcRecord>(VPCS, vSwitch.vpcId), input.ResourceGroupId) &&
      matchesTags(vSwitch.tags ?? [], input.Tag);
    const vSwitches = none ? [] : state.values<VSwitchRecord>(VSWITCHES).filter(wanted);
    const { items, paging } = byNumber(vSwitches, input);
    return { ...paging, VSwitches: { VSwitch: items.map((vSwitch) => vSwitchView(context, vSwitch)) } };
  },
});
