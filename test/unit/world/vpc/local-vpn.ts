/** A world with two VPCs, and the VPC service's actions to call on it. */

import { VERSIONS } from '../../../../local/world/rpc/action';
import { type RpcInput, type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import type { State } from '../../../../local/world/state';
import { vpcActions, vpcEffects } from '../../../../local/world/vpc/actions';
import { VPN_GATEWAYS, type VpnGatewayRecord } from '../../../../local/world/vpc/records';
import { type Settings, World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';
import type { JsonObject } from '../../../../shared/json';
import { flatParameters } from '../../../in-process/flat-parameters';
import { putVpc, putVSwitch } from '../cbn/local-cen';

export interface LocalVpn {
  state: State;
  /** The body of an answer that must be a success. */
  call(action: string, input?: JsonObject): JsonObject;
  /** `400 Code` of an answer that must be an error. */
  refused(action: string, input?: JsonObject): string;
  /** Lets the cloud's time pass. */
  wait(seconds: number): void;
  /** A call, and the time that any write below a gateway takes. */
  settled(action: string, input?: JsonObject): JsonObject;
}

export const START = Date.UTC(2026, 10, 22);

/** Requests name us-east-1 unless they name another region. Both VPCs have vSwitches in two zones. */
export function localVpn(settings: Partial<Settings> = {}): LocalVpn {
  const world = new World(
    { seed: 'vpn', accountId: '1234567890123456', region: 'us-east-1', quotas: {}, durationFactor: 1, ...settings },
    { rpc: rpcService(vpcActions, vpcEffects) },
  );
  putVpc(world.state, { id: 'vpc-1', region: 'us-east-1', cidr: '192.168.0.0/16' });
  putVSwitch(world.state, { id: 'vsw-1a', vpcId: 'vpc-1', zone: 'us-east-1a', cidr: '192.168.10.0/24' });
  putVSwitch(world.state, { id: 'vsw-1b', vpcId: 'vpc-1', zone: 'us-east-1b', cidr: '192.168.11.0/24' });
  putVSwitch(world.state, { id: 'vsw-1c', vpcId: 'vpc-1', zone: 'us-east-1a', cidr: '192.168.12.0/24' });
  putVpc(world.state, { id: 'vpc-2', region: 'us-east-1', cidr: '172.16.0.0/16' });
  putVSwitch(world.state, { id: 'vsw-2b', vpcId: 'vpc-2', zone: 'us-east-1b', cidr: '172.16.11.0/24' });
  const caller = { accountId: '1234567890123456', accessKeyId: 'key', roleArn: null };
  let now = START;
  const ask = (action: string, nested: JsonObject): RpcOutput => {
    const parameters = flatParameters({ RegionId: 'us-east-1', ...nested });
    const input: RpcInput = { product: 'vpc', version: VERSIONS.vpc, action, parameters };
    return world.handle(epochMs(now), { service: 'rpc', caller, input }).response.output as RpcOutput;
  };
  const vpn: LocalVpn = {
    state: world.state,
    call(action, input = {}) {
      const { status, body } = ask(action, input);
      if (status !== 200) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`);
      return body;
    },
    refused(action, input = {}) {
      const { status, body } = ask(action, input);
      if (status === 200) throw new Error(`${action} was not refused: ${JSON.stringify(body)}`);
      return `${status} ${body['Code']}`;
    },
    wait(seconds) {
      now += seconds * 1_000;
      world.tick(epochMs(now));
    },
    settled(action, input = {}) {
      const body = vpn.call(action, input);
      vpn.wait(20);
      return body;
    },
  };
  return vpn;
}

export const GATEWAY: JsonObject = {
  VpcId: 'vpc-1',
  VSwitchId: 'vsw-1a',
  DisasterRecoveryVSwitchId: 'vsw-1b',
  Bandwidth: 10,
  InstanceChargeType: 'POSTPAY',
  Name: 'gateway-1',
};

/** An active gateway of two tunnels a connection. */
export function activeGateway(vpn: LocalVpn, change: JsonObject = {}): string {
  const { VpnGatewayId } = vpn.call('CreateVpnGateway', { ...GATEWAY, ...change });
  vpn.wait(180);
  return VpnGatewayId as string;
}

/** An older one, of one tunnel a connection: no action makes such gateways any more. */
export function putSingleGateway(vpn: LocalVpn): string {
  const gateway: VpnGatewayRecord = {
    id: 'vpn-single',
    region: 'us-east-1',
    vpcId: 'vpc-1',
    name: 'single',
    description: '',
    vSwitchIds: ['vsw-1a', null],
    interfaces: [],
    internetIp: '198.51.100.1',
    disasterRecoveryInternetIp: null,
    bandwidthMbps: 10,
    networkType: 'public',
    status: 'active',
    businessStatus: 'Normal',
    autoPropagate: false,
    chargeType: 'POSTPAY',
    expiresAt: null,
    createdAt: START,
    tags: [],
  };
  vpn.state.put(VPN_GATEWAYS, gateway.id, gateway);
  return gateway.id;
}

export const office = (vpn: LocalVpn, IpAddress = '203.0.113.10'): string =>
  vpn.call('CreateCustomerGateway', { IpAddress })['CustomerGatewayId'] as string;

/** What a connection of two tunnels to one address takes; any traffic, so that routes decide. */
export const connectionOf = (VpnGatewayId: string, CustomerGatewayId: string): JsonObject => ({
  VpnGatewayId,
  LocalSubnet: '0.0.0.0/0',
  RemoteSubnet: '0.0.0.0/0',
  TunnelOptionsSpecification: [
    { Role: 'master', CustomerGatewayId },
    { Role: 'slave', CustomerGatewayId },
  ],
});

/** The objects of a list in an answer: `list(body, 'VpnConnections', 'VpnConnection')`. */
export const list = (body: JsonObject, ...path: string[]): JsonObject[] =>
  path.reduce<unknown>((value, key) => (value as JsonObject)[key], body) as JsonObject[];
