/** What the kinds of tunnels and routes do about what others left or changed. */

import { readVpnConnection } from '../../../shared/alicloud/reads/vpn-connections';
import { listDestinationRoutes } from '../../../shared/alicloud/reads/vpn-routes';
import { seconds } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/json';
import type { DesiredResource, VpnConnection } from '../../../shared/plan/desired';
import { example } from '../plan/topologies';
import { type ExampleCloud, exampleCloud, inOrder } from './example-cloud';
import { identityFor } from './identity-for';

const TUNNEL = 'vpn-connection/office-1';
const ROUTE = 'vpn-route/office-1/10.10.10.0/24';
const PUBLICATION = 'cen-route/office-1/10.10.10.0/24';

/** The example up to and including `last`, and that resource. */
async function builtTo(last: string, before: (there: ExampleCloud) => Promise<unknown> = async () => undefined) {
  const there = exampleCloud();
  for (const resource of inOrder(example())) {
    if (resource.id === last) {
      await before(there);
      return { there, resource, built: await there.builder.build(resource) };
    }
    await there.builder.build(resource);
  }
  throw new Error(`the example has no ${last}`);
}

const vpc = ({ cloud }: ExampleCloud, action: string, parameters: JsonObject) =>
  cloud.call({ service: 'vpc', region: 'us-east-1', action, parameters });

const idOf = ({ builder }: ExampleCloud, id: string): string => builder.records.get(id as never)?.cloudId ?? '';

const settleAgain = (
  { builder }: ExampleCloud,
  { id, desired }: DesiredResource,
  ownership: 'ours' | 'borrowed' = 'ours',
) =>
  builder.settle(id, desired, {
    cloudId: builder.records.get(id)?.cloudId ?? '',
    parameters: builder.parameters.get(id) ?? {},
    ownership,
  });

test('selectors that somebody narrowed are widened again', async () => {
  const { there, resource, built } = await builtTo(TUNNEL);
  const { cloudId } = built.observation;
  await vpc(there, 'ModifyVpnConnectionAttribute', {
    VpnConnectionId: cloudId,
    LocalSubnet: '192.168.0.0/16',
    RemoteSubnet: '10.10.10.0/24',
  });
  const { updates } = await settleAgain(there, resource);
  expect(updates).toEqual(['sets its selectors to 0.0.0.0/0 <-> 10.10.10.0/24']);
  expect(await readVpnConnection(there.cloud, 'us-east-1', cloudId)).toMatchObject({ LocalSubnet: '0.0.0.0/0' });
});

test('other algorithms reach the slave first, then the master', async () => {
  const { there, resource } = await builtTo(TUNNEL);
  const desired = resource.desired as VpnConnection;
  const stronger = {
    ...resource,
    desired: { ...desired, tunnel: { ...desired.tunnel, authentication: 'sha512' as const } },
  };
  const { updates, observation } = await settleAgain(there, stronger);
  const algorithms = 'ikev2 aes256 sha512 group14 / aes256 sha512 group14';
  expect(updates).toEqual([
    `gives the slave tunnel algorithms ${algorithms}`,
    `gives the master tunnel algorithms ${algorithms}`,
  ]);
  expect(observation.attributes.tunnels).toMatchObject([{ algorithms }, { algorithms }]);
});

test("another's connection to the same office stands in our place, and is named", async () => {
  const theirs = (there: ExampleCloud) => {
    const CustomerGatewayId = idOf(there, 'customer-gateway/us-east-1/203.0.113.11');
    return vpc(there, 'CreateVpnConnection', {
      VpnGatewayId: idOf(there, 'vpn-gateway/virginia'),
      Name: 'theirs',
      LocalSubnet: '192.168.0.0/16',
      RemoteSubnet: '10.10.10.0/24',
      TunnelOptionsSpecification: ['master', 'slave'].map((Role) => ({ Role, CustomerGatewayId })),
    });
  };
  await expect(builtTo(TUNNEL, theirs)).rejects.toThrow(/^vco-\S+ stands in the place of vpn-connection\/office-1$/);
});

test('a version of a key that is gone is fatal, and says which', async () => {
  const remove = ({ cloud }: ExampleCloud) =>
    cloud.call({
      service: 'kms',
      region: 'us-east-1',
      action: 'DeleteSecret',
      parameters: { SecretName: 'test/psk/acme-global/office-1', ForceDeleteWithoutRecovery: 'true' },
    });
  await expect(builtTo(TUNNEL, remove)).rejects.toMatchObject({
    detail: { code: 'SecretVersionMissing', class: 'fatal' },
    message: expect.stringContaining('of the secret test/psk/acme-global/office-1 is gone'),
  });
});

test('a route that somebody withdrew from the VPC is published again, ours only', async () => {
  const { there, resource } = await builtTo(ROUTE);
  const route = {
    VpnGatewayId: idOf(there, 'vpn-gateway/virginia'),
    RouteDest: '10.10.10.0/24',
    NextHop: idOf(there, TUNNEL),
  };
  await vpc(there, 'PublishVpnRouteEntry', { ...route, RouteType: 'dbr', PublishVpc: false });
  await expect(settleAgain(there, resource, 'borrowed')).rejects.toThrow('is not published to the VPC');
  const { updates } = await settleAgain(there, resource);
  expect(updates).toEqual(['publishes it to the VPC']);
  const [standing] = await listDestinationRoutes(there.cloud, 'us-east-1', route.VpnGatewayId);
  expect(standing).toMatchObject({ State: 'published' });
});

test('W6: a publication that somebody withdrew is published again where it is ours only', async () => {
  const { there, resource } = await builtTo(PUBLICATION);
  const parameters = there.builder.parameters.get(resource.id) ?? {};
  await there.cloud.call({ service: 'cbn', region: null, action: 'WithdrawPublishedRouteEntries', parameters });
  await expect(settleAgain(there, resource, 'borrowed')).rejects.toThrow('was withdrawn since');
  const { updates } = await settleAgain(there, resource);
  expect(updates).toEqual(['publishes it into CEN']);
});

test('an identical route that was there before is used as it is', async () => {
  const theirs = (there: ExampleCloud) =>
    vpc(there, 'CreateVpnRouteEntry', {
      VpnGatewayId: idOf(there, 'vpn-gateway/virginia'),
      RouteDest: '10.10.10.0/24',
      NextHop: idOf(there, TUNNEL),
      PublishVpc: true,
      Weight: 100,
    });
  const { built, there } = await builtTo(ROUTE, theirs);
  expect(built.ownership).toBe('borrowed');
  expect(there.cloud.asked.filter(({ action }) => action === 'CreateVpnRouteEntry')).toHaveLength(1);
});

test('a route is not done before its gateway is idle and the VPC has it', async () => {
  const { there } = await builtTo(TUNNEL);
  const { desired, id } = inOrder(example()).find((resource) => resource.id === ROUTE)!;
  const { builder, cloud, clock } = there;
  const kind = builder.kindOf(desired);
  const identity = identityFor(id);
  const parameters = await kind.prepare({ desired, references: builder.records, identity, cloud });
  const { cloudId } = await kind.create({ desired, parameters, token: 'token-1', cloud });
  expect(await kind.observe({ desired, cloudId, parameters, cloud })).toMatchObject({ phase: 'changing' });
  clock.advance(seconds(120));
  expect(await kind.observe({ desired, cloudId, parameters, cloud })).toMatchObject({
    phase: 'settled',
    failure: null,
    attributes: { published: true },
  });
});
