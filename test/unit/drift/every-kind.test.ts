/** Drift made by hand in every kind that a topology can ask for: found, named, and repaired or reported. */
import type { DriftFinding } from '../../../shared/drift/drift-finding';
import { repairPlan } from '../../../shared/drift/repair-plan';
import type { ResourceRecord } from '../../../shared/engine/record';
import { readRevision } from '../../../shared/engine/revision';
import type { Kind, ResourceId } from '../../../shared/plan/desired';
import { resourceKinds } from '../../../shared/resources/registry';
import { secretOf } from '../../../shared/secret';
import { builtClouds } from '../../in-process/built-clouds';
import { driftOf, repairIn } from '../../in-process/drift-harness';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { byHand, recordOf, recordsOf, takeAway } from './by-hand';
import { ACCOUNT, BASIC, ROUTERS } from './small-networks';

const clouds = builtClouds(ACCOUNT);

type Found = Pick<DriftFinding, 'what' | 'repair' | 'detail'>;

interface Row {
  network: typeof ROUTERS;
  /** What goes when the first of the kind is taken away, with all that needs it. */
  gone: string[];
  /** What somebody changes at the console, and what is found; null where nothing of ours in it can be changed. */
  changed: ((cloud: VirtualCloud, record: ResourceRecord) => Promise<Found>) | null;
}

const settings = (record: ResourceRecord) => record.parameters as Record<string, string>;

const ROWS: { readonly [K in Kind]: Row } = {
  'vpn-gateway': {
    network: ROUTERS,
    gone: [
      'gone cen-route/office-1/10.10.10.0/24',
      'gone vpc-route/vtb-california-apps/10.10.10.0/24',
      'gone vpn-connection/office-1',
      'gone vpn-gateway/california',
      'gone vpn-route/office-1/10.10.10.0/24',
    ],
    changed: async (cloud, { cloudId }) => {
      await byHand(cloud, 'vpc', 'us-west-1', 'ModifyVpnGatewayAttribute', {
        VpnGatewayId: cloudId,
        AutoPropagate: true,
      });
      const detail = 'a repair turns off AutoPropagate, which rules out route synchronisation';
      return { what: 'changed', repair: 'change', detail };
    },
  },
  'customer-gateway': {
    network: ROUTERS,
    gone: [
      'gone cen-route/office-1/10.10.10.0/24',
      'gone customer-gateway/us-west-1/203.0.113.11',
      'gone vpn-connection/office-1',
      'gone vpn-route/office-1/10.10.10.0/24',
    ],
    changed: null,
  },
  'pre-shared-key': {
    network: ROUTERS,
    gone: [
      'gone cen-route/office-1/10.10.10.0/24',
      'gone pre-shared-key/office-1',
      'gone vpn-connection/office-1',
      'gone vpn-route/office-1/10.10.10.0/24',
    ],
    changed: async (cloud, { cloudId }) => {
      await byHand(cloud, 'kms', 'us-west-1', 'PutSecretValue', {
        SecretName: cloudId,
        VersionId: 'v2',
        SecretData: 'another',
      });
      return { what: 'changed', repair: null, detail: 'its versionId was trunkline-00000001-1 and is v2' };
    },
  },
  'vpn-connection': {
    network: ROUTERS,
    gone: [
      'gone cen-route/office-1/10.10.10.0/24',
      'gone vpn-connection/office-1',
      'gone vpn-route/office-1/10.10.10.0/24',
    ],
    changed: async (cloud, { cloudId }) => {
      await byHand(cloud, 'vpc', 'us-west-1', 'ModifyVpnConnectionAttribute', {
        VpnConnectionId: cloudId,
        LocalSubnet: '10.0.0.0/8',
      });
      const detail = 'a repair sets its selectors to 0.0.0.0/0 <-> 10.10.10.0/24';
      return { what: 'changed', repair: 'renegotiate', detail };
    },
  },
  'vpn-route': {
    network: ROUTERS,
    gone: ['gone cen-route/office-1/10.10.10.0/24', 'gone vpn-route/office-1/10.10.10.0/24'],
    changed: async (cloud, record) => {
      const { gatewayId, connectionId } = settings(record);
      await byHand(cloud, 'vpc', 'us-west-1', 'PublishVpnRouteEntry', {
        VpnGatewayId: gatewayId,
        NextHop: connectionId,
        RouteDest: '10.10.10.0/24',
        RouteType: 'dbr',
        PublishVpc: false,
      });
      return { what: 'changed', repair: 'change', detail: 'a repair publishes it to the VPC' };
    },
  },
  'vpc-route': {
    network: ROUTERS,
    gone: ['gone vpc-route/vtb-california-apps/10.10.10.0/24'],
    changed: async (cloud, record) => {
      const { RouteTableId, DestinationCidrBlock, NextHopType, NextHopId } = settings(record);
      await byHand(cloud, 'vpc', 'us-west-1', 'DeleteRouteEntry', { RouteEntryId: record.cloudId });
      const entry = { RouteTableId, DestinationCidrBlock, NextHopType, NextHopId };
      const made = (await byHand(cloud, 'vpc', 'us-west-1', 'CreateRouteEntry', entry)) as { RouteEntryId: string };
      return { what: 'foreign', repair: null, detail: `${made.RouteEntryId} stands where ${record.cloudId} stood` };
    },
  },
  cen: {
    network: ROUTERS,
    gone: [
      'gone cen-route/office-1/10.10.10.0/24',
      'gone cen/acme',
      'gone peer-attachment/us-east-1/us-west-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-west-1',
      'gone route-table-association/vpc-attachment/california/us-west-1',
      'gone route-table-association/vpc-attachment/virginia/us-east-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-west-1',
      'gone route-table-propagation/vpc-attachment/california/us-west-1',
      'gone route-table-propagation/vpc-attachment/virginia/us-east-1',
      'gone transit-router/us-east-1',
      'gone transit-router/us-west-1',
      'gone vpc-attachment/california',
      'gone vpc-attachment/virginia',
    ],
    changed: null,
  },
  'transit-router': {
    network: ROUTERS,
    gone: [
      'gone peer-attachment/us-east-1/us-west-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-west-1',
      'gone route-table-association/vpc-attachment/virginia/us-east-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-west-1',
      'gone route-table-propagation/vpc-attachment/virginia/us-east-1',
      'gone transit-router/us-east-1',
      'gone vpc-attachment/virginia',
    ],
    changed: null,
  },
  'vpc-attachment': {
    network: ROUTERS,
    gone: [
      'changed cen-route/office-1/10.10.10.0/24',
      'gone route-table-association/vpc-attachment/california/us-west-1',
      'gone route-table-propagation/vpc-attachment/california/us-west-1',
      'gone vpc-attachment/california',
    ],
    changed: async (cloud, { cloudId }) => {
      const parameters = { TransitRouterAttachmentId: cloudId, AutoPublishRouteEnabled: false };
      await byHand(cloud, 'cbn', null, 'UpdateTransitRouterVpcAttachmentAttribute', parameters);
      return { what: 'changed', repair: 'change', detail: 'a repair turns on route synchronisation' };
    },
  },
  'peer-attachment': {
    network: ROUTERS,
    gone: [
      'gone peer-attachment/us-east-1/us-west-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-association/peer-attachment/us-east-1/us-west-1/us-west-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-east-1',
      'gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-west-1',
    ],
    changed: async (cloud, { cloudId }) => {
      const parameters = { TransitRouterAttachmentId: cloudId, Bandwidth: 2 };
      await byHand(cloud, 'cbn', null, 'UpdateTransitRouterPeerAttachmentAttribute', parameters);
      return { what: 'changed', repair: 'change', detail: 'a repair sets its bandwidth to 10 Mbit/s' };
    },
  },
  'route-table-association': {
    network: ROUTERS,
    gone: ['gone route-table-association/peer-attachment/us-east-1/us-west-1/us-east-1'],
    changed: null,
  },
  'route-table-propagation': {
    network: ROUTERS,
    gone: ['gone route-table-propagation/peer-attachment/us-east-1/us-west-1/us-east-1'],
    changed: null,
  },
  'cen-child-instance': {
    network: BASIC,
    gone: [
      'gone cen-child-instance/shanghai',
      'changed cen-route/office-3/10.20.10.0/24',
      'gone inter-region-bandwidth/cn-shanghai/us-east-1',
    ],
    changed: null,
  },
  'bandwidth-package': {
    network: BASIC,
    gone: ['gone bandwidth-package/cenbwp-acme', 'gone inter-region-bandwidth/cn-shanghai/us-east-1'],
    changed: null,
  },
  'inter-region-bandwidth': {
    network: BASIC,
    gone: ['gone inter-region-bandwidth/cn-shanghai/us-east-1'],
    changed: async (cloud, record) => {
      await byHand(cloud, 'cbn', null, 'SetCenInterRegionBandwidthLimit', { ...settings(record), BandwidthLimit: 2 });
      return { what: 'changed', repair: 'change', detail: 'a repair sets it to 10 Mbit/s' };
    },
  },
  'cen-route': {
    network: BASIC,
    gone: ['changed cen-route/office-1/10.10.10.0/24'],
    changed: async (cloud, record) => {
      await byHand(cloud, 'cbn', null, 'WithdrawPublishedRouteEntries', settings(record));
      return { what: 'changed', repair: 'change', detail: 'a repair publishes it into CEN' };
    },
  },
  'security-group-rules': {
    network: BASIC,
    gone: ['changed security-group-rules/cn-shanghai/sg-crm'],
    changed: async (cloud, record) => {
      const [rule] = record.attributes.ours as { id: string }[];
      const parameters = { SecurityGroupId: 'sg-crm', SecurityGroupRuleId: [rule!.id] };
      await byHand(cloud, 'ecs', 'cn-shanghai', 'RevokeSecurityGroup', parameters);
      return { what: 'changed', repair: 'change', detail: 'a repair adds 1 rules' };
    },
  },
};

const KINDS = Object.keys(resourceKinds({ randomKey: () => secretOf('') })) as Kind[];

async function findingsIn(cloud: VirtualCloud, network: string): Promise<DriftFinding[]> {
  const drift = await driftOf(cloud, network);
  if (drift.kind !== 'looked') throw new Error(drift.kind);
  expect(drift.notSeen).toEqual([]);
  return drift.findings;
}

/** What is left to find when the run that it leads to has ended. */
async function repaired(
  cloud: VirtualCloud,
  network: string,
  findings: readonly DriftFinding[],
): Promise<DriftFinding[]> {
  const resources = findings.map(({ resource }) => resource);
  // With leave: what is changed back may have to be negotiated anew.
  const row = (await cloud.runs.readNetwork(network))!;
  const topology = readRevision((await cloud.objects.get(row.latestObject))!, row.latestObject)!;
  const { plan } = repairPlan({ row, topology, records: await recordsOf(cloud, network), findings });
  const reply = await repairIn(cloud, { network, base: 1, resources, plan: plan.hash });
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const { run } = await cloud.runToEnd(reply.run);
  const tasks = await cloud.runs.readTasks(run.id);
  expect(tasks.flatMap(({ id, state, failure }) => (state === 'done' ? [] : [[id, failure]]))).toEqual([]);
  expect(run.outcome).toBe('succeeded');
  return findingsIn(cloud, network);
}

/** With what goes with them, every kind: each run costs a tenth of a second. */
const MADE_AGAIN: readonly Kind[] = [
  'vpn-gateway',
  'customer-gateway',
  'pre-shared-key',
  'cen',
  'cen-child-instance',
  'bandwidth-package',
  'security-group-rules',
];

test.each(KINDS)('%s taken away by hand is found with all that went with it, and made again', async (kind) => {
  const { network, gone } = ROWS[kind];
  const { cloud } = await clouds.built(network.text);
  await takeAway(cloud, network.text, (await recordOf(cloud, network.name, kind)).id);
  const findings = await findingsIn(cloud, network.name);
  expect(findings.map(({ what, resource }) => `${what} ${resource}`)).toEqual(gone);
  expect(findings.every(({ repair }) => repair !== null)).toBe(true);
  if (MADE_AGAIN.includes(kind)) expect(await repaired(cloud, network.name, findings)).toEqual([]);
});

test('every kind is made again in one of the tests above', () => {
  const told = MADE_AGAIN.flatMap((kind) => ROWS[kind].gone);
  expect(KINDS.filter((kind) => !told.some((one) => one.split(' ')[1]?.startsWith(`${kind}/`)))).toEqual([]);
});

test.each([ROUTERS, BASIC])(
  'what can be changed by hand in $name is found, and changed back or reported',
  async (network) => {
    const { cloud } = await clouds.built(network.text);
    expect(await findingsIn(cloud, network.name)).toEqual([]);
    const expected = new Map<ResourceId, Found>();
    for (const kind of KINDS) {
      const { changed, network: other } = ROWS[kind];
      if (!changed || other !== network) continue;
      const record = await recordOf(cloud, network.name, kind);
      expected.set(record.id, await changed(cloud, record));
    }
    const findings = await findingsIn(cloud, network.name);
    for (const [id, found] of expected) expect(findings.find(({ resource }) => resource === id)).toMatchObject(found);
    const left = await repaired(cloud, network.name, findings);
    // What nobody may change back stays, and is told again.
    expect(left.map(({ resource, repair }) => [resource, repair])).toEqual(
      network === ROUTERS
        ? [
            ['pre-shared-key/office-1', null],
            ['vpc-route/vtb-california-apps/10.10.10.0/24', null],
          ]
        : [],
    );
  },
);
