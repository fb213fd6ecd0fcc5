/** What goes wrong in networks like this one: each fault with the hop, the cause and the remedy that the proof must give. */
import type { Cidr } from '../../../shared/cidr';
import type { NetworkModel, RouterTable, SecurityRule, VpcTable } from '../../../shared/network/model';
import { plannedModel } from '../../../shared/network/planned-model';
import type { PairProof, Verdict } from '../../../shared/network/proof';
import { prove } from '../../../shared/network/prove';
import { desiredResources } from '../../../shared/plan/desired-resources';
import type { Topology } from '../../../shared/topology/topology';
import { blocks, everyRule, exampleTopology, office, planned, tcp, without } from './example';

type Case = {
  fault: string;
  reason: string;
  topology?: (topology: Topology) => void;
  /** Resources left out of the plan. */
  leave?: string[];
  model?: (model: NetworkModel) => void;
  pair: [from: string, to: string, port?: string];
  verdict: Verdict;
  blockedAt: string;
  cause: string;
  remedy: string;
  /** How many of the ordered site pairs are lost. */
  lost: number;
};

const O1 = '10.10.10.0/24' as Cidr;
const UPPER_HALF_OF_O1 = '10.10.10.128/25' as Cidr;
const P2 = '172.16.10.0/24' as Cidr;

const vpcTable = (model: NetworkModel, vpc: string, id = 'system'): VpcTable =>
  model.vpcs.find(({ name }) => name === vpc)!.tables.find((table) => table.id === id)!;
const transit = (model: NetworkModel) => {
  if (model.cen?.edition !== 'transit-router') throw new Error('not the transit-router edition');
  return model.cen;
};
const routerTable = (model: NetworkModel, region: string): RouterTable =>
  transit(model).routers.find((router) => router.region === region)!.tables[0]!;
const gateway = (model: NetworkModel, vpc: string) => model.gateways.find((it) => it.vpc === vpc)!;
const drop = (table: { routes: { destination: Cidr }[] }, ...destinations: string[]) =>
  table.routes.splice(
    0,
    table.routes.length,
    ...table.routes.filter(({ destination }) => !destinations.includes(destination)),
  );
const group = (model: NetworkModel, id: string) =>
  model.vpcs.flatMap(({ securityGroups }) => securityGroups).find((it) => it.id === id)!;
const rule = (part: Partial<SecurityRule>): SecurityRule => ({
  direction: 'ingress',
  peer: '0.0.0.0/0' as Cidr,
  port: { protocol: 'all', first: 0, last: 65_535 },
  policy: 'drop',
  priority: 1,
  ...part,
});
const customTable =
  (...vSwitches: string[]) =>
  (topology: Topology) => {
    for (const vSwitch of topology.vpcs.flatMap((vpc) => vpc.vSwitches))
      if (vSwitches.includes(vSwitch.id)) vSwitch.routeTable = 'vtb-custom';
  };

const CASES: Case[] = [
  {
    fault: 'selectors narrower than the intent',
    reason: 'the newer edition of the tutorial sets the cloud side to the local VPC: 20 of 30 pairs cannot pass',
    topology: ({ offices, vpcs }) => {
      for (const it of offices) it.selectors.cloudSide = vpcs.find(({ name }) => name === it.vpc)!.cidrs;
    },
    pair: ['office-1', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'office office-1',
    cause: 'the cloud side of the selectors of vpn-connection/office-1, 192.168.0.0/16, does not cover',
    remedy: 'give connection vpn-connection/office-1 the cloud side 0.0.0.0/0',
    lost: 20,
  },
  {
    fault: 'an office side that leaves out a block of the office',
    reason: 'half of the office is outside of its own tunnel',
    model: (model) => {
      gateway(model, 'virginia').connections[0]!.officeSide = blocks('10.10.10.0/25');
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'selectors of connection vpn-connection/office-1',
    cause: 'the office side of the selectors of vpn-connection/office-1, 10.10.10.0/25, does not cover',
    remedy: "all of the office's blocks",
    lost: 10,
  },
  {
    fault: 'a gateway route not published to the VPC',
    reason: 'PublishVpc was false: the gateway knows the office, the VPC does not',
    model: (model) => {
      for (const vpc of ['virginia', 'shanghai']) drop(vpcTable(model, vpc), O1);
      for (const region of ['us-east-1', 'cn-shanghai']) drop(routerTable(model, region), O1);
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc virginia',
    cause: 'the destination route 10.10.10.0/24 of gateway vpn-gateway/virginia is not published to vpc virginia',
    remedy: 'publish 10.10.10.0/24 to the VPC',
    lost: 8,
  },
  {
    fault: 'a route not published to CEN',
    reason: 'a route to a VPN gateway is not sent to CEN by default',
    leave: ['cen-route/office-1/10.10.10.0/24'],
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc shanghai',
    cause: '10.10.10.0/24 → gateway vpn-gateway/virginia is not published to CEN from vpc virginia',
    remedy: 'publish 10.10.10.0/24 of vpc virginia to CEN',
    lost: 6,
  },
  {
    fault: 'a custom table left out',
    reason: 'publication reaches the system table only, and the application stands behind another one',
    topology: customTable('vsw-va-a'),
    leave: ['vpc-route/vtb-custom/10.10.10.0/24'],
    pair: ['office-1', 'virginia.orders', 'tcp/443'],
    verdict: 'blocked',
    blockedAt: 'reply: table vtb-custom of vpc virginia',
    cause: 'custom table vtb-custom has no entry for 10.10.10.0/24; publication reaches the system table only',
    remedy: 'add 10.10.10.0/24 → gateway vpn-gateway/virginia to vtb-custom',
    // The table is the attachment's too, so the far sites lose the office as well; its hairpin passes no table.
    lost: 8,
  },
  {
    fault: 'a custom table with route propagation off',
    reason: 'synchronised routes reach a custom table only where RoutePropagationEnable is on',
    topology: customTable('vsw-va-a'),
    model: (model) => drop(vpcTable(model, 'virginia', 'vtb-custom'), '172.16.10.0/24', '172.16.11.0/24'),
    pair: ['virginia', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'table vtb-custom of vpc virginia',
    cause: 'router transit-router/us-east-1 does not synchronise 172.16.10.0/24 into custom table vtb-custom',
    remedy: 'turn route propagation of vtb-custom on',
    lost: 6,
  },
  {
    fault: 'a custom table on the basic edition',
    reason: 'basic CEN writes into system tables only, and the planner cannot mend that',
    topology: (topology) => {
      topology.backbone = { ...topology.backbone, edition: 'basic', cen: 'cen-old', bandwidthPackage: null };
      customTable('vsw-va-a')(topology);
    },
    pair: ['virginia', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'table vtb-custom of vpc virginia',
    cause: 'basic CEN writes into system tables only',
    remedy: 'bind the vSwitch to the system table',
    // The vSwitch is the gateway's too: all 18 pairs across the regions, and the VPC's own two offices both ways.
    lost: 22,
  },
  {
    fault: 'propagation of a VPC attachment off',
    reason: 'nothing is implicit on a transit router: the table learns only where propagation is enabled',
    leave: ['route-table-propagation/vpc-attachment/virginia/us-east-1'],
    pair: ['shanghai', 'virginia'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc shanghai',
    cause: 'does not learn the routes of attachment vpc-attachment/virginia',
    remedy: 'enable propagation of vpc-attachment/virginia',
    lost: 18,
  },
  {
    fault: 'propagation of a peer attachment off',
    reason: 'the link is there, and one side does not learn over it',
    leave: ['route-table-propagation/peer-attachment/cn-shanghai/us-east-1/us-east-1'],
    pair: ['office-2', 'office-3'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc virginia',
    cause: 'router transit-router/us-east-1 learns nothing over peer-attachment/cn-shanghai/us-east-1',
    remedy: 'enable propagation of peer-attachment/cn-shanghai/us-east-1 into table system of transit-router/us-east-1',
    lost: 18,
  },
  {
    fault: 'route synchronisation off',
    reason: 'AutoPublishRouteEnabled defaults to false: the router knows the routes, the VPC does not',
    model: (model) => {
      const { routes } = vpcTable(model, 'shanghai');
      routes.splice(0, routes.length, ...routes.filter(({ nextHop }) => nextHop.kind !== 'attachment'));
    },
    pair: ['shanghai', 'virginia'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc shanghai',
    cause:
      'route synchronisation of attachment vpc-attachment/shanghai writes nothing into table system of vpc shanghai',
    remedy: 'turn route synchronisation of vpc-attachment/shanghai on',
    lost: 18,
  },
  {
    fault: 'an association missing',
    reason: 'a static entry leads to the router, which has no table for what enters there',
    model: (model) => {
      const cen = transit(model);
      cen.associations = cen.associations.filter(({ attachmentId }) => attachmentId !== 'vpc-attachment/virginia');
    },
    pair: ['office-1', 'office-3'],
    verdict: 'blocked',
    blockedAt: 'router transit-router/us-east-1',
    cause: 'attachment vpc-attachment/virginia is associated with no table of router transit-router/us-east-1',
    remedy: 'associate vpc-attachment/virginia with a table of transit-router/us-east-1',
    lost: 18,
  },
  {
    fault: 'two offices with one block',
    reason: 'the gateway has one route to it: the other office hears nothing back',
    topology: (topology) => {
      topology.offices[1] = office('office-2', 'virginia', '203.0.113.12', '10.10.10.0/24');
      topology.access.rules = everyRule(topology);
    },
    pair: ['office-2', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'reply: routes of gateway vpn-gateway/virginia',
    cause: 'leads to office office-1, whose block overlaps 10.10.10.0/24 of office-2',
    remedy: 'give office-1 and office-2 blocks that do not overlap',
    lost: 10,
  },
  {
    fault: 'an office whose block lies in a far vSwitch',
    reason: 'a VPC’s own vSwitches win over every route',
    topology: (topology) => {
      topology.offices[0] = office('office-1', 'virginia', '203.0.113.11', '172.16.10.128/25');
      topology.access.rules = everyRule(topology);
    },
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc shanghai',
    cause: "172.16.10.128/25 of office-1 lies in the VPC's own vSwitch (172.16.10.0/24 → vSwitch vsw-sh-a)",
    remedy: 'give office-1 a block that no VPC uses',
    // Office-1 and the three far sites; and Shanghai for Virginia and office-2, whose gateway sends that half to office-1.
    lost: 10,
  },
  {
    fault: 'a missing return route',
    reason: 'the packet arrives, and its reply does not find home',
    model: (model) => drop(vpcTable(model, 'shanghai'), O1),
    pair: ['office-1', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'reply: table system of vpc shanghai',
    cause: 'route synchronisation of attachment vpc-attachment/shanghai writes no 10.10.10.0/24',
    remedy: 'turn route synchronisation of vpc-attachment/shanghai on',
    lost: 6,
  },
  {
    fault: 'a link without bandwidth',
    reason: 'the cloud then gives 1 kbit/s: a ping passes, an application does not',
    model: (model) => {
      transit(model).peerAttachments[0]!.bandwidthMbps = 0;
    },
    pair: ['office-1', 'shanghai'],
    verdict: 'starved',
    blockedAt: 'table system of router transit-router/us-east-1',
    cause: '1 kbit/s',
    remedy: 'give the link bandwidth',
    lost: 18,
  },
  {
    fault: 'a policy route',
    reason: 'AutoConfigRoute makes one, and it beats every destination route whatever the prefix',
    model: (model) => {
      gateway(model, 'virginia').policyRoutes.push({
        source: '0.0.0.0/0' as Cidr,
        destination: '10.0.0.0/8' as Cidr,
        connectionId: 'vpn-connection/office-2',
        priority: 10,
      });
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'routes of gateway vpn-gateway/virginia',
    cause:
      'policy 10 0.0.0.0/0 → 10.0.0.0/8 → connection vpn-connection/office-2 takes 10.10.10.0/24 away from office-1',
    remedy: 'remove the policy route',
    // Office-1 loses all ten; office-2's own packets to the far offices come back to it: four more.
    lost: 14,
  },
  {
    fault: 'a black hole',
    reason: 'a static entry of the router swallows half of the office',
    model: (model) =>
      routerTable(model, 'us-east-1').routes.push({
        destination: UPPER_HALF_OF_O1,
        nextHop: { kind: 'black-hole' },
      }),
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of router transit-router/us-east-1',
    cause: '10.10.10.128/25 → black hole swallows 10.10.10.128/25',
    remedy: 'remove the route 10.10.10.128/25',
    lost: 6,
  },
  {
    fault: 'a more specific route to elsewhere in a VPC',
    reason: 'somebody’s NAT gateway takes half of the far vSwitch: no single address would have shown it',
    model: (model) =>
      vpcTable(model, 'virginia').routes.push({
        destination: '172.16.10.128/25' as Cidr,
        nextHop: { kind: 'other', type: 'NatGateway', id: 'ngw-1' },
      }),
    pair: ['office-1', 'shanghai'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc virginia',
    cause: '172.16.10.128/25 → NatGateway ngw-1 takes 172.16.10.128/25 before the route to shanghai is reached',
    remedy: 'remove the route 172.16.10.128/25',
    lost: 6,
  },
  {
    fault: 'a more specific route to the wrong attachment',
    reason: 'the far router sends half of the office back to its own VPC, where it is dropped two hops later',
    model: (model) =>
      routerTable(model, 'cn-shanghai').routes.push({
        destination: UPPER_HALF_OF_O1,
        nextHop: { kind: 'attachment', id: 'vpc-attachment/shanghai' },
      }),
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of router transit-router/cn-shanghai',
    cause: '10.10.10.128/25 → attachment vpc-attachment/shanghai to vpc shanghai takes 10.10.10.128/25 before',
    remedy: 'remove the route 10.10.10.128/25',
    lost: 6,
  },
  {
    fault: 'a more specific destination route to another office',
    reason: 'left behind by an office that moved',
    model: (model) =>
      gateway(model, 'virginia').destinationRoutes.push({
        destination: UPPER_HALF_OF_O1,
        connectionId: 'vpn-connection/office-2',
      }),
    pair: ['office-1', 'office-2'],
    verdict: 'blocked',
    blockedAt: 'reply: routes of gateway vpn-gateway/virginia',
    cause: '10.10.10.128/25 → connection vpn-connection/office-2 takes 10.10.10.128/25 before the route to office-1',
    remedy: 'remove the route 10.10.10.128/25',
    lost: 10,
  },
  {
    fault: 'a route to a gateway that is gone',
    reason: 'the entry outlived what it points at',
    model: (model) => {
      for (const route of vpcTable(model, 'virginia').routes)
        if (route.destination === O1) route.nextHop = { kind: 'vpn-gateway', id: 'vpn-gone' };
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc virginia',
    cause: '10.10.10.0/24 → gateway vpn-gone takes 10.10.10.0/24 elsewhere',
    remedy: 'publish 10.10.10.0/24',
    lost: 8,
  },
  {
    fault: 'a destination route to a connection of nobody',
    reason: 'a connection that no office of the topology ends stands in the way',
    model: (model) => {
      const { connections, destinationRoutes } = gateway(model, 'virginia');
      connections.push({ id: 'vco-foreign', office: null, cloudSide: blocks('0.0.0.0/0'), officeSide: blocks(O1) });
      destinationRoutes.unshift({ destination: O1, connectionId: 'vco-foreign' });
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'routes of gateway vpn-gateway/virginia',
    cause: '10.10.10.0/24 → connection vco-foreign takes 10.10.10.0/24 before the route to office-1 is reached',
    remedy: 'remove the route 10.10.10.0/24',
    lost: 10,
  },
  {
    fault: 'a loop',
    reason: 'router and VPC each think that the other has the office',
    model: (model) => {
      for (const route of vpcTable(model, 'virginia').routes)
        if (route.destination === O1) route.nextHop = { kind: 'attachment', id: 'vpc-attachment/virginia' };
    },
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    blockedAt: 'table system of vpc virginia',
    cause: '10.10.10.0/24 → attachment vpc-attachment/virginia takes 10.10.10.0/24 elsewhere',
    remedy: 'publish 10.10.10.0/24',
    lost: 8,
  },
  {
    fault: 'a security group that does not admit the office',
    reason: 'the routes stand, the group was forgotten',
    model: (model) => {
      const { rules } = group(model, 'sg-orders');
      rules.splice(0, rules.length, ...rules.filter(({ peer }) => peer !== '10.20.10.0/24'));
    },
    pair: ['office-3', 'virginia.orders', 'tcp/443'],
    verdict: 'blocked',
    blockedAt: 'security group sg-orders of virginia.orders',
    cause: 'no ingress rule admits tcp/443 from 10.20.10.0/24',
    remedy: 'admit tcp/443 from 10.20.10.0/24 in sg-orders',
    lost: 0,
  },
  {
    fault: 'a foreign drop rule',
    reason: 'of two rules with one priority drop wins, for the part of the office that it covers',
    model: (model) =>
      group(model, 'sg-crm').rules.push(rule({ peer: UPPER_HALF_OF_O1, port: tcp(8000, 9000), priority: 1 })),
    pair: ['office-1', 'shanghai.crm', 'tcp/8443'],
    verdict: 'blocked',
    blockedAt: 'security group sg-crm of shanghai.crm',
    cause: 'a rule of sg-crm drops tcp/8443 from 10.10.10.128/25 (tcp/8000-9000, 10.10.10.128/25, priority 1)',
    remedy: 'remove that rule from sg-crm',
    lost: 0,
  },
  {
    fault: 'an egress rule of the one who starts',
    reason: 'groups are stateful: who starts a connection needs the way out',
    model: (model) => group(model, 'sg-orders').rules.push(rule({ direction: 'egress', peer: P2, port: tcp(443) })),
    pair: ['virginia', 'shanghai.crm', 'tcp/443'],
    verdict: 'blocked',
    blockedAt: 'security group sg-orders of virginia.orders',
    cause: 'a rule of sg-orders drops tcp/443 to 172.16.10.20/32',
    remedy: 'remove that rule from sg-orders',
    lost: 0,
  },
  {
    fault: 'an enterprise group without egress rules',
    reason: 'it denies what no rule admits, where a normal group accepts',
    model: (model) => {
      group(model, 'sg-orders').type = 'enterprise';
    },
    pair: ['virginia', 'shanghai.crm', 'tcp/443'],
    verdict: 'blocked',
    blockedAt: 'security group sg-orders of virginia.orders',
    cause: 'no egress rule admits tcp/443 to 172.16.10.20/32 (an enterprise group denies what no rule admits)',
    remedy: 'admit tcp/443 to 172.16.10.20/32 in sg-orders',
    lost: 0,
  },
];

const run = ({ topology: change, leave, model: spoil }: Case) => {
  const topology = exampleTopology();
  change?.(topology);
  const model = leave ? plannedModel(topology, without(desiredResources(topology), ...leave)) : planned(topology);
  spoil?.(model);
  return prove(topology, model);
};

const lostPairs = (pairs: readonly PairProof[]): number =>
  pairs.filter(({ port, reachable }) => port === null && !reachable).length;

test.each(CASES)('$fault: $reason', (testCase) => {
  const { pair, verdict, blockedAt, cause, remedy, lost } = testCase;
  const [from, to, port = null] = pair;
  const proof = run(testCase);
  expect(proof.pairs.find((it) => it.from === from && it.to === to && it.port === port)).toMatchObject({
    verdict,
    reachable: false,
    blockedAt,
    cause: expect.stringContaining(cause),
    remedy: expect.stringContaining(remedy),
  });
  expect(proof.ok).toBe(false);
  expect(lostPairs(proof.pairs)).toBe(lost);
});

test('the newer tutorial’s selectors leave exactly the own VPC and the pair of VPCs', () => {
  const left = run(CASES[0]!).pairs.filter(({ port, reachable }) => port === null && reachable);
  expect(left.map(({ from, to }) => `${from} → ${to}`)).toEqual([
    'virginia → shanghai',
    'virginia → office-1',
    'virginia → office-2',
    'shanghai → virginia',
    'shanghai → office-3',
    'shanghai → office-4',
    'office-1 → virginia',
    'office-2 → virginia',
    'office-3 → shanghai',
    'office-4 → shanghai',
  ]);
});
