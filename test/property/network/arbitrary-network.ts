/** Networks as they come: two or three VPCs of eight addresses, offices of four, and tables filled at random. */
import fc from 'fast-check';
import { type Cidr, cidr, formatIpv4 } from '../../../shared/cidr';
import type { CenModel, GatewayModel, NetworkModel, VpcModel, VpcNextHop } from '../../../shared/network/model';
import type { Topology } from '../../../shared/topology/topology';
import { exampleTopology, office } from '../../unit/network/example';

const BASE = 10 * 2 ** 24;

/** Blocks of 10.0.0.0/26, so that they meet, overlap and leave gaps; now and then one that holds them all. */
export const block = fc
  .oneof(
    { weight: 8, arbitrary: fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 27, max: 32 })) },
    { weight: 1, arbitrary: fc.constant([0, 0] as [number, number]) },
  )
  .map(([offset, prefix]): Cidr => cidr(`${formatIpv4(BASE + offset)}/${prefix}`));
const someBlocks = fc.array(block, { minLength: 1, maxLength: 2 });

const VPCS = ['north', 'south', 'west'] as const;
const ROUTERS = ['tr-1', 'tr-2'] as const;
const DOORS = ['att-north', 'att-south', 'att-west', 'peer', 'gone'] as const;
const OFFICES = ['office-1', 'office-2', 'office-3'] as const;

const vpcNextHop = (vpc: string): fc.Arbitrary<VpcNextHop> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<VpcNextHop>({ kind: 'vpn-gateway', id: `gw-${vpc}` }) },
    { weight: 4, arbitrary: fc.constant<VpcNextHop>({ kind: 'attachment', id: `att-${vpc}` }) },
    { weight: 1, arbitrary: fc.constantFrom(...DOORS).map((id): VpcNextHop => ({ kind: 'attachment', id })) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(...VPCS).map((to): VpcNextHop => ({ kind: 'cen', vpcId: `vpc-${to}`, region: to })),
    },
    { weight: 1, arbitrary: fc.constant<VpcNextHop>({ kind: 'other', type: 'NatGateway', id: 'ngw' }) },
  );

const vpc = (name: string, index: number): fc.Arbitrary<VpcModel> => {
  const first = BASE + index * 16;
  const routes = fc.array(fc.record({ destination: block, nextHop: vpcNextHop(name) }), { maxLength: 6 });
  return fc.record({ system: routes, custom: routes, bound: fc.tuple(fc.boolean(), fc.boolean()) }).map(
    ({ system, custom, bound }): VpcModel => ({
      name,
      id: `vpc-${name}`,
      region: name,
      cidrs: [cidr(`${formatIpv4(first)}/28`)],
      vSwitches: bound.map((isCustom, zone) => ({
        id: `vsw-${name}-${zone}`,
        cidr: cidr(`${formatIpv4(first + zone * 4)}/30`),
        tableId: isCustom ? 'custom' : 'system',
      })),
      tables: [
        { id: 'system', kind: 'system', routes: system },
        { id: 'custom', kind: 'custom', routes: custom },
      ],
      applications: [],
      securityGroups: [],
    }),
  );
};

const gateway = (name: string): fc.Arbitrary<GatewayModel> => {
  const connectionId = fc.constantFrom(...OFFICES, 'gone').map((it) => `vco-${it}`);
  return fc.record({
    id: fc.constant(`gw-${name}`),
    name: fc.constant(`gw-${name}`),
    vpc: fc.constant(name),
    vSwitchIds: fc.subarray([`vsw-${name}-0`, `vsw-${name}-1`]),
    connections: fc.tuple(
      ...OFFICES.map((it) =>
        fc.record({
          id: fc.constant(`vco-${it}`),
          office: fc.oneof(
            { weight: 9, arbitrary: fc.constant<string | null>(it) },
            { weight: 1, arbitrary: fc.constant(null) },
          ),
          cloudSide: fc.oneof(fc.constant<Cidr[]>([cidr('0.0.0.0/0')]), someBlocks),
          officeSide: fc.oneof(fc.constant<Cidr[]>([cidr('0.0.0.0/0')]), someBlocks),
        }),
      ),
    ),
    destinationRoutes: fc.array(fc.record({ destination: block, connectionId }), { maxLength: 4 }),
    policyRoutes: fc.array(
      fc.record({ source: block, destination: block, connectionId, priority: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 2 },
    ),
  });
};

const transit: fc.Arbitrary<CenModel> = fc.record({
  edition: fc.constant('transit-router' as const),
  id: fc.constant('cen-1'),
  routers: fc.tuple(
    ...ROUTERS.map((id) =>
      fc.record({
        id: fc.constant(id),
        region: fc.constant(id),
        tables: fc.tuple(
          fc.record({
            id: fc.constant('system'),
            routes: fc.array(
              fc.record({
                destination: block,
                nextHop: fc.oneof(
                  {
                    weight: 9,
                    arbitrary: fc.constantFrom(...DOORS).map((it) => ({ kind: 'attachment' as const, id: it })),
                  },
                  { weight: 1, arbitrary: fc.constant({ kind: 'black-hole' as const }) },
                ),
              }),
              { maxLength: 8 },
            ),
          }),
        ),
      }),
    ),
  ),
  vpcAttachments: fc.tuple(
    ...VPCS.map((name, index) =>
      fc.record({
        id: fc.constant(`att-${name}`),
        routerId: fc.constant(ROUTERS[index % 2] as string),
        vpc: fc.constant(name as string),
        vSwitchIds: fc.subarray([`vsw-${name}-0`, `vsw-${name}-1`]),
      }),
    ),
  ),
  peerAttachments: fc.tuple(
    fc.record({
      id: fc.constant('peer'),
      routerIds: fc.constant<[string, string]>(['tr-1', 'tr-2']),
      bandwidthMbps: fc.constantFrom(0, 10),
    }),
  ),
  associations: fc.subarray(
    [
      ['att-north', 'tr-1'],
      ['att-south', 'tr-2'],
      ['att-west', 'tr-1'],
      ['peer', 'tr-1'],
      ['peer', 'tr-2'],
    ].map(([attachmentId = '', routerId = '']) => ({ attachmentId, routerId, tableId: 'system' })),
    { minLength: 3 },
  ),
});

const basic: fc.Arbitrary<CenModel> = fc.record({
  edition: fc.constant('basic' as const),
  id: fc.constant('cen-1'),
  attachedVpcs: fc.subarray(
    VPCS.map((name) => `vpc-${name}`),
    { minLength: 1 },
  ),
  tables: fc.tuple(
    ...VPCS.map((region) =>
      fc.record({
        region: fc.constant(region as string),
        routes: fc.array(
          fc
            .tuple(block, fc.constantFrom(...VPCS))
            .map(([destination, to]) => ({ destination, vpcId: `vpc-${to}`, region: to as string })),
          { maxLength: 5 },
        ),
      }),
    ),
  ),
  bandwidths: fc.subarray([
    { regions: ['north', 'south'] as [string, string], bandwidthMbps: 5 },
    { regions: ['south', 'west'] as [string, string], bandwidthMbps: 0 },
  ]),
});

export interface Network {
  topology: Topology;
  model: NetworkModel;
}

/** Anything that the types allow, most of it broken: what the carrier must survive and agree on with the oracle. */
export const arbitraryNetwork: fc.Arbitrary<Network> = fc
  .record({
    vpcs: fc.tuple(...VPCS.map(vpc)),
    gateways: fc.tuple(...VPCS.map(gateway)),
    cen: fc.oneof(
      { weight: 4, arbitrary: transit },
      { weight: 2, arbitrary: basic },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    homes: fc.tuple(...OFFICES.map(() => fc.constantFrom(...VPCS, null))),
    cidrs: fc.tuple(
      ...OFFICES.map(() => fc.integer({ min: 0, max: 15 }).map((at) => cidr(`${formatIpv4(BASE + at * 4)}/30`))),
    ),
  })
  .map(({ vpcs, gateways, cen, homes, cidrs }): Network => {
    const offices = OFFICES.map((name, index) => ({
      name,
      cidrs: [cidrs[index] as Cidr],
      gatewayId: homes[index] ? `gw-${homes[index]}` : null,
      connectionId: homes[index] ? `vco-${name}` : null,
    }));
    return { topology: topologyOf(vpcs, offices), model: { vpcs, gateways, offices, cen } };
  });

function topologyOf(vpcs: readonly VpcModel[], offices: readonly { name: string; cidrs: Cidr[] }[]): Topology {
  const topology = exampleTopology();
  const [template] = topology.vpcs;
  if (!template) throw new Error('the example has VPCs');
  return {
    ...topology,
    vpcs: vpcs.map(({ name, id, region, cidrs, vSwitches }) => ({
      ...template,
      name,
      id,
      region,
      cidrs,
      vSwitches: vSwitches.map((it) => ({ id: it.id, cidr: it.cidr, zone: it.id, routeTable: null })),
      gateway: { bandwidthMbps: 10, vSwitches: [`vsw-${name}-0`, `vsw-${name}-1`] as [string, string] },
      attachment: { vSwitches: [`vsw-${name}-0`, `vsw-${name}-1`] },
      applications: [],
    })),
    offices: offices.map(({ name, cidrs }, index) => ({
      ...office(name, 'north', `203.0.113.${index + 1}`, '10.0.0.0/30'),
      cidrs,
    })),
    access: { stated: false, rules: [] },
  };
}
