import { action } from '../rpc/action';
import { vSwitchOf } from './lookups';
import { isVpcDescription, isVpcName } from './names';
import { FLAG, REQUIRED, TEXT } from './parameters';
import { VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';

/** At once. */
export const modifyVSwitchAttribute = action({
  product: 'vpc',
  name: 'ModifyVSwitchAttribute',
  parameters: {
    RegionId: TEXT,
    VSwitchId: REQUIRED,
    VSwitchName: TEXT,
    Description: TEXT,
    EnableIPv6: FLAG,
    Ipv6CidrBlock: { type: 'integer', minimum: 0, maximum: 255 },
    VpcIpv6CidrBlock: TEXT,
    Ipv6CidrMask: { type: 'integer' },
  },
  handle(context, input) {
    const before = vSwitchOf(context, input.VSwitchId);
    if (before.status === 'Pending') throw refusal('IncorrectVSwitchStatus');
    if (!isVpcName(input.VSwitchName)) throw refusal('InvalidVSwitchName.Malformed');
    if (!isVpcDescription(input.Description)) throw refusal('InvalidVSwitchDiscription.Malformed');
    if (input.EnableIPv6 || input.Ipv6CidrBlock || input.VpcIpv6CidrBlock || input.Ipv6CidrMask)
      throw refusal('OperationUnsupported.Ipv6');
    const vSwitch: VSwitchRecord = {
      ...before,
      name: input.VSwitchName ?? before.name,
      description: input.Description ?? before.description ?? '',
    };
    context.state.put(VSWITCHES, vSwitch.id, vSwitch);
    return {};
  },
});
