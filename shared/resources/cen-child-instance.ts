/** Basic edition: a VPC attached to the CEN instance. A VPC belongs to one such instance. */
import * as z from 'zod';
import { listChildInstances } from '../alicloud/reads/cens';
import { readVpc } from '../alicloud/reads/vpcs';
import { minutes, seconds } from '../clock';
import type { Cloud } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { CenChildInstance } from '../plan/desired';
import { absent, present } from './observation';
import { referenced } from './references';
import { refusal } from './refusal';
import { tolerate } from './tolerate';

const stored = z.object({ CenId: z.string() });

export const cenChildInstance: ResourceKind<CenChildInstance> = {
  kind: 'cen-child-instance',
  clientToken: false,
  borrows: true,
  // About half a minute.
  pollAfter: seconds(10),
  deadline: minutes(30),

  prepare: async ({ desired, references, cloud }) => {
    const cenId = referenced(references, desired.cen).cloudId;
    await refuseIfElsewhere(cloud, desired, cenId);
    return {
      CenId: cenId,
      ChildInstanceId: desired.vpcId,
      ChildInstanceType: 'VPC',
      ChildInstanceRegionId: desired.region,
    };
  },

  find: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  observe: ({ desired, parameters, cloud }) => observation(desired, parameters, cloud),

  create: async ({ desired, parameters, cloud }) => {
    await cloud.call({ service: 'cbn', region: null, action: 'AttachCenChildInstance', parameters });
    return { cloudId: `${stored.parse(parameters).CenId}/${desired.vpcId}` };
  },

  differences: () => ({ kind: 'none' }),

  update: async () => undefined,

  remove: ({ parameters, cloud }) =>
    tolerate('gone', cloud.call({ service: 'cbn', region: null, action: 'DetachCenChildInstance', parameters })),
};

/** The attach call would say "exists", and looking in our instance would never find it. */
async function refuseIfElsewhere(cloud: Cloud, { region, vpcId }: CenChildInstance, cenId: string): Promise<void> {
  const vpc = await readVpc(cloud, region, vpcId);
  const other = vpc?.AssociatedCens.AssociatedCen.find(({ CenId }) => CenId !== cenId);
  if (!other) return;
  const message = `${vpcId} is attached to ${other.CenId}: name that CEN instance in the file, or detach it there`;
  throw refusal('vpc', 'DescribeVpcAttribute', 'VpcInAnotherCen', message);
}

async function observation(
  { region, vpcId }: CenChildInstance,
  parameters: JsonObject,
  cloud: Cloud,
): Promise<Observation> {
  const { CenId } = stored.parse(parameters);
  const instances = await listChildInstances(cloud, { CenId, ChildInstanceRegionId: region });
  const instance = instances.find(({ ChildInstanceId }) => ChildInstanceId === vpcId);
  if (!instance) return absent;
  return present({
    cloudId: `${CenId}/${vpcId}`,
    settled: instance.Status.toLowerCase() === 'attached',
    attributes: { vpcId },
  });
}
