import type { Action } from '../rpc/action';
import { createSecret } from './create-secret';
import { deleteSecret } from './delete-secret';
import { describeAccountKmsStatus } from './describe-account-kms-status';
import { describeSecret } from './describe-secret';
import { getSecretValue } from './get-secret-value';
import { listSecretVersionIds } from './list-secret-version-ids';
import { listSecrets } from './list-secrets';
import { putSecretValue } from './put-secret-value';

export const kmsActions: readonly Action[] = [
  createSecret,
  deleteSecret,
  describeAccountKmsStatus,
  describeSecret,
  getSecretValue,
  listSecretVersionIds,
  listSecrets,
  putSecretValue,
];
