/** The CENs that a VPC belongs to, in either edition. */
import { CHILD_INSTANCES, type ChildInstanceRecord, VPC_ATTACHMENTS, type VpcAttachmentRecord } from '../cbn/records';
import type { State } from '../state';

interface AttachedCen {
  cenId: string;
  status: string;
}

export const attachedCens = (state: State, vpcId: string): AttachedCen[] => [
  ...state
    .values<ChildInstanceRecord>(CHILD_INSTANCES)
    .filter(({ instanceId }) => instanceId === vpcId)
    .map(({ cenId, status }) => ({ cenId, status })),
  ...state
    .values<VpcAttachmentRecord>(VPC_ATTACHMENTS)
    .filter((attachment) => attachment.vpcId === vpcId)
    .map(({ cenId, status }) => ({ cenId, status })),
];
