/** A VPC as the classic actions name it: by CEN, id, region and type. */
import type { JsonObject } from '../../../shared/json';
import { VPCS, type VpcRecord } from '../vpc/records';
import type { Context } from '../world';
import { CHILD_INSTANCES, type ChildInstanceRecord } from './records';
import { refusal } from './refusals';
import { cenTime } from './router-time';

export interface ChildInstanceInput {
  CenId: string;
  ChildInstanceId: string;
  ChildInstanceRegionId: string;
  ChildInstanceType: string;
}

export const childKey = (input: { CenId: string; ChildInstanceId: string }): string =>
  `${input.CenId}/${input.ChildInstanceId}`;

/** The VPC, if it is what and where the request says. */
export function childVpc({ state }: Context, input: ChildInstanceInput): VpcRecord {
  if (input.ChildInstanceType !== 'VPC') throw refusal('ParameterIllegal.ChildInstanceType');
  const vpc = state.get<VpcRecord>(VPCS, input.ChildInstanceId);
  if (!vpc) throw refusal('ParameterInstanceId');
  if (vpc.region !== input.ChildInstanceRegionId) throw refusal('ParameterIllegal.ChildInstanceRegionId');
  return vpc;
}

export function attachedChild({ state }: Context, input: ChildInstanceInput): ChildInstanceRecord {
  const child = state.get<ChildInstanceRecord>(CHILD_INSTANCES, childKey(input));
  if (!child) throw refusal('ParameterInstanceId');
  return child;
}

export const childView = ({ settings }: Context, child: ChildInstanceRecord): JsonObject => ({
  CenId: child.cenId,
  ChildInstanceId: child.instanceId,
  ChildInstanceType: child.instanceType,
  ChildInstanceRegionId: child.region,
  ChildInstanceOwnerId: Number(settings.accountId),
  ChildInstanceAttachTime: cenTime(child.attachedAt),
  Status: child.status,
});
