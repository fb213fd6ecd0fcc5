import type { JsonObject } from '../../../../shared/json';
import { type LocalCen, localCen, only, pick } from './local-cen';
import { twoRegionNetwork } from './two-region-network';

const tagged = (): LocalCen & { ids: string[] } => {
  const cen = localCen();
  const ids = [1, 2].map(() => cen.settled('CreateCen')['CenId'] as string);
  cen.call('TagResources', {
    ResourceType: 'Cen',
    ResourceId: ids,
    Tag: [
      { Key: 'network', Value: 'acme' },
      { Key: 'owner', Value: 'ops' },
    ],
  });
  return { ...cen, ids };
};
const tags = (cen: LocalCen, input: JsonObject): unknown[] =>
  pick((cen.call('ListTagResources', input)['TagResources'] as JsonObject)['TagResource'], 'TagKey', 'TagValue');

test('tags are put on, seen in the lists, and found by', () => {
  const cen = tagged();
  expect(cen.call('ListTagResources', { ResourceType: 'CEN', ResourceId: [cen.ids[0]!] })).toEqual({
    NextToken: '',
    TagResources: {
      TagResource: [
        { ResourceId: cen.ids[0], ResourceType: 'Cen', TagKey: 'network', TagValue: 'acme' },
        { ResourceId: cen.ids[0], ResourceType: 'Cen', TagKey: 'owner', TagValue: 'ops' },
      ],
    },
  });
  expect(cen.call('DescribeCens', { Tag: [{ Key: 'network', Value: 'acme' }] })['TotalCount']).toBe(2);
});

test('the later value of a key replaces the earlier one', () => {
  const cen = tagged();
  cen.call('TagResources', { ResourceType: 'cen', ResourceId: [cen.ids[0]!], Tag: [{ Key: 'owner', Value: 'net' }] });
  expect(tags(cen, { ResourceType: 'Cen', ResourceId: [cen.ids[0]!] })).toEqual(['network acme', 'owner net']);
});

test('keys are taken off by name, or all at once', () => {
  const cen = tagged();
  const first = { ResourceType: 'Cen', ResourceId: [cen.ids[0]!] };
  cen.call('UntagResources', { ...first, TagKey: ['owner', 'never there'] });
  expect(tags(cen, first)).toEqual(['network acme']);
  cen.call('UntagResources', first);
  expect(tags(cen, first)).toEqual(['network acme']);
  cen.call('UntagResources', { ...first, All: true });
  expect(tags(cen, first)).toEqual([]);
});

test('a long list goes on with its token', () => {
  const cen = tagged();
  const page = cen.call('ListTagResources', { ResourceType: 'Cen', ResourceId: cen.ids, PageSize: 3 });
  const rest = cen.call('ListTagResources', {
    ResourceType: 'Cen',
    ResourceId: cen.ids,
    PageSize: 3,
    NextToken: page['NextToken']!,
  });
  expect(only(rest, 'TagResources', 'TagResource')).toMatchObject({ ResourceId: cen.ids[1], TagKey: 'owner' });
  expect(rest['NextToken']).toBe('');
});

test('routers and attachments carry tags too', () => {
  const network = twoRegionNetwork();
  const { routers, attachments, peer } = network.ids;
  for (const [ResourceType, id] of [
    ['TransitRouter', routers[0]],
    ['TransitRouterVpcAttachment', attachments[0]],
    ['TransitRouterPeerAttachment', peer],
  ] as const) {
    network.call('TagResources', { ResourceType, ResourceId: [id], Tag: [{ Key: 'k', Value: 'v' }] });
    expect(tags(network, { ResourceType, Tag: [{ Key: 'k' }] })).toEqual(['k v']);
  }
});

const TWENTY_ONE = Array.from({ length: 21 }, (_, index) => ({ Key: `key-${index}`, Value: '' }));

test.each([
  [
    'TagResources',
    { ResourceType: 'Cen', ResourceId: ['cen-none'], Tag: [{ Key: 'k' }] },
    'InvalidResourceId.NotFound',
  ],
  ['TagResources', { ResourceType: 'Horse', ResourceId: ['x'], Tag: [{ Key: 'k' }] }, 'InvalidParameter'],
  ['TagResources', { ResourceType: 'Cen', ResourceId: ['x'], Tag: TWENTY_ONE }, 'InvalidParameter'],
  ['TagResources', { ResourceType: 'Cen', ResourceId: ['x'] }, 'MissingParameter'],
  ['TagResources', { ResourceType: 'Cen', ResourceId: ['x'], Tag: [{ Key: 'k'.repeat(65) }] }, 'IllegalParam.TagKey'],
  ['TagResources', { ResourceType: 'Cen', ResourceId: ['x'], Tag: [{ Value: 'v' }] }, 'MissingParameter'],
  [
    'TagResources',
    { ResourceType: 'Cen', ResourceId: ['x'], Tag: [{ Key: 'k', Value: 'v'.repeat(129) }] },
    'IllegalParam.TagValue',
  ],
  ['UntagResources', { ResourceType: 'Cen', ResourceId: ['cen-none'] }, 'InvalidResourceId.NotFound'],
  ['ListTagResources', { ResourceType: 'Cen' }, 'MissingParam.ResourceIdOrTag'],
] as [string, JsonObject, string][])('%s %j is refused as %s', (action, input, code) => {
  expect(localCen().refused(action, input).code).toBe(code);
});

test('a resource has at most twenty tags, and one that is missing refuses the whole request', () => {
  const cen = tagged();
  const Tag = TWENTY_ONE.slice(0, 19);
  expect(cen.refused('TagResources', { ResourceType: 'Cen', ResourceId: cen.ids, Tag }).code).toBe(
    'QuotaExceeded.TagsPerResource',
  );
  const ResourceId = [cen.ids[0]!, 'cen-none'];
  cen.refused('TagResources', { ResourceType: 'Cen', ResourceId, Tag: [{ Key: 'new' }] });
  expect(cen.call('DescribeCens', { Tag: [{ Key: 'new' }] })['TotalCount']).toBe(0);
});
