/**
 * How Terraform's provider for Alibaba Cloud works, in our words: it sends what the graph lets it send at once, tries again on
 * the codes that it knows to pass, polls a read until a state, and calls a resource gone where its read finds nothing.
 * Learnt from its source of August 2026 and from its requests to the local cloud.
 */
import { OPENED_SERVICES } from '../../../local/world/cbn/records';
import { type Product, VERSIONS } from '../../../local/world/rpc/action';
import { rpcActions, rpcEffects } from '../../../local/world/rpc/registry';
import { type RpcOutput, rpcService } from '../../../local/world/rpc/service';
import { durationMs } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import { flatParameters } from '../../in-process/flat-parameters';
import { inProcessWorld } from '../../in-process/in-process-world';

export interface Request {
  product: Product;
  action: string;
  input: JsonObject;
}

export const vpc = (action: string, input: JsonObject): Request => ({ product: 'vpc', action, input });
export const cbn = (action: string, input: JsonObject): Request => ({ product: 'cbn', action, input });
export const ecs = (action: string, input: JsonObject): Request => ({ product: 'ecs', action, input });

/** What stands at a place of an answer; undefined where the way ends. */
export const at = (body: JsonObject, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], body);

const VPN = ['VpnGateway.Configuring', 'VpnConnection.Configuring', 'Appliance.Configuring', 'VpnTask.CONFLICT'];
const VPN_ROUTE = [...VPN, 'TaskConflict', 'VpnRouteEntry.Configuring'];
const CEN = ['Operation.Blocking', 'InvalidOperation.CenInstanceStatus'];
const CHILD = [
  ...CEN,
  'OperationFailed.InvalidVpcStatus',
  'InvalidOperation.ChildInstanceStatus',
  'IncorrectStatus.VpcSwitch',
  'IncorrectStatus.VpcRouteTable',
];
const PACKAGE = [...CEN, 'InvalidOperation.BwpInstanceStatus', 'InvalidOperation.BwpBusinessStatus'];
const ROUTER = ['Operation.Blocking', 'IncorrectStatus.Status'];
const PEER = [...ROUTER, 'Throttling.User'];
const ATTACHMENT = [...PEER, 'IncorrectStatus.VpcOrVswitch', 'IncorrectStatus.Attachment', 'InstanceStatus.NotSupport'];
const VSWITCH = ['TaskConflict', 'OperationConflict', 'IncorrectVSwitchStatus'];
const ROUTE = ['TaskConflict', 'OperationConflict', 'IncorrectRouteEntryStatus', 'IncorrectVpcStatus'];

/** Codes on which the provider tries an action again; on any other it gives up. */
const RETRIED: Readonly<Record<string, readonly string[]>> = {
  CreateVpc: ['TaskConflict'],
  CreateVSwitch: VSWITCH,
  DeleteVSwitch: [
    ...VSWITCH,
    'DependencyViolation',
    'IncorrectRouteEntryStatus',
    'OperationDenied.OtherSubnetProcessing',
  ],
  DeleteVpc: ['DependencyViolation.VSwitch', 'DependencyViolation.SecurityGroup', 'IncorrectVpcStatus'],
  DeleteSecurityGroup: ['DependencyViolation'],
  DeleteVpnGateway: ['VpnGateway.Configuring'],
  CreateVpnConnection: VPN,
  ModifyVpnConnectionAttribute: ['VpnGateway.Configuring', 'VpnTask.CONFLICT'],
  DeleteVpnConnection: VPN,
  CreateCustomerGateway: ['OperationConflict'],
  DeleteCustomerGateway: ['VpnGateway.Configuring'],
  PublishVpnRouteEntry: VPN_ROUTE,
  CreateVpnRouteEntry: VPN_ROUTE,
  DeleteVpnRouteEntry: VPN_ROUTE,
  CreateVpnPbrRouteEntry: VPN_ROUTE,
  DeleteVpnPbrRouteEntry: VPN_ROUTE,
  CreateCen: ['Operation.Blocking'],
  DeleteCen: CEN,
  AttachCenChildInstance: CHILD,
  DetachCenChildInstance: CHILD,
  CreateCenBandwidthPackage: ['Operation.Blocking'],
  AssociateCenBandwidthPackage: PACKAGE,
  UnassociateCenBandwidthPackage: [...PACKAGE, 'InvalidOperation.CenBandwidthLimitsNotZero'],
  DeleteCenBandwidthPackage: ['InvalidOperation.CenBandwidthLimitsNotZero', 'Forbidden.Release'],
  SetCenInterRegionBandwidthLimit: CEN,
  CreateTransitRouter: ROUTER,
  UpdateTransitRouter: ROUTER,
  DeleteTransitRouter: [
    ...ROUTER,
    'IncorrectStatus.CenInstance',
    'IncorrectStatus.TransitRouterInstance',
    'InvalidOperation.AttachedChildInstanceExist',
  ],
  CreateTransitRouterVpcAttachment: [...ATTACHMENT, 'IncorrectStatus.VpcRouteTable', 'IncorrectStatus.VpcSwitch'],
  DeleteTransitRouterVpcAttachment: [...ATTACHMENT, 'IncorrectStatus.VpcRouteEntry', 'TokenProcessing'],
  CreateTransitRouterPeerAttachment: PEER,
  UpdateTransitRouterPeerAttachmentAttribute: PEER,
  DeleteTransitRouterPeerAttachment: PEER,
  AssociateTransitRouterAttachmentWithRouteTable: PEER,
  DissociateTransitRouterAttachmentFromRouteTable: PEER,
  EnableTransitRouterRouteTablePropagation: ROUTER,
  DisableTransitRouterRouteTablePropagation: ROUTER,
  // Of a publication, any code whose message says "not in a valid state for the operation".
  PublishRouteEntries: [...CEN, 'InvalidOperation.ChildInstanceStatus'],
  WithdrawPublishedRouteEntries: ['InvalidOperation.CenInstanceStatus', 'InternalError'],
  CreateRouteEntry: ROUTE,
  DeleteRouteEntry: ROUTE,
};

/** Five minutes, as most of its time-outs. */
const MOST_TRIES = 60;
const EVERY_MS = 5_000;

export function provider() {
  const { world, caller, clock, serve } = inProcessWorld({ rpc: rpcService(rpcActions, rpcEffects) });
  for (const name of ['transit-router', 'cross-border'])
    world.state.put(OPENED_SERVICES, name, { name, openedAt: clock.now() });
  const passed = new Set<string>();

  const ask = ({ product, action, input }: Request): RpcOutput => {
    const request = { product, version: VERSIONS[product], action, parameters: flatParameters(input) };
    return serve({ service: 'rpc', caller, input: request }) as RpcOutput;
  };
  const pause = () => {
    clock.advance(durationMs(EVERY_MS));
    world.tick(clock.now());
  };

  /** All at once, each tried again while the code is one that passes; answers stand in the order of the requests. */
  function apply(...requests: Request[]): JsonObject[] {
    const answers = new Map<number, JsonObject>();
    for (let tries = 0; answers.size < requests.length; tries += 1) {
      if (tries > 0) pause();
      for (const [index, request] of requests.entries()) {
        if (answers.has(index)) continue;
        const { status, body } = ask(request);
        if (status === 200) answers.set(index, body);
        else refuseUnlessRetried(request.action, String(body['Code']), tries);
      }
    }
    return requests.map((_, index) => answers.get(index)!);
  }

  function refuseUnlessRetried(action: string, code: string, tries: number): void {
    if (!(RETRIED[action] ?? []).includes(code)) throw new Error(`${action}: the provider gives up on ${code}`);
    if (tries > MOST_TRIES) throw new Error(`${action}: still ${code}`);
    passed.add(`${action} ${code}`);
  }

  /** Polls until the read gives that state; `null` is the resource's end: not found, or an empty list. */
  function until(read: Request, stateOf: (body: JsonObject) => unknown, wanted: unknown): void {
    let seen: unknown;
    for (let tries = 0; tries <= MOST_TRIES; tries += 1) {
      const { status, body } = ask(read);
      if (status !== 200 && !/NotFound/.test(String(body['Code']))) throw new Error(`${read.action}: ${body['Code']}`);
      seen = status === 200 ? (stateOf(body) ?? null) : null;
      if (seen === wanted) return;
      pause();
    }
    throw new Error(`${read.action}: ${seen}, never ${wanted}`);
  }

  const read = (request: Request): JsonObject => {
    const { status, body } = ask(request);
    if (status !== 200) throw new Error(`${request.action}: ${body['Code']}`);
    return body;
  };
  return { world, apply, until, read, passed };
}
