import { systemTableOf, vSwitchesOf } from '../routing/vpc-routes';
import { action } from '../rpc/action';
import { wantVSwitchBlock } from './address-blocks';
import { vpcOf } from './lookups';
import { isVpcDescription, isVpcName } from './names';
import { REQUIRED, TAGS, TEXT } from './parameters';
import { wantQuietVpc } from './quiet-vpc';
import { quota } from './quotas';
import { VSWITCHES, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { tagsOf } from './tags';
import { zonesOf } from './zones';

/** Pending for a moment, in which its VPC takes no other. It looks up the system table. */
export const createVSwitch = action({
  product: 'vpc',
  name: 'CreateVSwitch',
  parameters: {
    RegionId: TEXT,
    VpcId: REQUIRED,
    ZoneId: REQUIRED,
    /** Newer clients may state a length alone and be given a block; here, as in the published metadata, it is needed. */
    CidrBlock: REQUIRED,
    CidrMask: { type: 'integer', minimum: 16, maximum: 29 },
    VSwitchName: TEXT,
    Description: TEXT,
    /** The last eight bits of an IPv6 block, which wants a VPC that has one. */
    Ipv6CidrBlock: { type: 'integer', minimum: 0, maximum: 255 },
    VpcIpv6CidrBlock: TEXT,
    Ipv6CidrMask: { type: 'integer' },
    Tag: TAGS,
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state, region } = context;
    const vpc = vpcOf(context, input.VpcId);
    if ((vpc.status ?? 'Available') !== 'Available') throw refusal('IncorrectVpcStatus');
    if (!zonesOf(state, region).includes(input.ZoneId)) throw refusal('InvalidZoneId.NotFound');
    if (!isVpcName(input.VSwitchName)) throw refusal('InvalidVSwitchName.Malformed');
    if (!isVpcDescription(input.Description)) throw refusal('InvalidVSwitchDiscription.Malformed');
    if (input.Ipv6CidrBlock || input.VpcIpv6CidrBlock || input.Ipv6CidrMask) throw refusal('OperationUnsupported.Ipv6');
    wantQuietVpc(state, vpc.id, 'IncorrectVSwitchStatus');
    wantVSwitchBlock(state, vpc, input.CidrBlock);
    if (input.CidrMask !== undefined && !input.CidrBlock.endsWith(`/${input.CidrMask}`))
      throw refusal('InvalidCirdrBlock.MaskLength');
    if (vSwitchesOf(state, vpc.id).length >= quota(context, 'vSwitchesPerVpc')) throw refusal('QuotaExceeded.VSwitch');
    const table = systemTableOf(state, vpc.id);
    if (!table) throw new TypeError(`${vpc.id} has no system table`);
    const vSwitch: VSwitchRecord = {
      id: context.newId('vsw-'),
      vpcId: vpc.id,
      zone: input.ZoneId,
      cidr: input.CidrBlock,
      name: input.VSwitchName ?? '',
      description: input.Description ?? '',
      status: 'Pending',
      routeTableId: table.id,
      usedAddresses: [],
      createdAt: context.now,
      tags: tagsOf(input.Tag),
    };
    state.put(VSWITCHES, vSwitch.id, vSwitch);
    settleAfter(context, 'vSwitchCreate', {
      collection: VSWITCHES,
      key: vSwitch.id,
      from: 'Pending',
      to: 'Available',
    });
    return { VSwitchId: vSwitch.id };
  },
});
