import { systemTableOf } from '../alicloud/reads/route-tables';
import type { Cloud } from '../engine/cloud';
import { refusal } from './refusal';

/** The id of the one table that published routes reach. */
export async function requiredSystemTable(cloud: Cloud, region: string, vpcId: string): Promise<string> {
  const id = await systemTableOf(cloud, region, vpcId);
  if (id !== null) return id;
  throw refusal('vpc', 'DescribeRouteTableList', 'VpcMissing', `there is no VPC ${vpcId} in ${region}`);
}
