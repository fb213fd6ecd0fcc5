/**
 * Done when, 3a: after a run, each route, flag and rule is deleted or flipped, one at a time, through the official SDKs;
 * the next proof of the network as read back names that hop.
 */

import Ecs, { AuthorizeSecurityGroupRequest, AuthorizeSecurityGroupRequestPermissions } from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import Vpc from '@alicloud/vpc20160428';
import { readNetwork } from '../../shared/alicloud/read-network';
import type { CloudParameter } from '../../shared/engine/cloud';
import type { ResourceRecord } from '../../shared/engine/record';
import type { Run } from '../../shared/engine/run';
import type { PairProof, Proof } from '../../shared/network/proof';
import { prove } from '../../shared/network/prove';
import { parseTopology } from '../../shared/topology/parse-topology';
import type { Topology } from '../../shared/topology/topology';
import { example, type RunningCloud } from './running-cloud';

/** What the tests break: a network that stands, built from `examples/global-network.yaml`. */
let running: RunningCloud;
let topology: Topology;
let recorded: ResourceRecord[];

const PATIENCE_MS = 30_000;

const proven = async (): Promise<Proof> =>
  prove(topology, await readNetwork({ topology, recorded, cloud: running.connection.cloud }));

const call = (
  service: 'vpc' | 'cbn' | 'ecs',
  region: string | null,
  action: string,
  parameters: Record<string, CloudParameter>,
) => running.connection.cloud.call({ service, region, action, parameters }) as Promise<Record<string, never>>;

const id = (resource: string): string => recorded.find((record) => record.id === resource)?.cloudId ?? `no ${resource}`;

const pair = (proof: Proof, from: string, to: string, port: string | null = null): PairProof | undefined =>
  proof.pairs.find((one) => one.from === from && one.to === to && one.port === port);

/** Waits until the proof of the network as read back is as wanted: the cloud's changes take their time. */
async function eventually(wanted: (proof: Proof) => boolean): Promise<Proof> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const proof = await proven();
    if (wanted(proof) || Date.now() > end) return proof;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Busy answers, and changes that have not settled, are part of the service: tried again until it takes the change. */
async function patiently(change: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await change();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

interface Fault {
  name: string;
  break(): Promise<unknown>;
  mend(): Promise<unknown>;
  /** A pair that it breaks, and what its proof must name. */
  pair: [from: string, to: string, port?: string];
  verdict: 'blocked' | 'starved';
  names: RegExp;
}

const US = 'us-east-1';
const CN = 'cn-shanghai';
const OFFICE_1 = '10.10.10.0/24';

const vpnRoute = () => ({
  VpnGatewayId: id('vpn-gateway/virginia'),
  RouteDest: OFFICE_1,
  NextHop: id('vpn-connection/office-1'),
});
const cenRoute = () => ({
  CenId: id('cen/global-network'),
  ChildInstanceId: 'vpc-virginia',
  ChildInstanceType: 'VPC',
  ChildInstanceRegionId: US,
  ChildInstanceRouteTableId: 'vtb-virginia',
  DestinationCidrBlock: OFFICE_1,
});
const attachment = (name: string) => id(`vpc-attachment/${name}`);
const systemTable = async (router: string, region: string): Promise<string> => {
  const answer = (await call('cbn', null, 'ListTransitRouterRouteTables', {
    TransitRouterId: id(`transit-router/${router}`),
    TransitRouterRouteTableType: 'System',
    RegionId: region,
  })) as unknown as {
    TransitRouterRouteTables: { TransitRouterRouteTableId: string }[];
  };
  return answer.TransitRouterRouteTables[0]?.TransitRouterRouteTableId ?? '';
};
const onTable = async (action: string, attachmentId: string, region: string) =>
  call('cbn', null, action, {
    TransitRouterAttachmentId: attachmentId,
    TransitRouterRouteTableId: await systemTable(region, region),
  });

const faults: Fault[] = [
  {
    name: 'the destination route of office 1 deleted',
    break: () => call('vpc', US, 'DeleteVpnRouteEntry', { ...vpnRoute(), Weight: 100 }),
    mend: async () => {
      await patiently(() => call('vpc', US, 'CreateVpnRouteEntry', { ...vpnRoute(), Weight: 100, PublishVpc: true }));
      await patiently(() => call('cbn', null, 'PublishRouteEntries', cenRoute()));
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    names: /10\.10\.10\.0\/24/,
  },
  {
    name: 'its publication to the VPC withdrawn',
    break: () => call('vpc', US, 'PublishVpnRouteEntry', { ...vpnRoute(), RouteType: 'dbr', PublishVpc: false }),
    mend: async () => {
      await patiently(() =>
        call('vpc', US, 'PublishVpnRouteEntry', { ...vpnRoute(), RouteType: 'dbr', PublishVpc: true }),
      );
      await patiently(() => call('cbn', null, 'PublishRouteEntries', cenRoute()));
    },
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    names: /table vtb-virginia/,
  },
  {
    name: 'its publication into CEN withdrawn',
    break: () => call('cbn', null, 'WithdrawPublishedRouteEntries', cenRoute()),
    mend: () => call('cbn', null, 'PublishRouteEntries', cenRoute()),
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    names: /publi/,
  },
  {
    name: 'a policy route that beats the destination route',
    break: () =>
      call('vpc', US, 'CreateVpnPbrRouteEntry', {
        VpnGatewayId: id('vpn-gateway/virginia'),
        NextHop: id('vpn-connection/office-2'),
        RouteSource: '192.168.0.0/16',
        RouteDest: OFFICE_1,
        Weight: 100,
        Priority: 1,
        PublishVpc: false,
      }),
    mend: () =>
      call('vpc', US, 'DeleteVpnPbrRouteEntry', {
        VpnGatewayId: id('vpn-gateway/virginia'),
        NextHop: id('vpn-connection/office-2'),
        RouteSource: '192.168.0.0/16',
        RouteDest: OFFICE_1,
        Weight: 100,
        Priority: 1,
      }),
    pair: ['virginia', 'office-1'],
    verdict: 'blocked',
    names: /policy route/,
  },
  ...(['virginia', 'shanghai'] as const).flatMap((name): Fault[] => {
    const region = name === 'virginia' ? US : CN;
    const other = name === 'virginia' ? 'shanghai' : 'virginia';
    return [
      {
        name: `propagation of the VPC attachment of ${name} off`,
        break: () => onTable('DisableTransitRouterRouteTablePropagation', attachment(name), region),
        mend: () => onTable('EnableTransitRouterRouteTablePropagation', attachment(name), region),
        pair: [other, name],
        verdict: 'blocked',
        names: /propagat/,
      },
      {
        name: `association of the VPC attachment of ${name} off`,
        break: () => onTable('DissociateTransitRouterAttachmentFromRouteTable', attachment(name), region),
        mend: () => onTable('AssociateTransitRouterAttachmentWithRouteTable', attachment(name), region),
        pair: [name, other],
        verdict: 'blocked',
        names: /associat/,
      },
      {
        name: `route synchronisation into ${name} off`,
        break: () =>
          call('cbn', null, 'UpdateTransitRouterVpcAttachmentAttribute', {
            TransitRouterAttachmentId: attachment(name),
            AutoPublishRouteEnabled: false,
          }),
        mend: () =>
          call('cbn', null, 'UpdateTransitRouterVpcAttachmentAttribute', {
            TransitRouterAttachmentId: attachment(name),
            AutoPublishRouteEnabled: true,
          }),
        pair: [name, other],
        verdict: 'blocked',
        names: /synchronis/,
      },
      {
        name: `propagation of the peer attachment off in ${region}`,
        break: () =>
          onTable('DisableTransitRouterRouteTablePropagation', id('peer-attachment/cn-shanghai/us-east-1'), region),
        mend: () =>
          onTable('EnableTransitRouterRouteTablePropagation', id('peer-attachment/cn-shanghai/us-east-1'), region),
        pair: [name, other],
        verdict: 'blocked',
        names: /propagat/,
      },
      {
        name: `association of the peer attachment off in ${region}`,
        break: () =>
          onTable(
            'DissociateTransitRouterAttachmentFromRouteTable',
            id('peer-attachment/cn-shanghai/us-east-1'),
            region,
          ),
        mend: () =>
          onTable(
            'AssociateTransitRouterAttachmentWithRouteTable',
            id('peer-attachment/cn-shanghai/us-east-1'),
            region,
          ),
        pair: [other, name],
        verdict: 'blocked',
        names: /associat/,
      },
    ];
  }),
  {
    name: 'a black hole in the transit router',
    break: async () =>
      call('cbn', null, 'CreateTransitRouterRouteEntry', {
        TransitRouterRouteTableId: await systemTable(CN, CN),
        TransitRouterRouteEntryDestinationCidrBlock: OFFICE_1,
        TransitRouterRouteEntryNextHopType: 'BlackHole',
      }),
    mend: async () =>
      call('cbn', null, 'DeleteTransitRouterRouteEntry', {
        TransitRouterRouteTableId: await systemTable(CN, CN),
        TransitRouterRouteEntryDestinationCidrBlock: OFFICE_1,
        TransitRouterRouteEntryNextHopType: 'BlackHole',
      }),
    pair: ['shanghai', 'office-1'],
    verdict: 'blocked',
    names: /black/i,
  },
];

export const breakOneThingAtATime = (built: () => { running: RunningCloud; run: Run }): void => {
  beforeAll(async () => {
    running = built().running;
    const { run } = built();
    topology = parseTopology(example('global-network'), 'global-network.yaml').topology as Topology;
    recorded = await running.connection.runs.allRecords({ network: run.network, incarnation: run.incarnation });
  });

  tests();
};

function tests(): void {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s: the proof names it', async (_name, fault) => {
    const [from, to, port = null] = fault.pair;
    await patiently(fault.break);
    try {
      const broken = await eventually((proof) => pair(proof, from, to, port)?.verdict === fault.verdict);
      const proof = pair(broken, from, to, port);
      expect(proof?.verdict).toBe(fault.verdict);
      expect([proof?.blockedAt, proof?.cause, proof?.remedy].join(' | ')).toMatch(fault.names);
      expect(broken.ok).toBe(false);
    } finally {
      // Also where it was not found: the next fault is to be the only one.
      await patiently(fault.mend);
      await eventually(({ ok }) => ok);
    }
    expect((await proven()).ok).toBe(true);
  });

  test('security group rules revoked and a foreign drop added, with the typed ECS client', async () => {
    const { document } = running.cloud;
    const config = new $OpenApiUtil.Config({
      endpoint: document.endpoint.replace('http://', ''),
      protocol: 'http',
      regionId: US,
      accessKeyId: document.accessKeyId,
      accessKeySecret: document.accessKeySecret,
    });
    const ecs = new Ecs(config as never);
    const rule = new AuthorizeSecurityGroupRequestPermissions({
      ipProtocol: 'tcp',
      portRange: '443/443',
      sourceCidrIp: OFFICE_1,
      policy: 'drop',
      priority: '1',
      description: 'somebody else',
    });
    await ecs.authorizeSecurityGroup(
      new AuthorizeSecurityGroupRequest({ regionId: US, securityGroupId: 'sg-orders', permissions: [rule] }),
    );
    const dropped = pair(await proven(), 'office-1', 'virginia.orders', 'tcp/443');
    expect(dropped?.verdict).toBe('blocked');
    expect(`${dropped?.blockedAt} ${dropped?.cause}`).toMatch(/sg-orders/);
    await call('ecs', US, 'RevokeSecurityGroup', {
      SecurityGroupId: 'sg-orders',
      Permissions: [{ IpProtocol: 'TCP', PortRange: '443/443', SourceCidrIp: OFFICE_1, Policy: 'drop', Priority: '1' }],
    });
    expect(pair(await proven(), 'office-1', 'virginia.orders', 'tcp/443')?.verdict).toBe('reachable');
    await call('ecs', US, 'RevokeSecurityGroup', {
      SecurityGroupId: 'sg-orders',
      Permissions: [
        { IpProtocol: 'TCP', PortRange: '443/443', SourceCidrIp: OFFICE_1, Policy: 'accept', Priority: '1' },
      ],
    });
    const revoked = pair(await proven(), 'office-1', 'virginia.orders', 'tcp/443');
    expect(revoked?.verdict).toBe('blocked');
    expect(`${revoked?.blockedAt} ${revoked?.cause}`).toMatch(/sg-orders/);
  });

  test('the link taken away: every pair across it is named, and the typed VPC client still answers', async () => {
    await patiently(() =>
      call('cbn', null, 'DeleteTransitRouterPeerAttachment', {
        TransitRouterAttachmentId: id('peer-attachment/cn-shanghai/us-east-1'),
        Force: true,
      }),
    );
    const proof = await eventually((one) => pair(one, 'virginia', 'shanghai')?.verdict === 'blocked');
    expect(proof.summary.sitePairs.reachable).toBe(12);
    const { document } = running.cloud;
    const vpc = new Vpc(
      new $OpenApiUtil.Config({
        endpoint: document.endpoint.replace('http://', ''),
        protocol: 'http',
        accessKeyId: document.accessKeyId,
        accessKeySecret: document.accessKeySecret,
      }) as never,
    );
    const { DescribeVpnGatewaysRequest } = await import('@alicloud/vpc20160428');
    const { body } = await vpc.describeVpnGateways(new DescribeVpnGatewaysRequest({ regionId: US }));
    expect(body?.vpnGateways?.vpnGateway?.map(({ vpnGatewayId }) => vpnGatewayId)).toEqual([
      id('vpn-gateway/virginia'),
    ]);
  });
}
