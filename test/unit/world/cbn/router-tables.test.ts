import { ROUTER_TABLES, type RouterTableRecord } from '../../../../local/world/cbn/records';
import type { JsonObject } from '../../../../shared/json';
import { pick } from './local-cen';
import { type Network, twoRegionNetwork } from './two-region-network';

const both = ({ ids }: Network, change: JsonObject = {}): JsonObject => ({
  TransitRouterAttachmentId: ids.attachments[0],
  TransitRouterRouteTableId: ids.tables[0],
  ...change,
});
const associations = (network: Network, input: JsonObject = {}): unknown[] =>
  network.call('ListTransitRouterRouteTableAssociations', input)['TransitRouterAssociations'] as unknown[];
const propagations = (network: Network, input: JsonObject = {}): unknown[] =>
  network.call('ListTransitRouterRouteTablePropagations', {
    TransitRouterRouteTableId: network.ids.tables[0],
    ...input,
  })['TransitRouterPropagations'] as unknown[];

test('an association comes and goes through its states, and names what the attachment leads to', () => {
  const network = twoRegionNetwork();
  const { ids } = network;
  const mine = () => associations(network, { TransitRouterAttachmentId: ids.attachments[0] });
  expect(mine()).toEqual([
    {
      TransitRouterRouteTableId: ids.tables[0],
      TransitRouterAttachmentId: ids.attachments[0],
      CenId: ids.cen,
      ResourceId: 'vpc-1',
      ResourceType: 'VPC',
      Status: 'Active',
    },
  ]);
  network.call('DissociateTransitRouterAttachmentFromRouteTable', both(network));
  expect(pick(mine(), 'Status')).toEqual(['Dissociating']);
  network.wait(5);
  expect(mine()).toEqual([]);
  network.call('AssociateTransitRouterAttachmentWithRouteTable', both(network));
  expect(pick(mine(), 'Status')).toEqual(['Associating']);
  network.wait(5);
  expect(pick(mine(), 'Status')).toEqual(['Active']);
});

test('a peer attachment is associated on either router, and leads to the other one there', () => {
  const network = twoRegionNetwork();
  const { ids } = network;
  const mine = associations(network, { TransitRouterAttachmentResourceType: 'TR' });
  expect(pick(mine, 'TransitRouterRouteTableId', 'TransitRouterAttachmentId', 'ResourceId')).toEqual([
    `${ids.tables[0]} ${ids.peer} ${ids.routers[1]}`,
    `${ids.tables[1]} ${ids.peer} ${ids.routers[0]}`,
  ]);
});

test('a propagation comes and goes through its states', () => {
  const network = twoRegionNetwork();
  const mine = () => propagations(network, { TransitRouterAttachmentId: network.ids.attachments[0] });
  expect(mine()).toEqual([
    {
      TransitRouterRouteTableId: network.ids.tables[0],
      TransitRouterAttachmentId: network.ids.attachments[0],
      ResourceId: 'vpc-1',
      ResourceType: 'VPC',
      Status: 'Active',
    },
  ]);
  network.call('DisableTransitRouterRouteTablePropagation', both(network));
  expect(pick(mine(), 'Status')).toEqual(['Disabling']);
  network.wait(5);
  expect(mine()).toEqual([]);
  network.call('EnableTransitRouterRouteTablePropagation', both(network));
  expect(pick(mine(), 'Status')).toEqual(['Enabling']);
  expect(network.routerTable(0)).not.toContain('192.168.10.0/24 → vpc-1');
  network.wait(5);
  expect(network.routerTable(0)).toContain('192.168.10.0/24 → vpc-1');
});

test.each([
  [{}, 2],
  [{ TransitRouterAttachmentResourceId: 'vpc-1' }, 1],
  [{ TransitRouterAttachmentResourceType: 'TR' }, 1],
  [{ TransitRouterAttachmentResourceType: 'VBR' }, 0],
  [{ Status: 'Active' }, 2],
  [{ Status: 'Enabling' }, 0],
] as [JsonObject, number][])('propagations and associations of a table: %j finds %i', (input, count) => {
  const network = twoRegionNetwork();
  expect(propagations(network, input)).toHaveLength(count);
  expect(associations(network, { TransitRouterRouteTableId: network.ids.tables[0], ...input })).toHaveLength(count);
});

test('a list that is longer than a page goes on with its token, and ends with an empty one', () => {
  const network = twoRegionNetwork();
  const page = (input: JsonObject) =>
    network.call('ListTransitRouterRouteTableAssociations', { MaxResults: 3, ...input });
  const first = page({});
  expect([first['TotalCount'], first['MaxResults'], associationsOf(first).length]).toEqual([4, 3, 3]);
  const second = page({ NextToken: first['NextToken']! });
  expect([second['NextToken'], associationsOf(second).length]).toEqual(['', 1]);
  expect(page({ MaxResults: 4 })['NextToken']).toBe('');
  expect(network.refused('ListTransitRouterRouteTableAssociations', { NextToken: 'made up' }).code).toBe(
    'IllegalParam.NextToken',
  );
});
const associationsOf = (body: JsonObject) => body['TransitRouterAssociations'] as unknown[];

interface Refusal {
  action: string;
  reason: string;
  change?: (network: Network) => JsonObject;
  given?: (network: Network) => void;
  code: string;
}

const ACTIONS = [
  'AssociateTransitRouterAttachmentWithRouteTable',
  'DissociateTransitRouterAttachmentFromRouteTable',
  'EnableTransitRouterRouteTablePropagation',
  'DisableTransitRouterRouteTablePropagation',
];
const REFUSALS: Refusal[] = [
  ...ACTIONS.flatMap((action): Refusal[] => [
    {
      action,
      reason: 'no such table',
      change: () => ({ TransitRouterRouteTableId: 'vtb-none' }),
      code: 'InvalidRouteTableId.NotFound',
    },
    {
      action,
      reason: 'no such attachment',
      change: () => ({ TransitRouterAttachmentId: 'tr-attach-none' }),
      code: 'InvalidAttachmentId.NotFound',
    },
    {
      action,
      reason: 'the table is another router’s',
      change: ({ ids }) => ({ TransitRouterRouteTableId: ids.tables[1] }),
      code: 'InvalidAttachmentId.NotFound',
    },
    {
      action,
      reason: 'the attachment is being detached',
      given: (network) => {
        network.call('DeleteTransitRouterVpcAttachment', {
          TransitRouterAttachmentId: network.ids.attachments[0],
          Force: true,
        });
        network.wait(5);
      },
      code: 'IncorrectStatus.AttachmentOrRouteTable',
    },
  ]),
  { action: ACTIONS[0]!, reason: 'associated already', code: 'AssociationExist.TransitRouterTable' },
  {
    action: ACTIONS[1]!,
    reason: 'not associated',
    given: (network) => network.settled(ACTIONS[1]!, both(network)),
    code: 'InvalidAssociation.NotFound',
  },
  {
    action: ACTIONS[1]!,
    reason: 'its end is under way',
    given: (network) => {
      network.call(ACTIONS[1]!, both(network));
      network.wait(4);
    },
    code: 'IncorrectStatus.AttachmentOrRouteTable',
  },
  { action: ACTIONS[2]!, reason: 'learned from already', code: 'OperationUnsupported.EnablePropagation' },
  {
    action: ACTIONS[3]!,
    reason: 'not learned from',
    given: (network) => network.settled(ACTIONS[3]!, both(network)),
    code: 'InvalidPropagation.NotFound',
  },
  {
    action: ACTIONS[3]!,
    reason: 'its end is under way',
    given: (network) => {
      network.call(ACTIONS[3]!, both(network));
      network.wait(4);
    },
    code: 'IncorrectStatus.AttachmentOrRouteTable',
  },
];

test.each(REFUSALS)('$action is refused as $code: $reason', ({ action, change, given, code }) => {
  const network = twoRegionNetwork();
  given?.(network);
  expect(network.refused(action, both(network, change?.(network))).code).toBe(code);
});

test('an attachment has one association a router, whichever table it is with', () => {
  const network = twoRegionNetwork();
  const custom: RouterTableRecord = {
    id: 'vtb-custom',
    routerId: network.ids.routers[0],
    type: 'Custom',
    name: '',
    status: 'Active',
    createdAt: 0,
  };
  network.state.put(ROUTER_TABLES, custom.id, custom);
  const second = both(network, { TransitRouterRouteTableId: custom.id });
  expect(network.refused('AssociateTransitRouterAttachmentWithRouteTable', second).code).toBe(
    'AssociationExist.TransitRouterTable',
  );
  // Learning is not so limited.
  network.settled('EnableTransitRouterRouteTablePropagation', second);
  network.settled('DissociateTransitRouterAttachmentFromRouteTable', both(network));
  network.settled('AssociateTransitRouterAttachmentWithRouteTable', second);
});

test('dry runs: dissociating answers with the request id alone, the others with an error', () => {
  const network = twoRegionNetwork();
  const dry = both(network, { DryRun: true });
  expect(network.call('DissociateTransitRouterAttachmentFromRouteTable', dry)).toEqual({});
  expect(network.refused('DisableTransitRouterRouteTablePropagation', dry).code).toBe('DryRunOperation');
  expect(pick(associations(network, both(network)), 'Status')).toEqual(['Active']);
  expect(pick(propagations(network, both(network)), 'Status')).toEqual(['Active']);
});

describe('static routes', () => {
  const route = ({ ids }: Network, change: JsonObject = {}): JsonObject => ({
    TransitRouterRouteTableId: ids.tables[0],
    TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
    TransitRouterRouteEntryNextHopType: 'Attachment',
    TransitRouterRouteEntryNextHopId: ids.attachments[0],
    ...change,
  });
  const list = (network: Network, input: JsonObject): JsonObject[] =>
    network.call('ListTransitRouterRouteEntries', { TransitRouterRouteTableId: network.ids.tables[0], ...input })[
      'TransitRouterRouteEntries'
    ] as JsonObject[];

  test('a static route is being created for a moment; its host bits are cut', () => {
    const network = twoRegionNetwork();
    const { TransitRouterRouteEntryId: id } = network.call(
      'CreateTransitRouterRouteEntry',
      route(network, {
        TransitRouterRouteEntryDestinationCidrBlock: '10.1.2.3/8',
        TransitRouterRouteEntryName: 'all',
        TransitRouterRouteEntryDescription: 'every office',
      }),
    );
    const expected = {
      TransitRouterRouteEntryId: id,
      TransitRouterRouteEntryName: 'all',
      TransitRouterRouteEntryDescription: 'every office',
      TransitRouterRouteEntryDestinationCidrBlock: '10.0.0.0/8',
      TransitRouterRouteEntryType: 'Static',
      TransitRouterRouteEntryStatus: 'Creating',
      TransitRouterRouteEntryNextHopType: 'Attachment',
      TransitRouterRouteEntryNextHopId: network.ids.attachments[0],
      TransitRouterRouteEntryNextHopResourceId: 'vpc-1',
      TransitRouterRouteEntryNextHopResourceType: 'VPC',
      OperationalMode: true,
      CreateTime: expect.stringMatching(/^2026-11-22T00:\d\dZ$/),
      PathAttributes: { OriginRouteType: 'Static', Preference: 50, Communities: [], AsPaths: [] },
    };
    expect(list(network, { TransitRouterRouteEntryIds: [id!] })).toEqual([expected]);
    expect(network.routerTable(0)).not.toContain('10.0.0.0/8 → vpc-1');
    network.wait(5);
    expect(network.routerTable(0)).toContain('10.0.0.0/8 → vpc-1');
    expect(network.routerTable(1)).toContain('10.0.0.0/8 → peer');
    expect(list(network, { TransitRouterRouteEntryNames: ['all'] })).toEqual([
      { ...expected, TransitRouterRouteEntryStatus: 'Active' },
    ]);
  });

  test('a black hole stands before a learned route, which waits as a candidate, and is told to nobody', () => {
    const network = twoRegionNetwork();
    const made = network.settled('CreateTransitRouterRouteEntry', {
      TransitRouterRouteTableId: network.ids.tables[0],
      TransitRouterRouteEntryDestinationCidrBlock: '10.10.10.0/24',
      TransitRouterRouteEntryNextHopType: 'BlackHole',
    });
    expect(network.routerTable(0)).toContain('10.10.10.0/24 → black hole');
    expect(network.routerTable(0)).not.toContain('10.10.10.0/24 → vpc-1');
    expect(network.routerTable(1)).not.toContain('10.10.10.0/24 → peer');
    expect(
      pick(
        list(network, { TransitRouterRouteEntryStatus: 'Candidate' }),
        'TransitRouterRouteEntryDestinationCidrBlock',
      ),
    ).toEqual(['10.10.10.0/24']);
    network.settled('DeleteTransitRouterRouteEntry', {
      TransitRouterRouteEntryId: made['TransitRouterRouteEntryId']!,
    });
    expect(network.routerTable(0)).toContain('10.10.10.0/24 → vpc-1');
  });

  test('it is deleted by id, or by table and destination', () => {
    const network = twoRegionNetwork();
    network.settled('CreateTransitRouterRouteEntry', route(network));
    const { TransitRouterRouteEntryNextHopType: _, ...named } = route(network);
    network.call('DeleteTransitRouterRouteEntry', named);
    expect(
      pick(
        list(network, { TransitRouterRouteEntryStatus: 'All', TransitRouterRouteEntryType: 'Static' }),
        'TransitRouterRouteEntryStatus',
      ),
    ).toEqual(['Deleting']);
    network.wait(5);
    expect(list(network, { TransitRouterRouteEntryStatus: 'All', TransitRouterRouteEntryType: 'Static' })).toEqual([]);
    expect(network.refused('DeleteTransitRouterRouteEntry', named).code).toBe('IllegalParam.TransitRouterRouteEntryId');
  });

  test.each([
    ['no such table', { TransitRouterRouteTableId: 'vtb-none' }, 'InvalidTransitRouterRouteTableId.NotFound'],
    ['no block', { TransitRouterRouteEntryDestinationCidrBlock: 'x' }, 'IllegalParam.DestinationCidrBlock'],
    ['no attachment', { TransitRouterRouteEntryNextHopId: '' }, 'MissingParam.TransitRouterRouteEntryNextHopId'],
    [
      'unknown attachment',
      { TransitRouterRouteEntryNextHopId: 'x' },
      'InvalidTransitRouterRouteEntryNextHopId.NotFound',
    ],
    [
      'a black hole leads nowhere',
      { TransitRouterRouteEntryNextHopType: 'BlackHole' },
      'ParamExclusive.NextHopTypeBlackHoleAndNextHopId',
    ],
    ['all checks passed', { DryRun: true }, 'DryRunOperation'],
  ] as [string, JsonObject, string][])('making one is refused: %s', (_, change, code) => {
    const network = twoRegionNetwork();
    expect(network.refused('CreateTransitRouterRouteEntry', route(network, change)).code).toBe(code);
  });

  test('two to one block are refused, and one that is on its way cannot be deleted', () => {
    const network = twoRegionNetwork();
    const made = network.call('CreateTransitRouterRouteEntry', route(network));
    network.wait(4);
    expect(network.refused('CreateTransitRouterRouteEntry', route(network)).code).toBe(
      'OperationFailed.CreateRouteEntryWithSameDestinationCidrBlock',
    );
    const { TransitRouterRouteEntryId } = made;
    expect(
      network.refused('DeleteTransitRouterRouteEntry', { TransitRouterRouteEntryId: TransitRouterRouteEntryId! }).code,
    ).toBe('IncorrectStatus.AttachmentOrRouteTable');
  });
});

describe('entries', () => {
  const list = (network: Network, input: JsonObject): unknown[] =>
    pick(
      network.call('ListTransitRouterRouteEntries', { TransitRouterRouteTableId: network.ids.tables[0], ...input })[
        'TransitRouterRouteEntries'
      ],
      'TransitRouterRouteEntryDestinationCidrBlock',
    );

  test('a learned entry says where it leads and where it comes from', () => {
    const network = twoRegionNetwork();
    const body = network.call('ListTransitRouterRouteEntries', {
      TransitRouterRouteTableId: network.ids.tables[0],
      RouteFilter: [{ Key: 'PrefixExactMatchCidrs', Value: ['10.20.10.0/24'] }],
    });
    expect(body).toEqual({
      MaxResults: 20,
      NextToken: '',
      TotalCount: 1,
      TransitRouterRouteEntries: [
        {
          TransitRouterRouteEntryDestinationCidrBlock: '10.20.10.0/24',
          TransitRouterRouteEntryType: 'Propagated',
          TransitRouterRouteEntryStatus: 'Active',
          TransitRouterRouteEntryNextHopType: 'Attachment',
          TransitRouterRouteEntryNextHopId: network.ids.peer,
          TransitRouterRouteEntryNextHopResourceId: network.ids.routers[1],
          TransitRouterRouteEntryNextHopResourceType: 'TR',
          TransitRouterRouteEntryOriginResourceId: 'vpc-2',
          TransitRouterRouteEntryOriginResourceType: 'VPC',
          OperationalMode: false,
          PathAttributes: {
            OriginRouteType: 'Custom',
            OriginInstanceId: 'vpc-2',
            OriginInstanceType: 'VPC',
            Preference: 50,
            Communities: [],
            AsPaths: [],
          },
        },
      ],
    });
  });

  test.each([
    ['exactly', [{ Key: 'PrefixExactMatchCidrs', Value: ['10.10.10.9/24', '10.20.10.0/25'] }], ['10.10.10.0/24']],
    ['the longest', [{ Key: 'LongestPrefixMatchCidrs', Value: ['10.10.10.7', '9.9.9.9'] }], ['10.10.10.0/24']],
    ['inside', [{ Key: 'SubnetOfMatchCidrs', Value: ['192.168.0.0/16'] }], ['192.168.10.0/24', '192.168.11.0/24']],
    ['around', [{ Key: 'SupernetOfMatchCidrs', Value: ['172.16.11.128/25'] }], ['172.16.11.0/24']],
    [
      'all conditions',
      [
        { Key: 'SubnetOfMatchCidrs', Value: ['10.0.0.0/8'] },
        { Key: 'SupernetOfMatchCidrs', Value: ['10.20.10.1'] },
      ],
      ['10.20.10.0/24'],
    ],
  ] as [string, JsonObject[], string[]][])('filtered by block, %s', (_, RouteFilter, blocks) => {
    expect(list(twoRegionNetwork(), { RouteFilter })).toEqual(blocks);
  });

  test.each([
    [{ TransitRouterRouteEntryDestinationCidrBlock: '10.20.10.0/24' }, 1],
    [{ TransitRouterRouteEntryNextHopResourceType: 'TR' }, 3],
    [{ TransitRouterRouteEntryNextHopResourceId: 'vpc-1' }, 3],
    [{ TransitRouterRouteEntryOriginResourceId: 'vpc-2', TransitRouterRouteEntryOriginResourceType: 'VPC' }, 3],
    [{ TransitRouterRouteEntryNextHopType: 'BlackHole' }, 0],
    [{ TransitRouterRouteEntryType: 'Static' }, 0],
    [{ TransitRouterRouteEntryStatus: 'Rejected' }, 0],
    [{ TransitRouterRouteEntryStatus: 'All' }, 6],
    [{ PrefixListId: 'pl-1' }, 0],
  ] as [JsonObject, number][])('filtered by %j: %i', (input, count) => {
    expect(list(twoRegionNetwork(), input)).toHaveLength(count);
  });

  test.each([
    [{ TransitRouterRouteTableId: 'vtb-none' }, 'InvalidTransitRouterRouteTableId.NotFound'],
    [{ RouteFilter: [{ Key: 'Nothing', Value: ['10.0.0.0/8'] }] }, 'InvalidParameter'],
    [{ RouteFilter: [{ Key: 'SubnetOfMatchCidrs', Value: ['x'] }] }, 'IllegalParam.SubnetOfMatchCidr'],
    [{ RouteFilter: [{ Key: 'PrefixExactMatchCidrs', Value: ['x'] }] }, 'IllegalParam.PrefixExactMatchCidr'],
    [
      {
        RouteFilter: [
          { Key: 'SubnetOfMatchCidrs', Value: ['10.0.0.0/8'] },
          { Key: 'SubnetOfMatchCidrs', Value: ['10.0.0.0/8'] },
        ],
      },
      'FilterKeyDuplicated.RouteFilter',
    ],
    [{ MaxResults: 101 }, 'InvalidParameter'],
  ] as [JsonObject, string][])('%j is refused as %s', (input, code) => {
    const network = twoRegionNetwork();
    const whole = { TransitRouterRouteTableId: network.ids.tables[0], ...input };
    expect(network.refused('ListTransitRouterRouteEntries', whole).code).toBe(code);
  });
});
