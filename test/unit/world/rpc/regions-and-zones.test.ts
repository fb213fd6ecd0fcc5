/** What a client asks first: where there is anything at all. */
import { rpcActions, rpcEffects } from '../../../../local/world/rpc/registry';
import { type RpcOutput, rpcService } from '../../../../local/world/rpc/service';
import { inProcessWorld } from '../../../in-process/in-process-world';

const { serve, caller } = inProcessWorld({ rpc: rpcService(rpcActions, rpcEffects) });
const ask = (product: 'vpc' | 'ecs', version: string, action: string, parameters: Record<string, string> = {}) => {
  const output = serve({ service: 'rpc', caller, input: { product, version, action, parameters } }) as RpcOutput;
  expect(output.status).toBe(200);
  return output.body;
};
const VPC = ['vpc', '2016-04-28'] as const;
const ECS = ['ecs', '2014-05-26'] as const;

test('VPC and ECS name the same 28 regions, each with its own endpoint, and want none named', () => {
  const [network, compute] = [ask(...VPC, 'DescribeRegions'), ask(...ECS, 'DescribeRegions')] as {
    Regions: { Region: Record<string, string>[] };
  }[];
  expect(network!.Regions.Region).toHaveLength(28);
  expect(network!.Regions.Region).toContainEqual({
    RegionId: 'us-east-1',
    LocalName: 'us-east-1',
    RegionEndpoint: 'vpc.us-east-1.aliyuncs.com',
  });
  expect(compute!.Regions.Region).toContainEqual({
    RegionId: 'cn-shanghai',
    LocalName: 'cn-shanghai',
    RegionEndpoint: 'ecs.cn-shanghai.aliyuncs.com',
    Status: 'available',
  });
  const named = ({ Regions }: { Regions: { Region: Record<string, string>[] } }) =>
    Regions.Region.map(({ RegionId }) => RegionId);
  expect(named(network!)).toEqual(named(compute!));
});

test.each([
  ['us-east-1', ['us-east-1a', 'us-east-1b']],
  ['cn-hongkong', ['cn-hongkong-b', 'cn-hongkong-c', 'cn-hongkong-d']],
])('VPC names the zones of %s', (RegionId, zones) => {
  expect(ask(...VPC, 'DescribeZones', { RegionId })).toEqual({
    Zones: { Zone: zones.map((zone) => ({ ZoneId: zone, LocalName: zone, ZoneType: 'AvailabilityZone' })) },
  });
  expect(ask(...VPC, 'DescribeZones', { RegionId, ZoneType: 'EdgeZone' })).toEqual({ Zones: { Zone: [] } });
});
