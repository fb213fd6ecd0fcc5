import { isoSeconds } from '../../../shared/clock';
import { keepRole } from '../ram/lookups';
import { ATTACHMENTS, type AttachmentRecord, attachmentKey, nameKey, ROLES, type RoleRecord } from '../ram/records';
import { roleId } from '../ram/seed-role';
import { roleView } from '../ram/views';
import { ApiError, action } from '../rpc/action';
import { serviceLinkedRole } from './service-linked-roles';

const SESSION_SECONDS = 3_600;

/** Name, trust, policy and description are the service's; none of the roles here takes a suffix. */
export const createServiceLinkedRole = action({
  product: 'resourcemanager',
  name: 'CreateServiceLinkedRole',
  parameters: {
    ServiceName: { type: 'string', required: true },
    CustomSuffix: { type: 'string', maxLength: 64 },
    Description: { type: 'string', maxLength: 1_024 },
  },
  handle: (context, { ServiceName, CustomSuffix, Description }) => {
    const { state, now } = context;
    const definition = serviceLinkedRole(ServiceName);
    if (!definition) throw new ApiError(404, 'EntityNotExist.Service', 'The service does not exist.');
    if (CustomSuffix)
      throw new ApiError(
        400,
        'InvalidParameter.CustomSuffix.NotAllowed',
        'Custom suffix is not allowed for this Service Linked Role.',
      );
    if (Description)
      throw new ApiError(
        400,
        'InvalidParameter.Description.NotAllowed',
        'Custom description is not allowed for default service linked role.',
      );
    const { name, description, policy } = definition;
    if (state.get(ROLES, nameKey(name)))
      throw new ApiError(409, 'EntityAlreadyExists.Role', 'The role already exists.');
    const role: RoleRecord = {
      name,
      id: roleId(context.newId('role-')),
      description,
      trustPolicy: JSON.stringify({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [ServiceName] } }],
        Version: '1',
      }),
      maxSessionSeconds: SESSION_SECONDS,
      tags: [],
      createdAt: now,
      updatedAt: now,
    };
    keepRole(state, role);
    const attached: AttachmentRecord = { roleName: name, policyType: 'System', policyName: policy, attachedAt: now };
    state.put(ATTACHMENTS, attachmentKey(name, 'System', policy), attached);
    const { UpdateDate: _, MaxSessionDuration: __, ...view } = roleView(context, role);
    return { Role: { ...view, CreateDate: isoSeconds(now), IsServiceLinkedRole: true } };
  },
});
