/**
 * The key with which a ticketing system signs, and its place. It is made once, of chance, and never shown: the
 * operator reads it from KMS, and writes there where the system is called back.
 */
import * as z from 'zod';
import { type Cloud, cloudErrorOf } from '../../shared/engine/cloud';
import { TrunklineError } from '../../shared/errors';
import { systemSecret } from '../../shared/tickets/ticket-system';
import type { Target } from '../connection';
import type { Found, Item } from './item';

/** Which system it is for is the operator's to say; others are registered beside it. */
const SYSTEM = 'default';

/** The time is empty where nobody has asked for the deletion. */
const answerSchema = z.object({ PlannedDeleteTime: z.string().default('') });

export function webhookSecretItem({ region, deployment }: Target, cloud: Cloud, randomKey: () => string): Item {
  const name = systemSecret(deployment, SYSTEM);
  const kms = (action: string, parameters: Record<string, string>): Promise<unknown> =>
    cloud.call({ service: 'kms', region, action, parameters });
  const look = async (): Promise<Found> => {
    try {
      const { PlannedDeleteTime } = answerSchema.parse(await kms('DescribeSecret', { SecretName: name }));
      return PlannedDeleteTime === '' ? 'there' : 'different';
    } catch (error) {
      if (cloudErrorOf(error)?.code === 'Forbidden.ResourceNotFound') return 'absent';
      throw error;
    }
  };
  return {
    kind: 'secret',
    name,
    look,
    make: async () => {
      if ((await look()) === 'different')
        throw new TrunklineError(
          'InputInvalid',
          `the secret ${name} waits for its deletion, and nobody reads it: restore it in KMS, or delete it there at once`,
        );
      const secret = JSON.stringify({ keys: [randomKey()], callback: null });
      await kms('CreateSecret', { SecretName: name, VersionId: 'v1', SecretData: secret });
    },
    // At once: a secret that waits for its deletion keeps its name.
    remove: async () => {
      if ((await look()) !== 'absent')
        await kms('DeleteSecret', { SecretName: name, ForceDeleteWithoutRecovery: 'true' });
    },
  };
}
