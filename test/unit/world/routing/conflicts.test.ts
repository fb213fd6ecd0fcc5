/** Who stands where two want one block, and what is not passed on: written as records, not by requests. */
import {
  ASSOCIATIONS,
  type AssociationRecord,
  PEER_ATTACHMENTS,
  type PeerAttachmentRecord,
  PROPAGATIONS,
  type PropagationRecord,
  ROUTER_ENTRIES,
  ROUTER_TABLES,
  type RouterEntryRecord,
  type RouterTableRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
  VPC_ATTACHMENTS,
  type VpcAttachmentRecord,
} from '../../../../local/world/cbn/records';
import { synchronisedEntries } from '../../../../local/world/routing/derived-routes';
import { conflictsOf } from '../../../../local/world/routing/publication';
import { routerTableEntries } from '../../../../local/world/routing/router-table-entries';
import { State } from '../../../../local/world/state';
import { putEntry, putTable, putVpc, putVSwitch } from '../cbn/local-cen';

/** Router, table and VPC of a region share its letter: `tr-a`, `vtb-a`, `vpc-a`. */
function region(state: State, letter: string): void {
  const router: TransitRouterRecord = {
    id: `tr-${letter}`,
    cenId: 'cen',
    region: letter,
    name: '',
    description: '',
    type: 'Enterprise',
    status: 'Active',
    createdAt: 0,
    tags: [],
  };
  const table: RouterTableRecord = {
    id: `vtb-${letter}`,
    routerId: router.id,
    type: 'System',
    name: '',
    status: 'Active',
    createdAt: 0,
  };
  state.put(TRANSIT_ROUTERS, router.id, router);
  state.put(ROUTER_TABLES, table.id, table);
}

/** A VPC with one vSwitch, attached to the router of its region at a time, learned from and synchronised. */
function vpc(state: State, id: string, letter: string, block: string, at: number): void {
  putVpc(state, { id, region: letter, cidr: block });
  putVSwitch(state, { id: `vsw-${id}`, vpcId: id, zone: `${letter}-1`, cidr: block });
  const attachment: VpcAttachmentRecord = {
    id: `attach-${id}`,
    cenId: 'cen',
    routerId: `tr-${letter}`,
    region: letter,
    vpcId: id,
    name: '',
    description: '',
    zones: [],
    autoPublishRoute: true,
    status: 'Attached',
    createdAt: at,
    tags: [],
  };
  state.put(VPC_ATTACHMENTS, attachment.id, attachment);
  bind(state, attachment.id, `vtb-${letter}`, at);
}

function peer(state: State, [from, to]: [string, string], at: number): void {
  const attachment: PeerAttachmentRecord = {
    id: `peer-${from}-${to}`,
    cenId: 'cen',
    routerId: `tr-${from}`,
    region: from,
    peerRouterId: `tr-${to}`,
    peerRegion: to,
    name: '',
    description: '',
    bandwidthMbps: 10,
    bandwidthType: 'DataTransfer',
    bandwidthPackageId: null,
    linkType: 'Gold',
    autoPublishRoute: true,
    status: 'Attached',
    createdAt: at,
    tags: [],
  };
  state.put(PEER_ATTACHMENTS, attachment.id, attachment);
  bind(state, attachment.id, `vtb-${from}`, at);
  bind(state, attachment.id, `vtb-${to}`, at);
}

function bind(state: State, attachmentId: string, tableId: string, createdAt: number): void {
  const association: AssociationRecord = { attachmentId, tableId, status: 'Active' };
  const propagation: PropagationRecord = { attachmentId, tableId, status: 'Active', createdAt };
  state.put(ASSOCIATIONS, `${attachmentId}/${tableId}`, association);
  state.put(PROPAGATIONS, `${attachmentId}/${tableId}`, propagation);
}

function staticRoute(
  state: State,
  entry: Pick<RouterEntryRecord, 'id' | 'tableId' | 'destination'> & Partial<RouterEntryRecord>,
): void {
  const record: RouterEntryRecord = {
    nextHopType: 'Attachment',
    nextHopId: null,
    name: '',
    description: '',
    status: 'Active',
    createdAt: 9,
    ...entry,
  };
  state.put(ROUTER_ENTRIES, record.id, record);
}

const table = (state: State, letter: string): string[] =>
  routerTableEntries(state, `vtb-${letter}`).map(
    ({ destination, attachmentId, status }) => `${destination} ${attachmentId} ${status}`,
  );

function world(...letters: string[]): State {
  const state = new State();
  for (const letter of letters) region(state, letter);
  return state;
}

test('of two VPCs with one block on one router the later is rejected, and takes over when the earlier goes', () => {
  const state = world('a');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  vpc(state, 'vpc-2', 'a', '10.0.0.0/24', 2);
  expect(table(state, 'a')).toEqual(['10.0.0.0/24 attach-vpc-1 Active', '10.0.0.0/24 attach-vpc-2 Rejected']);
  expect(conflictsOf(state, 'cen', 'vpc-2', '10.0.0.0/24')).toEqual([
    { destination: '10.0.0.0/24', vpcId: 'vpc-1', region: 'a' },
  ]);
  state.delete(PROPAGATIONS, 'attach-vpc-1/vtb-a');
  expect(table(state, 'a')).toEqual(['10.0.0.0/24 attach-vpc-2 Active']);
});

test('blocks of different lengths stand beside each other', () => {
  const state = world('a');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/16', 1);
  vpc(state, 'vpc-2', 'a', '10.0.1.0/24', 2);
  expect(table(state, 'a')).toEqual(['10.0.0.0/16 attach-vpc-1 Active', '10.0.1.0/24 attach-vpc-2 Active']);
});

test('equal blocks that were there before the link stay where they were, on both sides', () => {
  const state = world('a', 'b');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  vpc(state, 'vpc-2', 'b', '10.0.0.0/24', 2);
  peer(state, ['a', 'b'], 3);
  expect(table(state, 'a')).toEqual(['10.0.0.0/24 attach-vpc-1 Active', '10.0.0.0/24 peer-a-b Rejected']);
  expect(table(state, 'b')).toEqual(['10.0.0.0/24 attach-vpc-2 Active', '10.0.0.0/24 peer-a-b Rejected']);
});

test('a VPC whose block came over the link first is rejected at home, and told to nobody', () => {
  const state = world('a', 'b');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  peer(state, ['a', 'b'], 2);
  vpc(state, 'vpc-2', 'b', '10.0.0.0/24', 3);
  expect(table(state, 'a')).toEqual(['10.0.0.0/24 attach-vpc-1 Active']);
  expect(table(state, 'b')).toEqual(['10.0.0.0/24 peer-a-b Active', '10.0.0.0/24 attach-vpc-2 Rejected']);
});

test('what came over one link does not go on over another', () => {
  const state = world('a', 'b', 'c');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  peer(state, ['a', 'b'], 2);
  peer(state, ['b', 'c'], 2);
  expect(table(state, 'b')).toEqual(['10.0.0.0/24 peer-a-b Active']);
  expect(table(state, 'c')).toEqual([]);
});

test('of two links with one block the one from the alphabetically smaller region stands, whichever came first', () => {
  for (const [first, second] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const state = world('a', 'b', 'c');
    vpc(state, `vpc-${first}`, first, '10.0.0.0/24', 1);
    peer(state, [first, 'c'], 2);
    vpc(state, `vpc-${second}`, second, '10.0.0.0/24', 3);
    peer(state, [second, 'c'], 4);
    expect(table(state, 'c')).toEqual(['10.0.0.0/24 peer-a-c Active', '10.0.0.0/24 peer-b-c Candidate']);
  }
});

test('a static route stands before a learned one that came earlier, and is told in its place', () => {
  const state = world('a', 'b');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  vpc(state, 'vpc-2', 'a', '10.1.0.0/24', 1);
  peer(state, ['a', 'b'], 2);
  staticRoute(state, { id: 'rte', tableId: 'vtb-a', destination: '10.0.0.0/24', nextHopId: 'attach-vpc-2' });
  expect(table(state, 'a').slice(0, 2)).toEqual([
    '10.0.0.0/24 attach-vpc-2 Active',
    '10.0.0.0/24 attach-vpc-1 Candidate',
  ]);
  expect(table(state, 'b')[0]).toBe('10.0.0.0/24 peer-a-b Active');
});

test('a static route to the far router leads over the link, and is not told back', () => {
  const state = world('a', 'b');
  peer(state, ['b', 'a'], 1);
  staticRoute(state, { id: 'rte', tableId: 'vtb-a', destination: '10.0.0.0/8', nextHopId: 'peer-b-a' });
  expect(routerTableEntries(state, 'vtb-a')).toMatchObject([{ nextHop: { type: 'TR', id: 'tr-b', region: 'b' } }]);
  expect(table(state, 'b')).toEqual([]);
});

test('a static route over one link stands before a learned one over another, whatever their regions', () => {
  const state = world('a', 'b', 'c');
  vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
  peer(state, ['a', 'c'], 2);
  peer(state, ['b', 'c'], 2);
  staticRoute(state, { id: 'rte', tableId: 'vtb-c', destination: '10.0.0.0/24', nextHopId: 'peer-b-c' });
  expect(table(state, 'c')).toEqual(['10.0.0.0/24 peer-b-c Active', '10.0.0.0/24 peer-a-c Candidate']);
});

test('an attachment that is not attached yet, or no longer, is told nothing of and tells nothing', () => {
  for (const status of ['Attaching', 'Detaching'] as const) {
    const state = world('a');
    vpc(state, 'vpc-1', 'a', '10.0.0.0/24', 1);
    const attachment = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, 'attach-vpc-1')!;
    state.put(VPC_ATTACHMENTS, attachment.id, { ...attachment, status });
    expect(table(state, 'a')).toEqual([]);
  }
});

describe('a VPC does not take', () => {
  const learned = (change: (state: State) => void): string[] => {
    const state = world('a');
    vpc(state, 'vpc-1', 'a', '10.1.0.0/16', 1);
    vpc(state, 'vpc-2', 'a', '10.2.0.0/16', 1);
    change(state);
    return synchronisedEntries(state, 'vtb-vpc-1').map(({ destination }) => destination);
  };

  test('a route as specific as one of its vSwitches, or more so; a less specific one it takes', () => {
    const route = (destination: string) =>
      learned((state) => staticRoute(state, { id: 'rte', tableId: 'vtb-a', destination, nextHopId: 'attach-vpc-2' }));
    expect(route('10.1.0.0/16')).toEqual(['10.2.0.0/16']);
    expect(route('10.1.7.0/24')).toEqual(['10.2.0.0/16']);
    expect(route('10.0.0.0/8')).toEqual(['10.0.0.0/8', '10.2.0.0/16']);
  });

  test('a route to a block that it has an entry for itself, in that table alone', () => {
    const state = world('a');
    vpc(state, 'vpc-1', 'a', '10.1.0.0/16', 1);
    vpc(state, 'vpc-2', 'a', '10.2.0.0/16', 1);
    putTable(state, { id: 'vtb-custom', vpcId: 'vpc-1', type: 'Custom' });
    putEntry(state, { id: 'rte-own', routeTableId: 'vtb-custom', destination: '10.2.0.0/16' });
    expect(synchronisedEntries(state, 'vtb-custom')).toEqual([]);
    expect(synchronisedEntries(state, 'vtb-vpc-1')).toHaveLength(1);
    putEntry(state, { id: 'rte-system', routeTableId: 'vtb-vpc-1', destination: '10.2.0.0/16' });
    expect(conflictsOf(state, 'cen', 'vpc-2', '10.2.0.0/16')).toEqual([
      { destination: '10.2.0.0/16', vpcId: 'vpc-1', region: 'a' },
    ]);
  });

  test('black holes', () => {
    const black = { id: 'rte', tableId: 'vtb-a', destination: '10.9.0.0/16', nextHopType: 'BlackHole' as const };
    expect(learned((state) => staticRoute(state, black))).toEqual(['10.2.0.0/16']);
  });
});
