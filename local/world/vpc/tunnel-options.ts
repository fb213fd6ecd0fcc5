/** The tunnels of a connection, as a request for either kind of gateway states them. */
import type { InputOf, Parameters, RpcContext } from '../rpc/action';
import { customerGatewayOf } from './lookups';
import { differenceOf } from './negotiation';
import { FLAG, TEXT } from './parameters';
import type { TunnelRecord, VpnGatewayRecord } from './records';
import { refusal } from './refusals';
import {
  DEFAULT_IPSEC,
  defaultIke,
  type Given,
  IKE_FIELDS,
  IPSEC_FIELDS,
  mergeIke,
  mergeIpsec,
  parseIke,
  parseIpsec,
} from './tunnel-config';

export const TUNNEL_FIELDS = {
  CustomerGatewayId: TEXT,
  EnableDpd: FLAG,
  EnableNatTraversal: FLAG,
  RemoteCaCertificate: TEXT,
  TunnelIkeConfig: { type: 'object', fields: IKE_FIELDS },
  TunnelIpsecConfig: { type: 'object', fields: IPSEC_FIELDS },
  TunnelBgpConfig: {
    type: 'object',
    fields: { LocalAsn: { type: 'integer' }, TunnelCidr: TEXT, LocalBgpIp: TEXT },
  },
} as const satisfies Parameters;

type TunnelInput = InputOf<typeof TUNNEL_FIELDS>;

/** What a gateway with one tunnel a connection takes instead. */
export const SINGLE_TUNNEL = {
  IkeConfig: TEXT,
  IpsecConfig: TEXT,
  HealthCheckConfig: TEXT,
  BgpConfig: TEXT,
  RemoteCaCertificate: TEXT,
  EnableDpd: FLAG,
  EnableNatTraversal: FLAG,
} as const satisfies Parameters;

type SingleInput = InputOf<typeof SINGLE_TUNNEL> & { CustomerGatewayId?: string };

interface FamilyInput extends SingleInput {
  EnableTunnelsBgp?: boolean;
  TunnelOptionsSpecification?: readonly object[];
}

export const isDual = ({ vSwitchIds }: VpnGatewayRecord): boolean => vSwitchIds[1] !== null;

/** Each kind of gateway takes its own family of parameters and refuses the other. */
export function wantFamily(gateway: VpnGatewayRecord, input: FamilyInput): void {
  if (input.EnableTunnelsBgp === true || /"EnableBgp"\s*:\s*"?true/i.test(input.BgpConfig ?? ''))
    throw refusal('OperationUnsupported.Bgp');
  const isSingle = [...Object.keys(SINGLE_TUNNEL), 'CustomerGatewayId'].some((name) => name in input);
  if (isDual(gateway) && isSingle) throw refusal('OperationUnsupported.SingleTunnel');
  if (!isDual(gateway) && (input.TunnelOptionsSpecification || input.EnableTunnelsBgp !== undefined))
    throw refusal('OperationUnsupported.DualTunnel');
}

/** One master and one slave, in the order of the request: what was made in an order is read back in it. */
export function dualTunnels(
  context: RpcContext,
  gateway: VpnGatewayRecord,
  input: readonly (TunnelInput & { Role?: 'master' | 'slave' })[] | undefined,
): TunnelRecord[] {
  const wished = (input ?? []).flatMap(({ Role, ...tunnel }) => (Role ? [{ role: Role, tunnel }] : []));
  const roles = wished.map(({ role }) => role).sort();
  if (wished.length !== input?.length || roles.join() !== 'master,slave')
    throw refusal('IllegalParam.TunnelOptionsSpecification');
  return wished.map(({ role, tunnel }) => newTunnel(context, gateway, role, tunnel));
}

export const singleTunnel = (context: RpcContext, gateway: VpnGatewayRecord, input: SingleInput): TunnelRecord =>
  newTunnel(context, gateway, 'master', singleAsTunnel(input));

/** The same settings, under the names that they have in a list of tunnels. */
export const singleAsTunnel = (input: SingleInput): Settings => ({
  CustomerGatewayId: input.CustomerGatewayId,
  EnableDpd: input.EnableDpd,
  EnableNatTraversal: input.EnableNatTraversal,
  TunnelIkeConfig: parseIke(input.IkeConfig),
  TunnelIpsecConfig: parseIpsec(input.IpsecConfig),
});

interface Settings {
  CustomerGatewayId?: string | undefined;
  EnableDpd?: boolean | undefined;
  EnableNatTraversal?: boolean | undefined;
  TunnelIkeConfig?: Given;
  TunnelIpsecConfig?: Given;
}

function newTunnel(
  context: RpcContext,
  gateway: VpnGatewayRecord,
  role: TunnelRecord['role'],
  input: Settings,
): TunnelRecord {
  if (input.CustomerGatewayId === undefined) throw refusal('MissingParam.CustomerGatewayId');
  const office = customerGatewayOf(context, input.CustomerGatewayId);
  const address = role === 'master' ? gateway.internetIp : gateway.disasterRecoveryInternetIp;
  const ike = defaultIke({
    // Sixteen characters where the request has none; they can be read back.
    Psk: context.newId('').slice(0, 16),
    LocalId: address ?? '',
    RemoteId: office.ipAddress,
  });
  return {
    id: context.newId('tun-'),
    role,
    customerGatewayId: office.id,
    state: 'updating',
    version: 1,
    standsSince: context.now,
    differs: 'phase-1',
    enableDpd: input.EnableDpd ?? true,
    enableNatTraversal: input.EnableNatTraversal ?? true,
    ike: mergeIke(ike, input.TunnelIkeConfig),
    ipsec: mergeIpsec(DEFAULT_IPSEC, input.TunnelIpsecConfig),
  };
}

/** What the request leaves out stays; the tunnel is negotiated anew. */
export function changeTunnel(context: RpcContext, tunnel: TunnelRecord, input: Settings): TunnelRecord {
  const office =
    input.CustomerGatewayId === undefined ? undefined : customerGatewayOf(context, input.CustomerGatewayId);
  const moved = office && tunnel.customerGatewayId !== office.id ? { RemoteId: office.ipAddress } : {};
  const changed = {
    customerGatewayId: office?.id ?? tunnel.customerGatewayId,
    ike: mergeIke({ ...tunnel.ike, ...moved }, input.TunnelIkeConfig),
    ipsec: mergeIpsec(tunnel.ipsec, input.TunnelIpsecConfig),
  };
  return {
    ...tunnel,
    ...changed,
    state: 'updating',
    version: tunnel.version + 1,
    standsSince: context.now,
    differs: differenceOf(tunnel, changed),
    enableDpd: input.EnableDpd ?? tunnel.enableDpd,
    enableNatTraversal: input.EnableNatTraversal ?? tunnel.enableNatTraversal,
  };
}
