/** A basic CEN writes into every attached VPC's system table by itself. */
import { CHILD_INSTANCES, type ChildInstanceRecord } from '../../../../local/world/cbn/records';
import { cenRegionEntries } from '../../../../local/world/routing/cen-region-entries';
import { synchronisedEntries } from '../../../../local/world/routing/derived-routes';
import { State } from '../../../../local/world/state';
import { putEntry, putTable, putVpc, putVSwitch } from '../cbn/local-cen';

function attached(...vpcs: [id: string, region: string, block: string][]): State {
  const state = new State();
  for (const [at, [id, region, cidr]] of vpcs.entries()) {
    putVpc(state, { id, region, cidr });
    putVSwitch(state, { id: `vsw-${id}`, vpcId: id, zone: `${region}-a`, cidr });
    const child: ChildInstanceRecord = {
      cenId: 'cen',
      instanceId: id,
      instanceType: 'VPC',
      region,
      status: 'Attached',
      attachedAt: at,
    };
    state.put(CHILD_INSTANCES, `cen/${id}`, child);
  }
  return state;
}
const learned = (state: State, tableId: string): string[] =>
  synchronisedEntries(state, tableId).map(({ destination }) => destination);

test('every other VPC’s routes stand in the system table, with where they come from', () => {
  const state = attached(['vpc-1', 'us-east-1', '10.1.0.0/16'], ['vpc-2', 'cn-shanghai', '10.2.0.0/16']);
  expect(synchronisedEntries(state, 'vtb-vpc-1')).toEqual([
    {
      id: expect.stringMatching(/^rte-/),
      destination: '10.2.0.0/16',
      nextHopType: 'VPC',
      nextHopId: 'vpc-2',
      nextHopRegion: 'cn-shanghai',
      type: 'CEN',
      status: 'Available',
      serviceType: null,
      name: '',
      description: '',
    },
  ]);
});

test('one destination asked for is one destination answered', () => {
  const state = attached(
    ['vpc-1', 'us-east-1', '10.1.0.0/16'],
    ['vpc-2', 'cn-shanghai', '10.2.0.0/16'],
    ['vpc-3', 'eu-west-1', '10.3.0.0/16'],
  );
  const asked = synchronisedEntries(state, 'vtb-vpc-1', '10.3.0.0/16');
  expect(asked.map(({ destination }) => destination)).toEqual(['10.3.0.0/16']);
});

test('custom tables have none, whatever they say of propagation', () => {
  const state = attached(['vpc-1', 'us-east-1', '10.1.0.0/16'], ['vpc-2', 'cn-shanghai', '10.2.0.0/16']);
  putTable(state, { id: 'vtb-custom', vpcId: 'vpc-1', type: 'Custom' });
  expect(learned(state, 'vtb-custom')).toEqual([]);
});

test('a VPC that is still being attached neither tells nor learns', () => {
  const state = attached(['vpc-1', 'us-east-1', '10.1.0.0/16'], ['vpc-2', 'cn-shanghai', '10.2.0.0/16']);
  const child = state.get<ChildInstanceRecord>(CHILD_INSTANCES, 'cen/vpc-2')!;
  state.put(CHILD_INSTANCES, 'cen/vpc-2', { ...child, status: 'Attaching' });
  expect([learned(state, 'vtb-vpc-1'), learned(state, 'vtb-vpc-2')]).toEqual([[], []]);
  expect(cenRegionEntries(state, 'cen', 'cn-shanghai')).toEqual([]);
});

test('of equal blocks the earlier VPC’s stands everywhere; neither VPC takes the other’s', () => {
  const state = attached(
    ['vpc-1', 'us-east-1', '10.1.0.0/16'],
    ['vpc-2', 'cn-shanghai', '10.1.0.0/16'],
    ['vpc-3', 'eu-west-1', '10.3.0.0/16'],
  );
  expect(cenRegionEntries(state, 'cen', 'eu-west-1').map(({ vpcId, status }) => `${vpcId} ${status}`)).toEqual([
    'vpc-1 Active',
    'vpc-2 Rejected',
    'vpc-3 Active',
  ]);
  expect(synchronisedEntries(state, 'vtb-vpc-3').map(({ nextHopId }) => nextHopId)).toEqual(['vpc-1']);
  expect(learned(state, 'vtb-vpc-2')).toEqual(['10.3.0.0/16']);
});

test('an entry of its own blocks the learned one', () => {
  const state = attached(['vpc-1', 'us-east-1', '10.1.0.0/16'], ['vpc-2', 'cn-shanghai', '10.2.0.0/16']);
  putEntry(state, { id: 'rte', routeTableId: 'vtb-vpc-1', destination: '10.2.0.0/16' });
  expect(learned(state, 'vtb-vpc-1')).toEqual([]);
});
