/** What carries our tags and stands in no record, in a cloud of this process. */
import { taggedCens, taggedInRegion } from '../../../shared/alicloud/reads/tagged';
import { epochMs } from '../../../shared/clock';
import { identityOf } from '../../../shared/engine/identity';
import type { ResourceId } from '../../../shared/plan/desired';
import { findOrphans, type KnownNetwork } from '../../../shared/recovery/find-orphans';
import { wireTagsOf } from '../../../shared/resources/wire-tags';
import { builtClouds } from '../../in-process/built-clouds';
import { wait } from '../../in-process/drift-harness';
import type { VirtualCloud } from '../../in-process/virtual-run';
import { readMaterials } from '../../simulation/materials';

const { account, global } = readMaterials('examples');
const clouds = builtClouds(account);
const REGIONS = ['us-east-1', 'cn-shanghai'];

async function tagged({ cloud }: VirtualCloud) {
  const listed = await Promise.all(REGIONS.map((region) => taggedInRegion(cloud, region, 'test')));
  return [...(await taggedCens(cloud, 'test')), ...listed.flat()];
}

async function known({ runs }: VirtualCloud): Promise<KnownNetwork[]> {
  const rows = await runs.listNetworks();
  return Promise.all(
    rows.map(async (row) => ({
      row,
      records: await runs.allRecords({ network: row.name, incarnation: row.incarnation }),
    })),
  );
}

const customerGateway = (resource: string, changes: object = {}) =>
  wireTagsOf(
    identityOf({
      deployment: 'test',
      network: 'global-network',
      incarnation: '00000001',
      resource: resource as ResourceId,
      generation: 1,
      ...changes,
    }),
  );

test('of a network that is recorded nothing is an orphan, and everything that takes tags was looked at', async () => {
  const { cloud } = await clouds.built(global);
  const things = await tagged(cloud);
  const counts = new Map<string, number>();
  for (const { kind } of things) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({
    cen: 1,
    'vpn-gateway': 2,
    'customer-gateway': 4,
    'vpn-connection': 4,
    'transit-router': 2,
    'vpc-attachment': 2,
    'peer-attachment': 1,
    'pre-shared-key': 4,
  });
  expect(findOrphans(things, await known(cloud))).toEqual([]);
});

test('without its records all of it is one, with what it costs and the way to record it again', async () => {
  const { cloud } = await clouds.built(global);
  const orphans = findOrphans(await tagged(cloud), []);
  expect(orphans).toHaveLength(20);
  expect(orphans.find(({ kind, region }) => kind === 'vpn-gateway' && region === 'cn-shanghai')).toMatchObject({
    network: 'global-network',
    resource: 'vpn-gateway/shanghai',
    why: 'the tables know no network global-network',
    remedy: expect.stringContaining('`trunkline recover global-network`'),
    billed: true,
  });
});

test('of others nothing is told, and of what is being made neither', async () => {
  const { cloud } = await clouds.built(global);
  const make = (address: string, Tags: object[] | undefined, name = 'theirs') =>
    cloud.cloud.call({
      service: 'vpc',
      region: 'us-east-1',
      action: 'CreateCustomerGateway',
      parameters: { IpAddress: address, Name: name, Tags: Tags as never },
    });
  await make('203.0.113.90', undefined);
  await make('203.0.113.91', customerGateway('customer-gateway/a', { deployment: 'another' }));
  await make('203.0.113.92', customerGateway('customer-gateway/b', { incarnation: 'earlier' }));
  await make('203.0.113.93', customerGateway('customer-gateway/c'));
  await make('203.0.113.94', customerGateway('customer-gateway/d'));
  wait(cloud);
  const [network] = (await known(cloud)) as [KnownNetwork];
  const marker = { token: 't', parameters: {}, at: epochMs(1), absentSince: null };
  const announced = { id: 'customer-gateway/d' as ResourceId, cloudId: null, generation: 1, marker };
  const orphans = findOrphans(await tagged(cloud), [{ ...network, records: [...network.records, announced] }]);
  expect(orphans.map(({ resource, why, billed }) => [resource, why, billed])).toEqual([
    ['customer-gateway/b', 'it is of the life earlier of global-network, which is over', false],
    ['customer-gateway/c', 'nothing is recorded of it', false],
  ]);
});

test('what goes by another id now says so, and a gateway without tags is told by its name', async () => {
  const { cloud } = await clouds.built(global);
  const [network] = (await known(cloud)) as [KnownNetwork];
  const renewed = network.records.map((record) =>
    record.id === 'vpn-gateway/virginia' ? { ...record, cloudId: 'vpn-new', generation: 2 } : record,
  );
  const [old] = findOrphans(await tagged(cloud), [{ ...network, records: renewed }]);
  expect(old?.why).toBe('it was generation 1, and vpn-new is recorded now');
  const parameters = { VpcId: 'vpc-frankfurt', VSwitchId: 'vsw-fra-a', DisasterRecoveryVSwitchId: 'vsw-fra-b' };
  const more = { Bandwidth: 10, InstanceChargeType: 'POSTPAY', AutoPay: true, EnableIpsec: true, Name: 'trunkline-x' };
  await cloud.cloud.call({
    service: 'vpc',
    region: 'eu-central-1',
    action: 'CreateVpnGateway',
    parameters: { ...parameters, ...more },
  });
  expect(findOrphans(await taggedInRegion(cloud.cloud, 'eu-central-1', 'test'), [])).toMatchObject([
    { kind: 'vpn-gateway', network: null, why: 'its name is of a Trunkline, and no tag tells of which', billed: true },
  ]);
});
