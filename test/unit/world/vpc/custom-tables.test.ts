/** Tables that a client makes, and vSwitches that look them up. */
import type { JsonObject } from '../../../../shared/json';
import { type LocalVpn, list, localVpn } from './local-vpn';

const tableOf = (vpn: LocalVpn, RouteTableId: string): JsonObject | undefined =>
  list(vpn.call('DescribeRouteTableList', { RouteTableId }), 'RouterTableList', 'RouterTableListType')[0];
const vSwitchOf = (vpn: LocalVpn, VSwitchId: string): JsonObject =>
  vpn.call('DescribeVSwitchAttributes', { VSwitchId });

function made(vpn: LocalVpn, VpcId = 'vpc-1'): string {
  const { RouteTableId } = vpn.call('CreateRouteTable', { VpcId });
  vpn.wait(3);
  return RouteTableId as string;
}

test('a table is creating, then available, with its name, its description and its tags', () => {
  const vpn = localVpn();
  const said = { RouteTableName: 'apps', Description: 'd', Tag: [{ Key: 'k', Value: 'v' }] };
  const { RouteTableId } = vpn.call('CreateRouteTable', { VpcId: 'vpc-1', ...said });
  expect(tableOf(vpn, RouteTableId as string)).toMatchObject({ Status: 'Creating', RouteTableType: 'Custom' });
  expect(vpn.refused('DeleteRouteTable', { RouteTableId: RouteTableId! })).toBe('400 IncorrectRouteTableStatus');
  const route = { RouteTableId: RouteTableId!, DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' };
  expect(vpn.refused('CreateRouteEntry', route)).toBe('400 IncorrectRouteTableStatus');
  vpn.wait(3);
  expect(tableOf(vpn, RouteTableId as string)).toMatchObject({
    Status: 'Available',
    RouteTableName: 'apps',
    Description: 'd',
    Tags: { Tag: [{ Key: 'k', Value: 'v' }] },
    VSwitchIds: { VSwitchId: [] },
  });
  vpn.call('CreateRouteEntry', route);
});

test('a vSwitch is bound to it, and back to the system table, pending for a moment each time', () => {
  const vpn = localVpn();
  const RouteTableId = made(vpn);
  const both = { RouteTableId, VSwitchId: 'vsw-1a' };
  vpn.call('AssociateRouteTable', both);
  expect(vSwitchOf(vpn, 'vsw-1a')).toMatchObject({
    Status: 'Pending',
    RouteTable: { RouteTableId, RouteTableType: 'Custom' },
  });
  expect(vpn.refused('AssociateRouteTable', { RouteTableId, VSwitchId: 'vsw-1b' })).toBe('400 IncorrectVSwitchStatus');
  vpn.wait(3);
  expect(tableOf(vpn, RouteTableId)).toMatchObject({ VSwitchIds: { VSwitchId: ['vsw-1a'] } });
  expect(vpn.refused('DeleteRouteTable', { RouteTableId })).toBe('400 DependencyViolation.VSwitch');
  vpn.call('UnassociateRouteTable', both);
  vpn.wait(3);
  expect(vSwitchOf(vpn, 'vsw-1a')).toMatchObject({ Status: 'Available', RouteTable: { RouteTableId: 'vtb-vpc-1' } });
  expect(vpn.refused('UnassociateRouteTable', both)).toBe('404 InvalidAssociation.NotFound');
});

test('it goes when it holds no route that somebody made', () => {
  const vpn = localVpn();
  const RouteTableId = made(vpn);
  const route = { RouteTableId, DestinationCidrBlock: '10.9.0.0/16', NextHopId: 'i-1' };
  const { RouteEntryId } = vpn.settled('CreateRouteEntry', route);
  expect(vpn.refused('DeleteRouteTable', { RouteTableId })).toBe('400 IncorrectRouteTableStatus.RouteEntryExist');
  vpn.settled('DeleteRouteEntry', { RouteEntryId: RouteEntryId! });
  vpn.call('DeleteRouteTable', { RouteTableId });
  expect(tableOf(vpn, RouteTableId)).toMatchObject({ Status: 'Deleting' });
  expect(vpn.refused('AssociateRouteTable', { RouteTableId, VSwitchId: 'vsw-1a' })).toBe(
    '400 IncorrectRouteTableStatus',
  );
  vpn.wait(3);
  expect(tableOf(vpn, RouteTableId)).toBeUndefined();
});

test.each<[why: string, action: string, input: JsonObject, answer: string]>([
  ['no VPC', 'CreateRouteTable', { VpcId: 'vpc-9' }, '404 InvalidVpcId.NotFound'],
  ['a gateway’s', 'CreateRouteTable', { AssociateType: 'Gateway' }, '400 OperationUnsupported.GatewayRouteTable'],
  ['one more than the quota', 'CreateRouteTable', {}, '400 QuotaExceeded.RouteTable'],
  ['the system table', 'DeleteRouteTable', { RouteTableId: 'vtb-vpc-1' }, '400 IncorrectRouteTableType'],
  ['the system table', 'AssociateRouteTable', { RouteTableId: 'vtb-vpc-1' }, '400 IncorrectRouteTableType'],
  ['no table', 'UnassociateRouteTable', { RouteTableId: 'vtb-9' }, '404 InvalidRouteTableId.NotFound'],
  ['another VPC’s vSwitch', 'AssociateRouteTable', { VSwitchId: 'vsw-2b' }, '404 InvalidVSwitchId.NotFound'],
])('%s is refused to %s', (_, action, input, answer) => {
  const vpn = localVpn({ quotas: { customTablesPerVpc: 1 } });
  const RouteTableId = made(vpn);
  const wish = action === 'CreateRouteTable' ? { VpcId: 'vpc-1' } : { RouteTableId };
  const bound = action.includes('ssociate') ? { VSwitchId: 'vsw-1a' } : {};
  expect(vpn.refused(action, { ...wish, ...bound, ...input })).toBe(answer);
});

test('a VPC goes after its custom tables', () => {
  const vpn = localVpn();
  const VpcId = vpn.settled('CreateVpc', { CidrBlock: '10.8.0.0/16' })['VpcId'] as string;
  const RouteTableId = made(vpn, VpcId);
  expect(vpn.refused('DeleteVpc', { VpcId })).toBe('400 DependencyViolation.RouteTable');
  vpn.settled('DeleteRouteTable', { RouteTableId });
  vpn.settled('DeleteVpc', { VpcId });
  expect(vpn.refused('DescribeVpcAttribute', { VpcId })).toBe('404 InvalidVpcId.NotFound');
});
