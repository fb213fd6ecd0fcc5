/**
 * The model, compiled for carrying packets: every table a node with its lookup, every name resolved once. What a node
 * does with a packet stands in forward.ts, the way through several of them in carry.ts.
 */
import { type Cidr, rangeOf } from '../cidr';
import {
  type AddressSpace,
  type Atom,
  type AtomSpan,
  atomOf,
  cutAddressSpace,
  firstAddressOf,
  spanOf,
} from './address-space';
import type { DropReason } from './hop';
import type {
  CenModel,
  ConnectionModel,
  GatewayModel,
  NetworkModel,
  OfficeModel,
  RouterTable,
  VpcModel,
  VpcTable,
} from './model';
import { compileRoutes, type RouteLookup } from './route-lookup';

/** A place that takes a packet and hands it on. Made once each, so that identity is equality. */
export type FabricNode =
  | GatewayInNode
  | GatewayOutNode
  | TunnelNode
  | VpcTableNode
  | RouterTableNode
  | CenRegionNode
  | { kind: 'unassociated'; routerId: string; attachmentId: string }
  | { kind: 'unattached'; vpc: VpcModel };

/** A gateway that has just decrypted a packet. */
export interface GatewayInNode {
  kind: 'gateway-in';
  gateway: CompiledGateway;
}

/** A gateway that a VPC's table handed a packet to. */
interface GatewayOutNode {
  kind: 'gateway-out';
  gateway: CompiledGateway;
}

export interface TunnelNode {
  kind: 'tunnel';
  connection: ConnectionModel;
  cloudSide: AtomSpan[];
  officeSide: AtomSpan[];
  /** Why it refuses a packet: one object a side, since a narrow selector refuses a thousand packets alike. */
  gaps: Record<'cloudSide' | 'officeSide', SelectorGap>;
}

export type SelectorGap = Extract<DropReason, { kind: 'selector' }>;

export interface VpcTableNode {
  kind: 'vpc-table';
  vpc: VpcModel;
  table: VpcTable;
  /** Positions in `vpc.vSwitches`: always win. */
  local: RouteLookup;
  routes: RouteLookup;
}

export interface RouterTableNode {
  kind: 'router-table';
  routerId: string;
  table: RouterTable;
  routes: RouteLookup;
}

/** Basic edition. */
export interface CenRegionNode {
  kind: 'cen-region';
  cenId: string;
  region: string;
  table: { destination: Cidr; vpcId: string; region: string }[];
  routes: RouteLookup;
}

export interface CompiledGateway {
  model: GatewayModel;
  routes: RouteLookup;
  /** In the order in which they are looked up. */
  policies: { source: AtomSpan; destination: AtomSpan; route: GatewayModel['policyRoutes'][number] }[];
  tunnels: Map<string, TunnelNode>;
}

export interface CompiledVpc {
  model: VpcModel;
  local: RouteLookup;
  tables: Map<string, VpcTableNode>;
  system: VpcTableNode | null;
}

export interface CompiledRouter {
  id: string;
  region: string;
  tables: Map<string, RouterTableNode>;
}

export interface Fabric {
  model: NetworkModel;
  space: AddressSpace;
  /** By atom: sources of one class are treated alike by every policy route and every selector. */
  sourceClasses: Int32Array;
  vpcs: Map<string, CompiledVpc>;
  vpcsById: Map<string, CompiledVpc>;
  gateways: Map<string, { in: GatewayInNode; out: GatewayOutNode }>;
  offices: Map<string, OfficeModel>;
  routers: Map<string, CompiledRouter>;
  cenRegions: Map<string, CenRegionNode>;
  /** Key `router attachment`. */
  associations: Map<string, FabricNode>;
  vpcAttachments: Map<string, TransitCen['vpcAttachments'][number]>;
  peerAttachments: Map<string, TransitCen['peerAttachments'][number]>;
}

export type TransitCen = Extract<CenModel, { edition: 'transit-router' }>;

/** `extra` blocks are cut out too: those of the sites that the proof asks about. */
export function compileFabric(model: NetworkModel, extra: readonly Cidr[] = []): Fabric {
  const space = cutAddressSpace([...blocksOf(model), ...extra]);
  const transit = model.cen?.edition === 'transit-router' ? model.cen : null;
  const vpcs = model.vpcs.map((vpc) => compileVpc(space, vpc));
  const routers = (transit?.routers ?? []).map((router) => compileRouter(space, router));
  return {
    model,
    space,
    sourceClasses: classifySources(space, model),
    vpcs: new Map(vpcs.map((vpc) => [vpc.model.name, vpc])),
    vpcsById: new Map(vpcs.map((vpc) => [vpc.model.id, vpc])),
    gateways: new Map(model.gateways.map((gateway) => [gateway.id, gatewayNodes(compileGateway(space, gateway))])),
    offices: new Map(model.offices.map((office) => [office.name, office])),
    routers: new Map(routers.map((router) => [router.id, router])),
    cenRegions: compileCenRegions(space, model.cen),
    associations: compileAssociations(transit, routers),
    vpcAttachments: new Map((transit?.vpcAttachments ?? []).map((attachment) => [attachment.id, attachment])),
    peerAttachments: new Map((transit?.peerAttachments ?? []).map((attachment) => [attachment.id, attachment])),
  };
}

/** Where a packet entering `router` from `attachment` is looked up. */
export function entranceOf(fabric: Fabric, routerId: string, attachmentId: string): FabricNode {
  const key = `${routerId} ${attachmentId}`;
  const known = fabric.associations.get(key);
  if (known) return known;
  const dead: FabricNode = { kind: 'unassociated', routerId, attachmentId };
  fabric.associations.set(key, dead);
  return dead;
}

/** The tables of several vSwitches, each once; the system table stands in for a vSwitch that the VPC does not hold. */
export function tablesOf(vpc: CompiledVpc, vSwitchIds: readonly string[]): VpcTableNode[] {
  const tables = vSwitchIds.map((id) => {
    const vSwitch = vpc.model.vSwitches.find((candidate) => candidate.id === id);
    return (vSwitch && vpc.tables.get(vSwitch.tableId)) ?? vpc.system;
  });
  if (tables.length === 0) tables.push(vpc.system);
  return [...new Set(tables)].filter((table) => table !== null);
}

function* blocksOf(model: NetworkModel): Generator<Cidr> {
  for (const vpc of model.vpcs) {
    for (const vSwitch of vpc.vSwitches) yield vSwitch.cidr;
    for (const table of vpc.tables) for (const route of table.routes) yield route.destination;
  }
  for (const gateway of model.gateways) {
    for (const connection of gateway.connections) yield* [...connection.cloudSide, ...connection.officeSide];
    for (const route of gateway.destinationRoutes) yield route.destination;
    for (const route of gateway.policyRoutes) yield* [route.source, route.destination];
  }
  for (const office of model.offices) yield* office.cidrs;
  if (model.cen?.edition === 'transit-router') {
    for (const router of model.cen.routers)
      for (const table of router.tables) for (const route of table.routes) yield route.destination;
  } else if (model.cen) {
    for (const table of model.cen.tables) for (const route of table.routes) yield route.destination;
  }
}

function classifySources(space: AddressSpace, model: NetworkModel): Int32Array {
  const lines = cutAddressSpace(
    model.gateways.flatMap((gateway) => [
      ...gateway.policyRoutes.map((route) => route.source),
      ...gateway.connections.flatMap((connection) => connection.cloudSide),
    ]),
  );
  return Int32Array.from(space.starts, (_, atom: Atom) => atomOf(lines, firstAddressOf(space, atom)));
}

function compileVpc(space: AddressSpace, model: VpcModel): CompiledVpc {
  const local = compileRoutes(
    space,
    model.vSwitches.map((vSwitch) => vSwitch.cidr),
  );
  const tables = model.tables.map((table): VpcTableNode => {
    const routes = compileRoutes(
      space,
      table.routes.map((route) => route.destination),
    );
    return { kind: 'vpc-table', vpc: model, table, local, routes };
  });
  return {
    model,
    local,
    tables: new Map(tables.map((node) => [node.table.id, node])),
    system: tables.find((node) => node.table.kind === 'system') ?? null,
  };
}

function compileGateway(space: AddressSpace, model: GatewayModel): CompiledGateway {
  const spans = (blocks: readonly Cidr[]) => blocks.map((block) => spanOf(space, rangeOf(block)));
  const tunnels = model.connections.map((connection): TunnelNode => {
    return {
      kind: 'tunnel',
      connection,
      cloudSide: spans(connection.cloudSide),
      officeSide: spans(connection.officeSide),
      gaps: { cloudSide: gapOf(connection, 'cloudSide'), officeSide: gapOf(connection, 'officeSide') },
    };
  });
  const policies = model.policyRoutes
    .map((route) => ({
      source: spanOf(space, rangeOf(route.source)),
      destination: spanOf(space, rangeOf(route.destination)),
      route,
    }))
    .sort((a, b) => a.route.priority - b.route.priority);
  return {
    model,
    routes: compileRoutes(
      space,
      model.destinationRoutes.map((route) => route.destination),
    ),
    policies,
    tunnels: new Map(tunnels.map((tunnel) => [tunnel.connection.id, tunnel])),
  };
}

const gapOf = (connection: ConnectionModel, side: SelectorGap['side']): SelectorGap => ({
  kind: 'selector',
  connectionId: connection.id,
  side,
  blocks: connection[side].join(', '),
});

const gatewayNodes = (gateway: CompiledGateway): { in: GatewayInNode; out: GatewayOutNode } => ({
  in: { kind: 'gateway-in', gateway },
  out: { kind: 'gateway-out', gateway },
});

function compileRouter(space: AddressSpace, router: TransitCen['routers'][number]): CompiledRouter {
  const tables = router.tables.map((table): [string, RouterTableNode] => {
    const routes = compileRoutes(
      space,
      table.routes.map((route) => route.destination),
    );
    return [table.id, { kind: 'router-table', routerId: router.id, table, routes }];
  });
  return { id: router.id, region: router.region, tables: new Map(tables) };
}

function compileCenRegions(space: AddressSpace, cen: CenModel | null): Map<string, CenRegionNode> {
  if (cen?.edition !== 'basic') return new Map();
  return new Map(
    cen.tables.map(({ region, routes }) => [
      region,
      {
        kind: 'cen-region',
        cenId: cen.id,
        region,
        table: routes,
        routes: compileRoutes(
          space,
          routes.map((route) => route.destination),
        ),
      },
    ]),
  );
}

function compileAssociations(cen: TransitCen | null, routers: readonly CompiledRouter[]): Map<string, FabricNode> {
  const byId = new Map(routers.map((router) => [router.id, router]));
  const associations = new Map<string, FabricNode>();
  for (const { attachmentId, routerId, tableId } of cen?.associations ?? []) {
    const table = byId.get(routerId)?.tables.get(tableId);
    if (table) associations.set(`${routerId} ${attachmentId}`, table);
  }
  return associations;
}
