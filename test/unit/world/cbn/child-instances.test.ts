import { VPN_GATEWAYS } from '../../../../local/world/vpc/records';
import type { JsonObject } from '../../../../shared/json';
import {
  child,
  type LocalCen,
  localCen,
  only,
  openService,
  pick,
  putBasicCen,
  putEntry,
  putVpc,
  withTwoVpcs,
} from './local-cen';

const basic = (): LocalCen => {
  const cen = withTwoVpcs(localCen());
  putBasicCen(cen.state, 'cen-basic');
  return cen;
};
const FIRST = child('cen-basic', 'vpc-1', 'us-east-1');
const attached = (cen: LocalCen): unknown =>
  (cen.call('DescribeCenAttachedChildInstances', { CenId: 'cen-basic' })['ChildInstances'] as JsonObject)[
    'ChildInstance'
  ];

test('a VPC is being attached for half a minute, then attached, and shows what it is', () => {
  const cen = basic();
  cen.call('AttachCenChildInstance', FIRST);
  expect(attached(cen)).toEqual([
    {
      ...FIRST,
      ChildInstanceOwnerId: 1234567890123456,
      ChildInstanceAttachTime: '2026-11-22T00:00:00Z',
      Status: 'Attaching',
    },
  ]);
  cen.wait(30);
  expect(cen.call('DescribeCenAttachedChildInstanceAttribute', FIRST)).toEqual({
    ...FIRST,
    ChildInstanceOwnerId: 1234567890123456,
    ChildInstanceAttachTime: '2026-11-22T00:00:00Z',
    Status: 'Attached',
    ChildInstanceName: 'vpc-1',
    Ipv6StatusInCen: 'Disabled',
    ChildInstanceAttributes: {
      CidrBlock: '192.168.0.0/16',
      Ipv6CidrBlock: '',
      SecondaryCidrBlocks: { secondaryCidrBlock: [] },
      Ipv6CidrBlocks: { ipv6CidrBlock: [] },
    },
    ChildInstanceRouteTables: {
      ChildInstanceRouteTable: [
        { RouteTableId: 'vtb-vpc-1', RouteTableType: 'System' },
        { RouteTableId: 'vtb-vpc-1-custom', RouteTableType: 'Custom' },
      ],
    },
  });
});

test('the first VPC of a region brings its basic router, by which the edition is told', () => {
  const cen = basic();
  cen.settled('AttachCenChildInstance', FIRST);
  cen.settled('AttachCenChildInstance', child('cen-basic', 'vpc-2', 'cn-shanghai'));
  expect(pick(cen.call('ListTransitRouters', { CenId: 'cen-basic' })['TransitRouters'], 'RegionId', 'Type')).toEqual([
    'us-east-1 Basic',
    'cn-shanghai Basic',
  ]);
});

test('lists narrow by region and type, and keep their container when empty', () => {
  const cen = basic();
  cen.settled('AttachCenChildInstance', FIRST);
  const list = (input: JsonObject) =>
    cen.call('DescribeCenAttachedChildInstances', { CenId: 'cen-basic', ...input })['ChildInstances'];
  expect(list({ ChildInstanceRegionId: 'us-east-1', ChildInstanceType: 'VPC' })).toMatchObject({
    ChildInstance: [{ ChildInstanceId: 'vpc-1' }],
  });
  expect(list({ ChildInstanceRegionId: 'cn-shanghai' })).toEqual({ ChildInstance: [] });
  expect(list({ ChildInstanceType: 'VBR' })).toEqual({ ChildInstance: [] });
});

test('a detached VPC is detaching for a while, and gone then', () => {
  const cen = basic();
  cen.settled('AttachCenChildInstance', FIRST);
  cen.call('DetachCenChildInstance', FIRST);
  expect(attached(cen)).toMatchObject([{ Status: 'Detaching' }]);
  cen.wait(30);
  expect(attached(cen)).toEqual([]);
  expect(cen.refused('DetachCenChildInstance', FIRST)).toEqual({ status: 404, code: 'ParameterInstanceId' });
});

interface Refusal {
  reason: string;
  given?: (cen: LocalCen) => void;
  input?: JsonObject;
  code: string;
}

const REFUSALS: Refusal[] = [
  { reason: 'no such CEN', input: child('cen-none', 'vpc-1', 'us-east-1'), code: 'ParameterCenInstanceId' },
  { reason: 'no such VPC', input: child('cen-basic', 'vpc-none', 'us-east-1'), code: 'ParameterInstanceId' },
  {
    reason: 'the VPC is elsewhere',
    input: child('cen-basic', 'vpc-1', 'cn-shanghai'),
    code: 'ParameterIllegal.ChildInstanceRegionId',
  },
  {
    reason: 'only VPCs are modelled',
    input: { ...FIRST, ChildInstanceType: 'VBR' },
    code: 'ParameterIllegal.ChildInstanceType',
  },
  {
    reason: 'attached already, to this CEN',
    given: (cen) => cen.settled('AttachCenChildInstance', FIRST),
    code: 'InvalidOperation.ChildInstanceAlreadyAttached',
  },
  {
    reason: 'attached already, to another CEN',
    given: (cen) => {
      putBasicCen(cen.state, 'cen-other');
      cen.settled('AttachCenChildInstance', child('cen-other', 'vpc-1', 'us-east-1'));
    },
    code: 'InvalidOperation.ChildInstanceAlreadyAttached',
  },
  {
    reason: 'an entry of its tables is still on its way',
    given: (cen) =>
      putEntry(cen.state, { id: 'rte', routeTableId: 'vtb-vpc-1', destination: '10.0.0.0/8', status: 'Pending' }),
    code: 'IncorrectStatus.VpcRouteTable',
  },
  {
    reason: 'a transit router synchronises its routes',
    given: (cen) => {
      openService(cen.state, 'transit-router');
      const { CenId } = cen.settled('CreateCen');
      const { TransitRouterId } = cen.settled('CreateTransitRouter', { CenId: CenId!, RegionId: 'us-east-1' });
      cen.settled('CreateTransitRouterVpcAttachment', {
        TransitRouterId: TransitRouterId!,
        VpcId: 'vpc-1',
        ZoneMappings: [{ ZoneId: 'us-east-1a', VSwitchId: 'vsw-1a' }],
        AutoPublishRouteEnabled: true,
      });
    },
    code: 'InvalidOperation.CenAlreadyAutoPubilshRouteToInstance',
  },
];

test.each(REFUSALS)('attaching is refused as $code: $reason', ({ given, input, code }) => {
  const cen = basic();
  given?.(cen);
  expect(cen.refused('AttachCenChildInstance', input ?? FIRST).code).toBe(code);
});

test('a CEN made today is of the enterprise edition, and takes no basic attachment', () => {
  const cen = basic();
  const { CenId } = cen.settled('CreateCen');
  expect(cen.refused('AttachCenChildInstance', { ...FIRST, CenId: CenId! })).toEqual({
    status: 400,
    code: 'OperationFailed.InvalidTransitRouter',
  });
});

test('a VPC that is still being attached cannot be detached', () => {
  const cen = basic();
  cen.call('AttachCenChildInstance', FIRST);
  cen.wait(5);
  expect(cen.refused('DetachCenChildInstance', FIRST)).toEqual({
    status: 409,
    code: 'InvalidOperation.ChildInstanceStatus',
  });
});

test('a gateway that propagates by itself is no obstacle to the basic edition', () => {
  const cen = basic();
  cen.state.put(VPN_GATEWAYS, 'vpn-1', { id: 'vpn-1', vpcId: 'vpc-1', autoPropagate: true });
  cen.settled('AttachCenChildInstance', FIRST);
});

test.each([
  ['childInstancesPerRegion', 1, 'us-east-1', 'QuotaExceeded.ChildInstanceCountExceeded'],
  ['regionsPerCen', 1, 'eu-west-1', 'QuotaExceeded.CenRegionCountExceeded'],
])('the quota %s of %i is kept', (quota, limit, region, code) => {
  const cen = withTwoVpcs(localCen({ quotas: { [quota]: limit } }));
  putBasicCen(cen.state, 'cen-basic');
  putVpc(cen.state, { id: 'vpc-3', region, cidr: '10.0.0.0/16' });
  cen.settled('AttachCenChildInstance', FIRST);
  expect(cen.refused('AttachCenChildInstance', child('cen-basic', 'vpc-3', region)).code).toBe(code);
});

test('the attribute of what is not attached is not found', () => {
  expect(basic().refused('DescribeCenAttachedChildInstanceAttribute', FIRST)).toEqual({
    status: 404,
    code: 'ParameterInstanceId',
  });
  expect(basic().refused('DescribeCenAttachedChildInstances', { CenId: 'cen-none' }).code).toBe(
    'ParameterCenInstanceId',
  );
  expect(only(basic().call('DescribeCens'), 'Cens', 'Cen')['CenId']).toBe('cen-basic');
});
