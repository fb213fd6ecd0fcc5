/** Names and ARNs of what a deployment has in the account, as s.yaml must have them. */
import { ROLES, type RoleDefinition } from '../../functions/permissions';
import type { FunctionProps } from './deployment';

/** EventBridge's form; a destination of Function Compute has `/messages` behind it. */
export const deadLetters = ({ region, environmentVariables }: FunctionProps, accountId: string): string =>
  `acs:mns:${region}:${accountId}:/queues/${environmentVariables.TRUNKLINE_DEPLOYMENT}-dead-letters`;

export const bucketArn = ({ region, environmentVariables }: FunctionProps, accountId: string): string =>
  `acs:oss:${region}:${accountId}:${environmentVariables.TRUNKLINE_BUCKET}`;

/** Null where functions/permissions.ts has no such role, or another service takes it on: bootstrap would not make it. */
export function roleName(props: FunctionProps, name: string, trusts: RoleDefinition['trusts']): string | null {
  const role = ROLES.find((one) => one.name === name && one.trusts === trusts);
  return role ? `${props.environmentVariables.TRUNKLINE_DEPLOYMENT}-${role.name}` : null;
}
