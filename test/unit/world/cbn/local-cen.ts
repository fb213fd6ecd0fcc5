/** A world with two VPCs in two regions, and CEN's actions to call on it. */

import { cbnActions, cbnEffects } from '../../../../local/world/cbn/actions';
import {
  BANDWIDTH_PACKAGES,
  type BandwidthPackageRecord,
  CENS,
  type CenRecord,
  OPENED_SERVICES,
  type ServiceName,
} from '../../../../local/world/cbn/records';
import { VERSIONS } from '../../../../local/world/rpc/action';
import { type RpcInput, type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import type { State } from '../../../../local/world/state';
import {
  ROUTE_ENTRIES,
  ROUTE_TABLES,
  type RouteEntryRecord,
  type RouteTableRecord,
  VPCS,
  type VpcRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../../../../local/world/vpc/records';
import { type Settings, World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';
import type { JsonObject } from '../../../../shared/json';
import { flatParameters } from '../../../in-process/flat-parameters';

export interface Refused {
  status: number;
  code: string;
}

export interface LocalCen {
  state: State;
  /** The body of an answer that must be a success. */
  call(action: string, input?: JsonObject): JsonObject;
  /** The error of an answer that must be one. */
  refused(action: string, input?: JsonObject): Refused;
  /** Lets the cloud's time pass. */
  wait(seconds: number): void;
  /** A call, and the time that everything it began takes. */
  settled(action: string, input?: JsonObject): JsonObject;
  /** Everything the actions answered with success, for checks of their shapes. */
  answers: { action: string; body: JsonObject }[];
}

export function localCen(settings: Partial<Settings> = {}): LocalCen {
  const world = new World(
    { seed: 'cen', accountId: '1234567890123456', region: 'us-east-1', quotas: {}, durationFactor: 1, ...settings },
    { rpc: rpcService(cbnActions, cbnEffects) },
  );
  const caller = { accountId: '1234567890123456', accessKeyId: 'key', roleArn: null };
  const answers: LocalCen['answers'] = [];
  let now = Date.UTC(2026, 10, 22);
  const ask = (action: string, parameters: JsonObject): RpcOutput => {
    const input: RpcInput = { product: 'cbn', version: VERSIONS.cbn, action, parameters: flatParameters(parameters) };
    return world.handle(epochMs(now), { service: 'rpc', caller, input }).response.output as RpcOutput;
  };
  const cen: LocalCen = {
    state: world.state,
    answers,
    call(action, input = {}) {
      const { status, body } = ask(action, input);
      if (status !== 200) throw new Error(`${action}: ${body['Code']}`);
      answers.push({ action, body });
      return body;
    },
    refused(action, input = {}) {
      const { status, body } = ask(action, input);
      if (status === 200) throw new Error(`${action} was not refused: ${JSON.stringify(body)}`);
      return { status, code: body['Code'] as string };
    },
    wait(seconds) {
      now += seconds * 1_000;
      world.tick(epochMs(now));
    },
    settled(action, input = {}) {
      const body = cen.call(action, input);
      cen.wait(120);
      return body;
    },
  };
  return cen;
}

/** Two VPCs of two zones each, one in either region; VPC 1 has a custom table too. */
export function withTwoVpcs(cen: LocalCen): LocalCen {
  putVpc(cen.state, { id: 'vpc-1', region: 'us-east-1', cidr: '192.168.0.0/16' });
  putVSwitch(cen.state, { id: 'vsw-1a', vpcId: 'vpc-1', zone: 'us-east-1a', cidr: '192.168.10.0/24' });
  putVSwitch(cen.state, { id: 'vsw-1b', vpcId: 'vpc-1', zone: 'us-east-1b', cidr: '192.168.11.0/24' });
  putVpc(cen.state, { id: 'vpc-2', region: 'cn-shanghai', cidr: '172.16.0.0/16' });
  putVSwitch(cen.state, { id: 'vsw-2a', vpcId: 'vpc-2', zone: 'cn-shanghai-b', cidr: '172.16.10.0/24' });
  putVSwitch(cen.state, { id: 'vsw-2b', vpcId: 'vpc-2', zone: 'cn-shanghai-g', cidr: '172.16.11.0/24' });
  putTable(cen.state, { id: 'vtb-vpc-1-custom', vpcId: 'vpc-1', type: 'Custom' });
  return cen;
}

export function openService(state: State, name: ServiceName): void {
  state.put(OPENED_SERVICES, name, { name, openedAt: 0 });
}

/** With its system table, `vtb-` and the VPC's id. */
export function putVpc(state: State, vpc: Pick<VpcRecord, 'id' | 'region' | 'cidr'>): void {
  state.put(VPCS, vpc.id, { name: vpc.id, secondaryCidrs: [], createdAt: 0, tags: [], ...vpc } satisfies VpcRecord);
  putTable(state, { id: `vtb-${vpc.id}`, vpcId: vpc.id, type: 'System' });
}

export function putTable(state: State, table: Pick<RouteTableRecord, 'id' | 'vpcId' | 'type'>): void {
  const record: RouteTableRecord = { name: '', routePropagationEnable: true, createdAt: 0, ...table };
  state.put(ROUTE_TABLES, record.id, record);
}

export function putVSwitch(
  state: State,
  vSwitch: Pick<VSwitchRecord, 'id' | 'vpcId' | 'zone' | 'cidr'> & Partial<VSwitchRecord>,
): void {
  const record: VSwitchRecord = {
    name: '',
    routeTableId: `vtb-${vSwitch.vpcId}`,
    usedAddresses: [],
    createdAt: 0,
    ...vSwitch,
  };
  state.put(VSWITCHES, record.id, record);
}

/** An entry that leads to a VPN gateway, unless said otherwise. */
export function putEntry(
  state: State,
  entry: Pick<RouteEntryRecord, 'id' | 'routeTableId' | 'destination'> & Partial<RouteEntryRecord>,
): void {
  const record: RouteEntryRecord = {
    nextHopType: 'VpnGateway',
    nextHopId: 'vpn-1',
    name: '',
    description: '',
    status: 'Available',
    publishedBy: null,
    createdAt: 0,
    ...entry,
  };
  state.put(ROUTE_ENTRIES, record.id, record);
}

export function putBasicCen(state: State, id: string): void {
  const record: CenRecord = {
    id,
    name: '',
    description: '',
    protectionLevel: 'REDUCED',
    status: 'Active',
    edition: 'Basic',
    createdAt: 0,
    tags: [],
  };
  state.put(CENS, id, record);
}

export function putPackage(state: State, record: Partial<BandwidthPackageRecord> & { id: string }): void {
  const full: BandwidthPackageRecord = {
    name: '',
    bandwidthMbps: 10,
    areas: ['china', 'north-america'],
    status: 'Idle',
    cenId: null,
    chargeType: 'PREPAY',
    createdAt: 0,
    ...record,
  };
  state.put(BANDWIDTH_PACKAGES, full.id, full);
}

/** A VPC of a CEN as the classic actions name it. */
export const child = (cenId: string, vpcId: string, region: string): JsonObject => ({
  CenId: cenId,
  ChildInstanceId: vpcId,
  ChildInstanceType: 'VPC',
  ChildInstanceRegionId: region,
});

/** The one item of a list in an answer. */
export function only(body: JsonObject, ...path: string[]): JsonObject {
  const list = path.reduce<unknown>((value, key) => (value as JsonObject)[key], body) as JsonObject[];
  if (list.length !== 1) throw new Error(`${list.length} items in ${path.join('.')}`);
  return list[0]!;
}

export const pick = (list: unknown, ...fields: string[]): unknown[] =>
  (list as JsonObject[]).map((item) =>
    fields.length === 1 ? item[fields[0]!] : fields.map((field) => item[field]).join(' '),
  );
