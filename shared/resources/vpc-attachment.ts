/** A transit router's attachment to a VPC. It writes the router's routes into the VPC only because that is asked for. */
import * as z from 'zod';
import { listVpcAttachments, type VpcAttachmentReading } from '../alicloud/reads/attachments';
import { minutes, seconds } from '../clock';
import type { CloudParameter } from '../engine/cloud';
import type { Observation, ResourceKind } from '../engine/resource-kind';
import type { JsonObject } from '../json';
import type { VpcAttachment } from '../plan/desired';
import { createWithToken } from './create-with-token';
import { absent, present } from './observation';
import { referenced } from './references';
import { tolerate } from './tolerate';
import { wireTagsOf } from './wire-tags';

const stored = z.object({ CenId: z.string(), TransitRouterId: z.string() });
const attachmentAttributes = z.object({
  autoPublishRoute: z.boolean(),
  zones: z.array(z.object({ zone: z.string(), vSwitchId: z.string() })),
});

export const vpcAttachment: ResourceKind<VpcAttachment> = {
  kind: 'vpc-attachment',
  clientToken: true,
  borrows: true,
  // One to five minutes as a rule; Terraform's budget is 42, and its tail was met.
  pollAfter: seconds(10),
  deadline: minutes(60),

  prepare: async ({ desired, references, identity }) => ({
    CenId: referenced(references, desired.cen).cloudId,
    RegionId: desired.region,
    TransitRouterId: referenced(references, desired.router).cloudId,
    VpcId: desired.vpcId,
    ZoneMappings: mappingsOf(desired.zones),
    AutoPublishRouteEnabled: true,
    ChargeType: 'POSTPAY',
    TransitRouterAttachmentName: identity.name,
    Tag: wireTagsOf(identity),
  }),

  find: async ({ desired, parameters, cloud }) => {
    const { CenId, TransitRouterId } = stored.parse(parameters);
    const attachments = await listVpcAttachments(cloud, { CenId, TransitRouterId, VpcId: desired.vpcId });
    return observation(attachments.find(({ VpcId }) => VpcId === desired.vpcId));
  },

  observe: async ({ cloudId, parameters, cloud }) => {
    const { CenId } = stored.parse(parameters);
    const attachments = await listVpcAttachments(cloud, { CenId, TransitRouterAttachmentId: cloudId });
    return observation(attachments.find(({ TransitRouterAttachmentId }) => TransitRouterAttachmentId === cloudId));
  },

  create: async ({ parameters, token, cloud }) => {
    const request = { service: 'cbn', region: null, action: 'CreateTransitRouterVpcAttachment', parameters } as const;
    return createWithToken(cloud, request, token, 'TransitRouterAttachmentId');
  },

  differences: ({ desired, ownership, attributes }) => {
    const change = changeOf(desired, attributes);
    if (change === null) return { kind: 'none' };
    if (ownership === 'ours') return { kind: 'update', reason: change.reason };
    // Its zones are its owner's affair; without its routes in the VPC nothing comes back.
    return attachmentAttributes.parse(attributes).autoPublishRoute
      ? { kind: 'none' }
      : { kind: 'refuse', reason: 'the attachment was there before and does not synchronise routes: turn that on' };
  },

  update: async ({ desired, cloudId, attributes, token, cloud }) => {
    const change = changeOf(desired, attributes);
    if (change === null) return;
    const parameters = { TransitRouterAttachmentId: cloudId, ...change.parameters, ClientToken: token };
    await cloud.call({ service: 'cbn', region: null, action: change.action, parameters });
  },

  remove: ({ cloudId, token, cloud }) => {
    // Without Force: it is refused while something still needs it, and that is wanted.
    const parameters = { TransitRouterAttachmentId: cloudId, ClientToken: token };
    return tolerate(
      'gone',
      cloud.call({ service: 'cbn', region: null, action: 'DeleteTransitRouterVpcAttachment', parameters }),
    );
  },
};

interface Change {
  reason: string;
  action: string;
  parameters: { [name: string]: CloudParameter };
}

function changeOf({ zones }: VpcAttachment, attributes: JsonObject): Change | null {
  const seen = attachmentAttributes.parse(attributes);
  if (!seen.autoPublishRoute)
    return {
      reason: 'turns on route synchronisation',
      action: 'UpdateTransitRouterVpcAttachmentAttribute',
      parameters: { AutoPublishRouteEnabled: true },
    };
  const added = zones.filter(({ vSwitchId }) => seen.zones.every((zone) => zone.vSwitchId !== vSwitchId));
  const removed = seen.zones.filter(({ vSwitchId }) => zones.every((zone) => zone.vSwitchId !== vSwitchId));
  if (added.length === 0 && removed.length === 0) return null;
  return {
    reason: `moves it to ${zones.map(({ vSwitchId }) => vSwitchId).join(' and ')}`,
    action: 'UpdateTransitRouterVpcAttachmentZones',
    parameters: { AddZoneMappings: mappingsOf(added), RemoveZoneMappings: mappingsOf(removed) },
  };
}

const mappingsOf = (zones: VpcAttachment['zones']): { ZoneId: string; VSwitchId: string }[] =>
  zones.map(({ zone, vSwitchId }) => ({ ZoneId: zone, VSwitchId: vSwitchId }));

function observation(attachment: VpcAttachmentReading | undefined): Observation {
  if (!attachment) return absent;
  return present({
    cloudId: attachment.TransitRouterAttachmentId,
    settled: attachment.Status === 'Attached',
    attributes: {
      name: attachment.TransitRouterAttachmentName,
      vpcId: attachment.VpcId,
      autoPublishRoute: attachment.AutoPublishRouteEnabled,
      zones: attachment.ZoneMappings.map(({ ZoneId, VSwitchId }) => ({ zone: ZoneId, vSwitchId: VSwitchId })),
    },
  });
}
