import { action } from '../rpc/action';
import { VPCS, type VpcRecord } from '../vpc/records';
import { takeCen } from './cen-lock';
import { unlessDry } from './dry-run';
import { REQUIRED, WRITE } from './parameters';
import { VPC_ATTACHMENTS, type VpcAttachmentRecord } from './records';
import { refusal } from './refusals';
import { settleAfter } from './settle';
import { giveBackZones, takeZones } from './vpc-attachment-zones';
import { wantSettledVpc } from './vpc-readiness';

const ZONE_MAPPINGS = {
  type: 'list',
  items: { type: 'object', fields: { ZoneId: REQUIRED, VSwitchId: REQUIRED } },
} as const;

/** Adds vSwitches and gives others up; one at least must stay, and no zone may be there twice after. */
export const updateTransitRouterVpcAttachmentZones = action({
  product: 'cbn',
  name: 'UpdateTransitRouterVpcAttachmentZones',
  parameters: {
    ...WRITE,
    TransitRouterAttachmentId: REQUIRED,
    AddZoneMappings: ZONE_MAPPINGS,
    RemoveZoneMappings: ZONE_MAPPINGS,
  },
  handle: (context, input) =>
    unlessDry(context, input, () => {
      const { state } = context;
      const key = input.TransitRouterAttachmentId;
      const attachment = state.get<VpcAttachmentRecord>(VPC_ATTACHMENTS, key);
      if (!attachment) throw refusal('InvalidTransitRouterAttachmentId.NotFound');
      takeCen(context, attachment.cenId);
      if (attachment.status !== 'Attached') throw refusal('IncorrectStatus.Attachment');
      const vpc = state.get<VpcRecord>(VPCS, attachment.vpcId);
      if (!vpc) throw refusal('InvalidVpcId.NotFound');
      const added = input.AddZoneMappings ?? [];
      const removed = input.RemoveZoneMappings ?? [];
      if (added.length + removed.length === 0) throw refusal('IllegalParam.ZoneMappings');
      if (added.length > 0) wantSettledVpc(context, vpc);
      const kept = giveBackZones(state, attachment.zones, removed);
      const zones = [...kept, ...(added.length > 0 ? takeZones(context, vpc, added) : [])];
      if (zones.length === 0) throw refusal('IllegalParam.ZoneMappings');
      if (new Set(zones.map(({ zone }) => zone)).size < zones.length) throw refusal('Duplicated.ZoneMapping');
      state.put(VPC_ATTACHMENTS, key, { ...attachment, zones, status: 'Modifying' });
      settleAfter(context, 'vpcModify', { collection: VPC_ATTACHMENTS, key, from: 'Modifying', to: 'Attached' });
      return {};
    }),
});
