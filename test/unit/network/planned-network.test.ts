import { plannedModel } from '../../../shared/network/planned-model';
import type { PairProof, Proof } from '../../../shared/network/proof';
import { prove } from '../../../shared/network/prove';
import { desiredResources } from '../../../shared/plan/desired-resources';
import type { Topology } from '../../../shared/topology/topology';
import { exampleTopology, planned, without } from './example';

const pairOf = (proof: Proof, from: string, to: string, port: string | null = null): PairProof => {
  const pair = proof.pairs.find((it) => it.from === from && it.to === to && it.port === port);
  if (!pair) throw new Error(`no pair ${from} → ${to} ${port}`);
  return pair;
};

describe.each(['transit-router', 'basic'] as const)('the example as planned, edition %s', (edition) => {
  const topology = exampleTopology(edition);
  const proof = prove(topology, planned(topology));

  test('every ordered site pair and every application port is reachable, none of them assumed', () => {
    expect(proof.ok).toBe(true);
    expect(proof.summary).toEqual({
      sitePairs: { total: 30, reachable: 30, assumed: 0 },
      applications: { total: 15, reachable: 15, assumed: 0 },
      tests: { total: 0, hold: 0 },
    });
    expect(new Set(proof.pairs.map(({ verdict }) => verdict))).toEqual(new Set(['reachable']));
  });

  test('that offices run their packs is named once and stands under the pairs with an office', () => {
    expect(proof.assumptions.map(({ id }) => id)).toEqual(['offices-run-their-packs']);
    expect(pairOf(proof, 'office-1', 'shanghai').assumptions).toEqual(['offices-run-their-packs']);
    expect(pairOf(proof, 'virginia', 'shanghai').assumptions).toEqual([]);
  });
});

describe('the way of a packet', () => {
  const topology = exampleTopology();
  const proof = prove(topology, planned(topology));

  test('from an office to an application across the regions, and back, names every table', () => {
    expect(pairOf(proof, 'office-1', 'shanghai.crm', 'tcp/443').path).toEqual([
      'office office-1: selectors 10.10.10.0/24 ↔ 0.0.0.0/0 → connection vpn-connection/office-1',
      'routes of gateway vpn-gateway/virginia: none for it, into vpc virginia',
      'table system of vpc virginia: 172.16.10.0/24 → attachment vpc-attachment/virginia',
      'table system of router transit-router/us-east-1: 172.16.10.0/24 → attachment peer-attachment/cn-shanghai/us-east-1 to router transit-router/cn-shanghai',
      'table system of router transit-router/cn-shanghai: 172.16.10.0/24 → attachment vpc-attachment/shanghai to vpc shanghai',
      'table system of vpc shanghai: 172.16.10.0/24 → vSwitch vsw-sh-a',
      'security group sg-crm of shanghai.crm: ingress tcp/443',
      'reply: table system of vpc shanghai: 10.10.10.0/24 → attachment vpc-attachment/shanghai',
      'reply: table system of router transit-router/cn-shanghai: 10.10.10.0/24 → attachment peer-attachment/cn-shanghai/us-east-1 to router transit-router/us-east-1',
      'reply: table system of router transit-router/us-east-1: 10.10.10.0/24 → attachment vpc-attachment/virginia to vpc virginia',
      'reply: table system of vpc virginia: 10.10.10.0/24 → gateway vpn-gateway/virginia',
      'reply: routes of gateway vpn-gateway/virginia: 10.10.10.0/24 → connection vpn-connection/office-1',
      'reply: selectors of connection vpn-connection/office-1: 0.0.0.0/0 ↔ 10.10.10.0/24 to office office-1',
    ]);
  });

  test('between two offices of one gateway passes no VPC table', () => {
    expect(pairOf(proof, 'office-1', 'office-2').path).toEqual([
      'office office-1: selectors 10.10.10.0/24 ↔ 0.0.0.0/0 → connection vpn-connection/office-1',
      'routes of gateway vpn-gateway/virginia: 10.10.20.0/24 → connection vpn-connection/office-2',
      'selectors of connection vpn-connection/office-2: 0.0.0.0/0 ↔ 10.10.20.0/24 to office office-2',
      'reply: office office-2: selectors 10.10.20.0/24 ↔ 0.0.0.0/0 → connection vpn-connection/office-2',
      'reply: routes of gateway vpn-gateway/virginia: 10.10.10.0/24 → connection vpn-connection/office-1',
      'reply: selectors of connection vpn-connection/office-1: 0.0.0.0/0 ↔ 10.10.10.0/24 to office office-1',
    ]);
  });

  test('on the basic edition passes the table of the CEN instance in the sender’s region', () => {
    const basic = exampleTopology('basic');
    expect(pairOf(prove(basic, planned(basic)), 'virginia', 'shanghai').path).toEqual([
      'table system of vpc virginia: 172.16.10.0/24 → CEN towards vpc-shanghai in cn-shanghai',
      'table of cen/acme-global in us-east-1: 172.16.10.0/24 → vpc shanghai in cn-shanghai',
      'table system of vpc shanghai: 172.16.10.0/24 → vSwitch vsw-sh-a',
      'reply: table system of vpc shanghai: 192.168.10.0/24 → CEN towards vpc-virginia in us-east-1',
      'reply: table of cen/acme-global in cn-shanghai: 192.168.10.0/24 → vpc virginia in us-east-1',
      'reply: table system of vpc virginia: 192.168.10.0/24 → vSwitch vsw-va-a',
    ]);
  });
});

/** From, to, port, where it is blocked, and what the cause must name. */
type Loss = [from: string, to: string, port: string | null, blockedAt: string, cause: string];

const VA = 'table system of vpc virginia';
const SH = 'table system of vpc shanghai';
const PEER = 'peer-attachment/cn-shanghai/us-east-1';
const noConnection = (office: string): string => `office ${office} has no IPsec connection`;

const TRANSIT_LOSSES: Record<string, Loss> = {
  'cen/acme-global': ['virginia', 'shanghai', null, VA, 'vpc virginia is not attached to CEN'],
  'transit-router/us-east-1': ['office-1', 'shanghai', null, VA, 'vpc virginia is not attached to CEN'],
  'transit-router/cn-shanghai': ['office-1', 'shanghai', null, VA, 'vpc shanghai is not attached to CEN'],
  'vpc-attachment/virginia': ['shanghai', 'office-1', null, SH, 'vpc virginia is not attached to CEN'],
  'vpc-attachment/shanghai': ['shanghai', 'office-1', null, SH, 'vpc shanghai is not attached to CEN'],
  [PEER]: ['office-1', 'office-3', null, VA, 'no link joins router transit-router/us-east-1'],
  'route-table-association/vpc-attachment/virginia/us-east-1': [
    'office-1',
    'shanghai',
    null,
    VA,
    'attachment vpc-attachment/virginia is associated with no table of router transit-router/us-east-1',
  ],
  'route-table-association/vpc-attachment/shanghai/cn-shanghai': [
    'office-1',
    'shanghai',
    null,
    `reply: ${SH}`,
    'attachment vpc-attachment/shanghai is associated with no table of router transit-router/cn-shanghai',
  ],
  [`route-table-association/${PEER}/us-east-1`]: [
    'shanghai',
    'virginia',
    null,
    SH,
    `attachment ${PEER} is associated with no table of router transit-router/us-east-1`,
  ],
  [`route-table-association/${PEER}/cn-shanghai`]: [
    'virginia',
    'shanghai',
    null,
    VA,
    `attachment ${PEER} is associated with no table of router transit-router/cn-shanghai`,
  ],
  'route-table-propagation/vpc-attachment/virginia/us-east-1': [
    'shanghai',
    'office-2',
    null,
    SH,
    'router transit-router/us-east-1 does not learn the routes of attachment vpc-attachment/virginia',
  ],
  'route-table-propagation/vpc-attachment/shanghai/cn-shanghai': [
    'office-1',
    'shanghai',
    null,
    VA,
    'router transit-router/cn-shanghai does not learn the routes of attachment vpc-attachment/shanghai',
  ],
  [`route-table-propagation/${PEER}/us-east-1`]: [
    'office-1',
    'office-4',
    null,
    VA,
    `router transit-router/us-east-1 learns nothing over ${PEER}`,
  ],
  [`route-table-propagation/${PEER}/cn-shanghai`]: [
    'virginia',
    'shanghai',
    null,
    `reply: ${SH}`,
    `router transit-router/cn-shanghai learns nothing over ${PEER}`,
  ],
};

const BASIC_LOSSES: Record<string, Loss> = {
  'cen/acme-global': ['virginia', 'shanghai', null, VA, 'vpc virginia is not attached to CEN'],
  'cen-child-instance/virginia': ['virginia', 'shanghai', null, VA, 'vpc virginia is not attached to CEN'],
  'cen-child-instance/shanghai': ['virginia', 'shanghai', null, VA, 'vpc shanghai is not attached to CEN'],
  'bandwidth-package/cenbwp-1': [
    'virginia',
    'shanghai',
    null,
    'table of cen/acme-global in us-east-1',
    'no bandwidth: 1 kbit/s',
  ],
  'inter-region-bandwidth/cn-shanghai/us-east-1': [
    'office-3',
    'office-1',
    null,
    'table of cen/acme-global in cn-shanghai',
    'no bandwidth: 1 kbit/s',
  ],
};

const COMMON_LOSSES: Record<string, Loss> = {
  'security-group-rules/us-east-1/sg-orders': [
    'office-3',
    'virginia.orders',
    'tcp/443',
    'security group sg-orders of virginia.orders',
    'no ingress rule admits tcp/443 from 10.20.10.0/24',
  ],
  'security-group-rules/cn-shanghai/sg-crm': [
    'virginia',
    'shanghai.crm',
    'tcp/8443',
    'security group sg-crm of shanghai.crm',
    'no ingress rule admits tcp/8443 from 192.168.10.0/24',
  ],
};

for (const [office, vpc, far, region, address, block] of [
  ['office-1', 'virginia', 'shanghai', 'us-east-1', '203.0.113.11', '10.10.10.0/24'],
  ['office-2', 'virginia', 'shanghai', 'us-east-1', '203.0.113.12', '10.10.20.0/24'],
  ['office-3', 'shanghai', 'virginia', 'cn-shanghai', '198.51.100.13', '10.20.10.0/24'],
  ['office-4', 'shanghai', 'virginia', 'cn-shanghai', '198.51.100.14', '10.20.20.0/24'],
] as const) {
  const unpublished = `${block} → gateway vpn-gateway/${vpc} is not published to CEN from vpc ${vpc}`;
  const unrouted = `gateway vpn-gateway/${vpc} has no destination route for ${block}`;
  Object.assign(COMMON_LOSSES, {
    [`vpn-gateway/${vpc}`]: [office, vpc, null, `office ${office}`, noConnection(office)],
    [`customer-gateway/${region}/${address}`]: [office, vpc, null, `office ${office}`, noConnection(office)],
    [`pre-shared-key/${office}`]: [office, far, null, `office ${office}`, noConnection(office)],
    [`vpn-connection/${office}`]: [far, office, null, `table system of vpc ${far}`, noConnection(office)],
    [`vpn-route/${office}/${block}`]: [vpc, office, null, `table system of vpc ${vpc}`, unrouted],
    [`cen-route/${office}/${block}`]: [far, office, null, `table system of vpc ${far}`, unpublished],
  } satisfies Record<string, Loss>);
}

describe.each([
  ['transit-router', { ...TRANSIT_LOSSES, ...COMMON_LOSSES }],
  ['basic', { ...BASIC_LOSSES, ...COMMON_LOSSES }],
] as const)('one resource left out, edition %s', (edition, losses) => {
  const topology = exampleTopology(edition);
  const resources = desiredResources(topology);

  test('the table below speaks of every resource', () => {
    expect(Object.keys(losses).sort()).toEqual(resources.map(({ id }) => id).sort());
  });

  test.each(Object.entries(losses))('without %s the proof names the hop', (id, [from, to, port, blockedAt, cause]) => {
    const proof = prove(topology, plannedModel(topology, without(resources, id)));
    const pair = pairOf(proof, from, to, port);
    expect(proof.ok).toBe(false);
    expect(pair).toMatchObject({ reachable: false, blockedAt, cause: expect.stringContaining(cause) });
    expect(pair.remedy).toBeTruthy();
    expect(pair.path.length).toBeGreaterThan(0);
  });
});

describe('the hairpin without its destination route', () => {
  test('is blocked at the gateway, not at the VPC table that it falls through to', () => {
    const topology = exampleTopology();
    const resources = without(desiredResources(topology), 'vpn-route/office-2/10.10.20.0/24');
    const pair = pairOf(prove(topology, plannedModel(topology, resources)), 'office-1', 'office-2');
    expect(pair.blockedAt).toBe('routes of gateway vpn-gateway/virginia');
    expect(pair.path).toHaveLength(2);
  });
});

describe('three regions', () => {
  const threeRegions = (links: [string, string][]): Topology => {
    const topology = exampleTopology();
    const [virginia] = topology.vpcs;
    topology.vpcs.push({
      ...structuredClone(virginia!),
      name: 'london',
      id: 'vpc-london',
      region: 'eu-west-1',
      cidrs: ['10.64.0.0/16'] as never,
      vSwitches: [
        { id: 'vsw-lo-a', zone: 'eu-west-1a', cidr: '10.64.1.0/24' as never, routeTable: null },
        { id: 'vsw-lo-b', zone: 'eu-west-1b', cidr: '10.64.2.0/24' as never, routeTable: null },
      ],
      gateway: { bandwidthMbps: 100, vSwitches: ['vsw-lo-a', 'vsw-lo-b'] },
      attachment: { vSwitches: ['vsw-lo-a', 'vsw-lo-b'] },
      applications: [],
    });
    topology.backbone.links = links.map(([a, b]) => ({
      regions: [a, b],
      vpcs: ['', ''],
      bandwidthMbps: 10,
      crossBorder: false,
    }));
    return topology;
  };

  test('joined pairwise reach each other', () => {
    const topology = threeRegions([
      ['cn-shanghai', 'us-east-1'],
      ['cn-shanghai', 'eu-west-1'],
      ['eu-west-1', 'us-east-1'],
    ]);
    expect(prove(topology, planned(topology)).summary.sitePairs).toEqual({ total: 42, reachable: 42, assumed: 0 });
  });

  test('joined in a row do not: transit over the one in the middle is not promised', () => {
    const topology = threeRegions([
      ['cn-shanghai', 'us-east-1'],
      ['eu-west-1', 'us-east-1'],
    ]);
    const proof = prove(topology, planned(topology));
    expect(pairOf(proof, 'london', 'virginia').verdict).toBe('reachable');
    expect(pairOf(proof, 'london', 'office-3')).toMatchObject({
      verdict: 'blocked',
      blockedAt: 'table system of vpc london',
      cause: 'no link joins router transit-router/eu-west-1 and router transit-router/cn-shanghai of vpc shanghai',
    });
  });
});
