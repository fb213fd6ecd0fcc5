/** Faults made through the cloud's own actions, one at a time: the network as read back shows each of them. */
import { readNetwork } from '../../../shared/alicloud/read-network';
import { seconds } from '../../../shared/clock';
import type { CloudService } from '../../../shared/engine/cloud';
import type { JsonObject } from '../../../shared/json';
import { prove } from '../../../shared/network/prove';
import { example } from '../plan/topologies';
import { type ExampleCloud, exampleCloud, inOrder } from '../resources/example-cloud';

async function built(): Promise<ExampleCloud> {
  const there = exampleCloud();
  for (const resource of inOrder(example())) await there.builder.build(resource);
  return there;
}

type Ask = (service: CloudService, region: string | null, action: string, parameters: JsonObject) => Promise<unknown>;

interface Fault {
  what: string;
  make(ask: Ask, id: (resource: string) => string, parameters: (resource: string) => JsonObject): Promise<unknown>;
  /** Of 30 site pairs. */
  reachable: number;
}

const routeOf = (id: (resource: string) => string) => ({
  VpnGatewayId: id('vpn-gateway/virginia'),
  RouteDest: '10.10.10.0/24',
  NextHop: id('vpn-connection/office-1'),
});

const FAULTS: Fault[] = [
  {
    what: 'a destination route that is deleted: nobody reaches office 1',
    make: (ask, id) => ask('vpc', 'us-east-1', 'DeleteVpnRouteEntry', { ...routeOf(id), Weight: 100 }),
    reachable: 20,
  },
  {
    what: 'a destination route that is not published: only the gateway itself knows office 1',
    make: (ask, id) =>
      ask('vpc', 'us-east-1', 'PublishVpnRouteEntry', { ...routeOf(id), RouteType: 'dbr', PublishVpc: false }),
    reachable: 22,
  },
  {
    what: 'a route that is withdrawn from CEN: the far region does not know office 1',
    make: (ask, _id, parameters) =>
      ask('cbn', null, 'WithdrawPublishedRouteEntries', parameters('cen-route/office-1/10.10.10.0/24')),
    reachable: 24,
  },
  {
    what: 'a VPC attachment that does not synchronise: Virginia knows nothing of Shanghai',
    make: (ask, id) =>
      ask('cbn', null, 'UpdateTransitRouterVpcAttachmentAttribute', {
        TransitRouterAttachmentId: id('vpc-attachment/virginia'),
        AutoPublishRouteEnabled: false,
      }),
    reachable: 12,
  },
  {
    what: 'a propagation that is off: no router knows what stands behind Virginia',
    make: (ask, _id, parameters) =>
      ask(
        'cbn',
        null,
        'DisableTransitRouterRouteTablePropagation',
        parameters('route-table-propagation/vpc-attachment/virginia/us-east-1'),
      ),
    reachable: 12,
  },
  {
    what: 'an association that is off: what leaves Virginia is not forwarded',
    make: (ask, _id, parameters) =>
      ask(
        'cbn',
        null,
        'DissociateTransitRouterAttachmentFromRouteTable',
        parameters('route-table-association/vpc-attachment/virginia/us-east-1'),
      ),
    reachable: 12,
  },
  {
    what: 'a policy route that beats the destination route: office 2 gets what is meant for office 1',
    make: (ask, id) =>
      ask('vpc', 'us-east-1', 'CreateVpnPbrRouteEntry', {
        ...routeOf(id),
        NextHop: id('vpn-connection/office-2'),
        RouteSource: '192.168.0.0/16',
        Weight: 100,
        PublishVpc: false,
      }),
    reachable: 28,
  },
];

test.each(FAULTS)('$what', async ({ make, reachable }) => {
  const { cloud, builder, clock } = await built();
  const ask: Ask = (service, region, action, parameters) => cloud.call({ service, region, action, parameters });
  const id = (resource: string): string => builder.records.get(resource as never)?.cloudId ?? `no ${resource}`;
  await make(ask, id, (resource) => builder.parameters.get(resource as never) ?? {});
  clock.advance(seconds(120));
  const topology = example();
  const recorded = [...builder.records.values()];
  const proof = prove(topology, await readNetwork({ topology, recorded, cloud }));
  expect(proof.ok).toBe(false);
  expect(proof.summary.sitePairs.reachable).toBe(reachable);
});

test('a rule that is revoked shows in the application, not in the sites', async () => {
  const { cloud, builder } = await built();
  const record = builder.records.get('security-group-rules/us-east-1/sg-orders' as never)!;
  const [rule] = record.attributes.ours as { id: string }[];
  const parameters = { SecurityGroupId: 'sg-orders', SecurityGroupRuleId: [rule!.id] };
  await cloud.call({ service: 'ecs', region: 'us-east-1', action: 'RevokeSecurityGroup', parameters });
  const topology = example();
  const recorded = [...builder.records.values()];
  const { ok, summary } = prove(topology, await readNetwork({ topology, recorded, cloud }));
  expect(ok).toBe(false);
  expect(summary.sitePairs.reachable).toBe(30);
  expect(summary.applications.reachable).toBe(summary.applications.total - 1);
});

test('offices are found by their public address, whatever the connections are called', async () => {
  const { cloud, builder } = await built();
  const { offices, gateways } = await readNetwork({ topology: example(), recorded: [], cloud });
  const id = (resource: string): string | null => builder.records.get(resource as never)?.cloudId ?? null;
  expect(offices.map(({ name, connectionId }) => [name, connectionId])).toEqual(
    ['office-1', 'office-2', 'office-3', 'office-4'].map((name) => [name, id(`vpn-connection/${name}`)]),
  );
  expect(gateways[0]?.connections[0]).toMatchObject({ cloudSide: ['0.0.0.0/0'], officeSide: ['10.10.10.0/24'] });
});

test('an empty account is read as one, and nothing is reachable', async () => {
  const { cloud } = exampleCloud();
  const topology = example();
  const model = await readNetwork({ topology, recorded: [], cloud });
  expect({ gateways: model.gateways, cen: model.cen }).toEqual({ gateways: [], cen: null });
  expect(prove(topology, model).summary.sitePairs.reachable).toBe(0);
});
