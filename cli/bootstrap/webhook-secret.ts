/**
 * The key with which a ticketing system signs, and its place. It is made once, of chance, and never shown: the
 * operator reads it from KMS, and writes there where the system is called back.
 */
import { type Cloud, cloudErrorOf } from '../../shared/engine/cloud';
import { systemSecret } from '../../shared/tickets/ticket-system';
import type { Target } from '../connection';
import type { Item } from './item';

/** Which system it is for is the operator's to say; others are registered beside it. */
const SYSTEM = 'default';

export function webhookSecretItem({ region, deployment }: Target, cloud: Cloud, randomKey: () => string): Item {
  const name = systemSecret(deployment, SYSTEM);
  const kms = (action: string, parameters: Record<string, string>): Promise<unknown> =>
    cloud.call({ service: 'kms', region, action, parameters });
  const isThere = async (): Promise<boolean> => {
    try {
      await kms('DescribeSecret', { SecretName: name });
      return true;
    } catch (error) {
      if (cloudErrorOf(error)?.code === 'Forbidden.ResourceNotFound') return false;
      throw error;
    }
  };
  return {
    kind: 'secret',
    name,
    look: async () => ((await isThere()) ? 'there' : 'absent'),
    make: async () => {
      const secret = JSON.stringify({ keys: [randomKey()], callback: null });
      await kms('CreateSecret', { SecretName: name, VersionId: 'v1', SecretData: secret });
    },
    // At once: a secret that waits for its deletion keeps its name.
    remove: async () => {
      if (await isThere()) await kms('DeleteSecret', { SecretName: name, ForceDeleteWithoutRecovery: 'true' });
    },
  };
}
