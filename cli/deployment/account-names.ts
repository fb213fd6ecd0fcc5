/** ARNs of what a deployment has in the account, as s.yaml must have them. */
import type { FunctionProps } from './deployment';

/** EventBridge's form; a destination of Function Compute has `/messages` behind it. */
export const deadLetters = ({ region, environmentVariables }: FunctionProps, accountId: string): string =>
  `acs:mns:${region}:${accountId}:/queues/${environmentVariables.TRUNKLINE_DEPLOYMENT}-dead-letters`;

export const bucketArn = ({ region, environmentVariables }: FunctionProps, accountId: string): string =>
  `acs:oss:${region}:${accountId}:${environmentVariables.TRUNKLINE_BUCKET}`;
