import type { JsonObject } from '../../../../shared/json';
import { activeGateway, connectionOf, GATEWAY, type LocalVpn, list, localVpn, office } from './local-vpn';

const tag = (vpn: LocalVpn, id: string, ...tags: [key: string, value: string][]): JsonObject =>
  vpn.call('TagResources', {
    ResourceType: 'VPNGATEWAY',
    ResourceId: [id],
    Tag: tags.map(([Key, Value]) => ({ Key, Value })),
  });
const tagsOf = (vpn: LocalVpn, VpnGatewayId: string): unknown =>
  list(vpn.call('DescribeVpnGateway', { VpnGatewayId }), 'Tags', 'Tag').map(({ Key, Value }) => `${Key}=${Value}`);
const listed = (vpn: LocalVpn, input: JsonObject): unknown[] =>
  list(vpn.call('ListTagResources', { ResourceType: 'VPNGATEWAY', ...input }), 'TagResources', 'TagResource').map(
    ({ ResourceId, TagKey, TagValue }) => `${ResourceId} ${TagKey}=${TagValue}`,
  );

test('tags are added, replaced by key, and read with the resource; a gateway takes them while it is made', () => {
  const vpn = localVpn();
  const id = vpn.call('CreateVpnGateway', GATEWAY)['VpnGatewayId'] as string;
  expect(tag(vpn, id, ['owner', 'trunkline'], ['network', 'acme'])).toEqual({});
  tag(vpn, id, ['network', 'other']);
  expect(tagsOf(vpn, id)).toEqual(['owner=trunkline', 'network=other']);
  expect(vpn.call('DescribeVpnGateway', { VpnGatewayId: id })['Status']).toBe('init');
});

test.each<[ResourceType: string, make: (vpn: LocalVpn) => string]>([
  ['VPC', () => 'vpc-1'],
  ['vpngateway', (vpn) => activeGateway(vpn)],
  ['CustomerGateway', (vpn) => office(vpn)],
  [
    'VPNCONNECTION',
    (vpn) =>
      vpn.call('CreateVpnConnection', connectionOf(activeGateway(vpn), office(vpn)))['VpnConnectionId'] as string,
  ],
])('a %s can be tagged, in any case of its kind’s name', (ResourceType, make) => {
  const vpn = localVpn();
  const ResourceId = [make(vpn)];
  vpn.call('TagResources', { ResourceType, ResourceId, Tag: [{ Key: 'k', Value: 'v' }] });
  const read = vpn.call('ListTagResources', { ResourceType, ResourceId });
  expect(read).toEqual({
    NextToken: '',
    TagResources: {
      TagResource: [
        { ResourceId: ResourceId[0], ResourceType: ResourceType.toUpperCase(), TagKey: 'k', TagValue: 'v' },
      ],
    },
  });
});

test('tags are taken off by key, or all of them', () => {
  const vpn = localVpn();
  const id = activeGateway(vpn);
  const off = (input: JsonObject) =>
    vpn.call('UnTagResources', { ResourceType: 'VPNGATEWAY', ResourceId: [id], ...input });
  tag(vpn, id, ['a', '1'], ['b', '2'], ['c', '3']);
  off({ TagKey: ['a', 'z'] });
  expect(tagsOf(vpn, id)).toEqual(['b=2', 'c=3']);
  // Named keys win over All.
  off({ TagKey: ['b'], All: true });
  expect(tagsOf(vpn, id)).toEqual(['c=3']);
  off({});
  expect(tagsOf(vpn, id)).toEqual(['c=3']);
  off({ All: true });
  expect(tagsOf(vpn, id)).toEqual([]);
});

test('resources are found by their tags: by all that are named, and by values where they are named', () => {
  const vpn = localVpn();
  const one = activeGateway(vpn);
  const two = activeGateway(vpn, { Name: 'gateway-2' });
  tag(vpn, one, ['network', 'acme'], ['part', 'first']);
  tag(vpn, two, ['network', 'acme']);
  expect(listed(vpn, { Tag: [{ Key: 'network' }] })).toHaveLength(3);
  expect(listed(vpn, { Tag: [{ Key: 'network', Value: 'acme' }, { Key: 'part' }] })).toEqual([
    `${one} network=acme`,
    `${one} part=first`,
  ]);
  expect(listed(vpn, { Tag: [{ Key: 'network', Value: 'other' }] })).toEqual([]);
  expect(listed(vpn, { ResourceId: [two], Tag: [{ Key: 'network' }] })).toEqual([`${two} network=acme`]);
  expect(listed(vpn, { RegionId: 'cn-shanghai', Tag: [{ Key: 'network' }] })).toEqual([]);
  const found = list(vpn.call('DescribeVpnGateways', { Tag: [{ Key: 'part' }] }), 'VpnGateways', 'VpnGateway');
  expect(found.map(({ VpnGatewayId }) => VpnGatewayId)).toEqual([one]);
});

test('a long list comes in pages', () => {
  const vpn = localVpn();
  const id = activeGateway(vpn);
  tag(vpn, id, ['a', ''], ['b', ''], ['c', '']);
  const page = (NextToken: string) =>
    vpn.call('ListTagResources', { ResourceType: 'VPNGATEWAY', ResourceId: [id], MaxResults: 2, NextToken });
  const first = page('');
  expect(list(first, 'TagResources', 'TagResource')).toHaveLength(2);
  const second = page(first['NextToken'] as string);
  expect([list(second, 'TagResources', 'TagResource').length, second['NextToken']]).toEqual([1, '']);
  expect(vpn.refused('ListTagResources', { ResourceType: 'VPC', ResourceId: ['vpc-1'], NextToken: 'x' })).toBe(
    '400 InvalidNextToken',
  );
});

const LONG = 'x'.repeat(129);
test.each<{ input: JsonObject; answer: string; because: string }>([
  { input: { ResourceType: 'TABLE' }, answer: '400 IllegalParam.ResourceType', because: 'no kind is called so' },
  { input: { ResourceId: ['vpn-9'] }, answer: '404 InvalidResourceId.NotFound', because: 'there is no such resource' },
  { input: { RegionId: 'cn-shanghai' }, answer: '404 InvalidResourceId.NotFound', because: 'it is in another region' },
  { input: { Tag: [{ Key: 'aliyun' }] }, answer: '400 IllegalParam.TagKey', because: 'the prefix is the service’s' },
  { input: { Tag: [{ Key: 'acs:x' }] }, answer: '400 IllegalParam.TagKey', because: 'the prefix is the service’s' },
  { input: { Tag: [{ Key: LONG }] }, answer: '400 IllegalParam.TagKey', because: 'a key has 129 characters' },
  { input: { Tag: [{ Value: 'v' }] }, answer: '400 IllegalParam.TagKey', because: 'a key is missing' },
  { input: { Tag: [{ Key: 'k' }, { Key: 'k' }] }, answer: '400 IllegalParam.TagKey', because: 'a key stands twice' },
  { input: { Tag: [{ Key: 'k', Value: LONG }] }, answer: '400 IllegalParam.TagValue', because: 'a value is too long' },
  {
    input: { Tag: [{ Key: 'k', Value: 'http://x' }] },
    answer: '400 IllegalParam.TagValue',
    because: 'a value is an address',
  },
])('nothing is tagged where $because', ({ input, answer }) => {
  const vpn = localVpn();
  const id = activeGateway(vpn);
  const wish = { ResourceType: 'VPNGATEWAY', ResourceId: [id], Tag: [{ Key: 'k', Value: 'v' }], ...input };
  expect(vpn.refused('TagResources', wish)).toBe(answer);
  expect(tagsOf(vpn, id)).toEqual([]);
});

test('one resource that is missing leaves the others untagged', () => {
  const vpn = localVpn();
  const id = activeGateway(vpn);
  const wish = { ResourceType: 'VPNGATEWAY', ResourceId: [id, 'vpn-9'], Tag: [{ Key: 'k', Value: 'v' }] };
  expect(vpn.refused('TagResources', wish)).toBe('404 InvalidResourceId.NotFound');
  expect(tagsOf(vpn, id)).toEqual([]);
});

test('a resource carries twenty tags', () => {
  const vpn = localVpn();
  const id = activeGateway(vpn);
  const keys = Array.from({ length: 20 }, (_, index): [string, string] => [`k${index}`, '']);
  tag(vpn, id, ...keys);
  const more = { ResourceType: 'VPNGATEWAY', ResourceId: [id], Tag: [{ Key: 'k20', Value: '' }] };
  expect(vpn.refused('TagResources', more)).toBe('400 QuotaExceeded.TagsPerResource');
  expect(vpn.call('TagResources', { ...more, Tag: [{ Key: 'k19', Value: 'new' }] })).toEqual({});
});

test('a listing wants resources or tags', () => {
  expect(localVpn().refused('ListTagResources', { ResourceType: 'VPC' })).toBe('400 MissingParam.ResourceIdOrTag');
});

test('tags go with the resource', () => {
  const vpn = localVpn();
  const VpnGatewayId = activeGateway(vpn);
  tag(vpn, VpnGatewayId, ['k', 'v']);
  vpn.call('DeleteVpnGateway', { VpnGatewayId });
  vpn.wait(60);
  expect(listed(vpn, { Tag: [{ Key: 'k' }] })).toEqual([]);
});
