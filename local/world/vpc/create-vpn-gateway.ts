import { takeAddress } from '../cbn/interface-address';
import { action, type RpcContext } from '../rpc/action';
import { vpcOf, vSwitchOf } from './lookups';
import { FLAG, REGION, REQUIRED, TEXT } from './parameters';
import { quota } from './quotas';
import { VPN_GATEWAYS, type VpnGatewayRecord, type VSwitchRecord } from './records';
import { refusal } from './refusals';
import { groupNamed } from './resource-group';
import { settleAfter } from './settle';
import { zonesOf } from './zones';

const MONTH_MS = 30 * 86_400_000;
/** Mbit/s by site: prepaid ones are sold in China, the others internationally. Private ones come in two sizes. */
const SOLD = {
  PREPAY: [5, 10, 20, 50, 100, 200, 500, 1_000],
  POSTPAY: [10, 100, 200, 500, 1_000],
  private: [200, 1_000],
} as const;

/** Takes no tags. Every gateway made now has two addresses in two zones; one-tunnel gateways are older ones. */
export const createVpnGateway = action({
  product: 'vpc',
  name: 'CreateVpnGateway',
  parameters: {
    ...REGION,
    VpcId: REQUIRED,
    VSwitchId: TEXT,
    DisasterRecoveryVSwitchId: TEXT,
    Bandwidth: { type: 'integer', required: true, values: SOLD.PREPAY },
    InstanceChargeType: { type: 'string', values: ['PREPAY', 'POSTPAY'] },
    AutoPay: FLAG,
    Period: { type: 'integer', values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36] },
    EnableIpsec: FLAG,
    EnableSsl: FLAG,
    SslConnections: { type: 'integer', minimum: 5, maximum: 1_000 },
    NetworkType: { type: 'string', values: ['public', 'private'] },
    VpnType: { type: 'string', values: ['Normal', 'NationalStandard'] },
    Name: TEXT,
    ResourceGroupId: TEXT,
    ClientToken: TEXT,
  },
  handle(context, input) {
    const { state } = context;
    const vpc = vpcOf(context, input.VpcId);
    if ((vpc.status ?? 'Available') !== 'Available') throw refusal('IncorrectVpcStatus');
    const chargeType = input.InstanceChargeType ?? 'POSTPAY';
    const networkType = input.NetworkType ?? 'public';
    const sizes: readonly number[] = networkType === 'private' ? SOLD.private : SOLD[chargeType];
    if (!sizes.includes(input.Bandwidth)) throw refusal('IllegalParam.Bandwidth');
    if (input.Name !== undefined && !/^[A-Za-z][A-Za-z0-9_.-]{1,99}$/.test(input.Name)) throw refusal('InvalidName');
    const vSwitches = twoVSwitches(context, vpc.id, input);
    if (state.size(VPN_GATEWAYS) >= quota(context, 'gateways')) throw refusal('Resource.QuotaFull');
    const id = context.newId('vpn-');
    const answer = { VpnGatewayId: id, Name: input.Name ?? id, OrderId: Math.trunc(context.now / 1_000) };
    // Left unpaid, the order is there and the gateway never comes.
    if (chargeType === 'PREPAY' && input.AutoPay !== true) return answer;
    const gateway: VpnGatewayRecord = {
      id,
      region: vpc.region,
      vpcId: vpc.id,
      name: answer.Name,
      description: '',
      vSwitchIds: [vSwitches[0].id, vSwitches[1].id],
      interfaces: vSwitches.map((vSwitch) => ({
        id: context.newId('eni-'),
        vSwitchId: vSwitch.id,
        address: takeAddress(context, vSwitch),
      })),
      internetIp: '',
      disasterRecoveryInternetIp: null,
      bandwidthMbps: input.Bandwidth,
      networkType,
      status: 'init',
      businessStatus: 'Normal',
      autoPropagate: false,
      chargeType,
      expiresAt: chargeType === 'PREPAY' ? context.now + (input.Period ?? 1) * MONTH_MS : null,
      ...groupNamed(input.ResourceGroupId),
      createdAt: context.now,
      tags: [],
    };
    state.put(VPN_GATEWAYS, id, gateway);
    settleAfter(context, 'gatewayInit', { collection: VPN_GATEWAYS, key: id, from: 'init', to: 'provisioning' });
    return answer;
  },
});

/** In two zones, save where the region has only one. */
function twoVSwitches(
  context: RpcContext,
  vpcId: string,
  input: { VSwitchId?: string; DisasterRecoveryVSwitchId?: string },
): [VSwitchRecord, VSwitchRecord] {
  if (input.VSwitchId === undefined || input.DisasterRecoveryVSwitchId === undefined)
    throw refusal('MissingParam.DisasterRecoveryVSwitchId');
  const first = vSwitchOf(context, input.VSwitchId);
  const second = vSwitchOf(context, input.DisasterRecoveryVSwitchId);
  if (first.vpcId !== vpcId || second.vpcId !== vpcId) throw refusal('InvalidVSwitchId.NotFound');
  if (first.status === 'Pending' || second.status === 'Pending') throw refusal('IncorrectVSwitchStatus');
  const oneZone = zonesOf(context.state, context.region).length === 1;
  if (first.id === second.id || (first.zone === second.zone && !oneZone))
    throw refusal('IllegalParam.DisasterRecoveryVSwitchId');
  return [first, second];
}
