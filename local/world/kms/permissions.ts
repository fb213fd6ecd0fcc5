/** Resources of the secrets' actions. */
import type { ResourceTable } from '../rpc/permissions';

const SECRET = 'secret/{SecretName}';

export const kmsResources: ResourceTable = {
  CreateSecret: 'secret/*',
  DeleteSecret: SECRET,
  DescribeAccountKmsStatus: '*',
  DescribeSecret: SECRET,
  GetSecretValue: SECRET,
  ListSecretVersionIds: SECRET,
  ListSecrets: 'secret/*',
  PutSecretValue: SECRET,
};
