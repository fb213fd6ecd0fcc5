/** A small network as planned, everything reachable, and then spoiled in a few places: what proofs are for. */
import fc from 'fast-check';
import { type Cidr, cidr } from '../../../shared/cidr';
import type { NetworkModel, VpcNextHop } from '../../../shared/network/model';
import type { Topology, Vpc } from '../../../shared/topology/topology';
import { everyRule, exampleTopology, office, planned } from '../../unit/network/example';
import { block, type Network } from './arbitrary-network';

const vpc = (template: Vpc, name: string, region: string, blocks: [string, string]): Vpc => ({
  ...template,
  name,
  id: `vpc-${name}`,
  region,
  cidrs: blocks.map(cidr),
  vSwitches: blocks.map((it, zone) => ({
    id: `vsw-${name}-${zone}`,
    zone: `${region}-${zone}`,
    cidr: cidr(it),
    routeTable: null,
  })),
  gateway: { bandwidthMbps: 10, vSwitches: [`vsw-${name}-0`, `vsw-${name}-1`] },
  attachment: { vSwitches: [`vsw-${name}-0`, `vsw-${name}-1`] },
  applications: [],
});

/** Two regions, three offices, every block of four addresses: small enough to try each address. */
export function smallTopology(edition: 'transit-router' | 'basic', customTables: readonly string[]): Topology {
  const topology = exampleTopology(edition);
  const [template] = topology.vpcs;
  if (!template) throw new Error('the example has VPCs');
  topology.vpcs = [
    vpc(template, 'north', 'us-east-1', ['10.0.0.0/30', '10.0.0.4/30']),
    vpc(template, 'south', 'cn-shanghai', ['10.0.0.16/30', '10.0.0.20/30']),
  ];
  topology.offices = [
    office('office-1', 'north', '203.0.113.1', '10.0.0.32/30'),
    office('office-2', 'north', '203.0.113.2', '10.0.0.36/30'),
    office('office-3', 'south', '203.0.113.3', '10.0.0.48/30'),
  ];
  for (const vSwitch of topology.vpcs.flatMap(({ vSwitches }) => vSwitches))
    if (customTables.includes(vSwitch.id)) vSwitch.routeTable = `vtb-${vSwitch.id}`;
  topology.access.rules = everyRule(topology);
  return topology;
}

type Spoil = (model: NetworkModel) => void;

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const vpcTables = (model: NetworkModel) => model.vpcs.flatMap(({ tables }) => tables);
const routerTables = (model: NetworkModel) =>
  model.cen?.edition === 'transit-router' ? model.cen.routers.flatMap(({ tables }) => tables) : [];

/** A next hop that the VPC of the table knows, or one that it does not. */
const vpcNextHops = (model: NetworkModel): VpcNextHop[] => [
  ...model.gateways.map(({ id }): VpcNextHop => ({ kind: 'vpn-gateway', id })),
  ...(model.cen?.edition === 'transit-router' ? model.cen.vpcAttachments : []).map(
    ({ id }): VpcNextHop => ({ kind: 'attachment', id }),
  ),
  { kind: 'other', type: 'NatGateway', id: 'ngw' },
];

const at = fc.nat(1000);

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc.tuple(at, at).map(
    ([table, route]): Spoil =>
      (model) => {
        const routes = pick([...vpcTables(model), ...routerTables(model)], table)?.routes;
        routes?.splice(route % Math.max(1, routes.length), 1);
      },
  ),
  fc.tuple(at, at, block).map(
    ([table, hop, destination]): Spoil =>
      (model) => {
        const nextHop = pick(vpcNextHops(model), hop);
        if (nextHop) pick(vpcTables(model), table)?.routes.push({ destination, nextHop });
      },
  ),
  fc.tuple(at, at, block).map(
    ([table, hop, destination]): Spoil =>
      (model) => {
        if (model.cen?.edition !== 'transit-router') return;
        const id = pick([...model.cen.vpcAttachments, ...model.cen.peerAttachments], hop)?.id;
        const nextHop = id === undefined ? { kind: 'black-hole' as const } : { kind: 'attachment' as const, id };
        pick(routerTables(model), table)?.routes.push({ destination, nextHop });
      },
  ),
  fc.tuple(at, at, block, block, fc.boolean()).map(
    ([gateway, to, source, destination, policy]): Spoil =>
      (model) => {
        const it = pick(model.gateways, gateway);
        const connectionId = pick(it?.connections ?? [], to)?.id;
        if (!it || connectionId === undefined) return;
        if (policy) it.policyRoutes.push({ source, destination, connectionId, priority: 10 });
        else it.destinationRoutes.push({ destination, connectionId });
      },
  ),
  fc.tuple(at, at, fc.constantFrom('cloudSide' as const, 'officeSide' as const), block).map(
    ([gateway, connection, side, narrow]): Spoil =>
      (model) => {
        const it = pick(pick(model.gateways, gateway)?.connections ?? [], connection);
        if (it) it[side] = [narrow, '10.0.0.32/29' as Cidr];
      },
  ),
  fc.constant<Spoil>((model) => {
    if (model.cen?.edition === 'transit-router') for (const it of model.cen.peerAttachments) it.bandwidthMbps = 0;
    if (model.cen?.edition === 'basic') model.cen.bandwidths = [];
  }),
  at.map(
    (index): Spoil =>
      (model) => {
        if (model.cen?.edition === 'transit-router') model.cen.associations.splice(index % 4, 1);
        if (model.cen?.edition === 'basic') model.cen.attachedVpcs.splice(index % 2, 1);
      },
  ),
);

export const spoiledNetwork: fc.Arbitrary<Network> = fc
  .record({
    edition: fc.constantFrom('transit-router' as const, 'basic' as const),
    customTables: fc.subarray(['vsw-north-0', 'vsw-north-1', 'vsw-south-0']),
    spoils: fc.array(spoil, { minLength: 0, maxLength: 3 }),
  })
  .map(({ edition, customTables, spoils }) => {
    const topology = smallTopology(edition, edition === 'basic' ? [] : customTables);
    // A copy: plans share arrays between tables, and what is spoiled here must not spoil there.
    const model = structuredClone(planned(topology));
    for (const change of spoils) change(model);
    return { topology, model };
  });
