import { epochMs, isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { keepSecret, secretOf } from './lookups';
import { SECRET_NAME } from './parameters';
import { SECRETS, secretKey } from './records';

const DAY_MS = 86_400_000;
const DEFAULT_WINDOW_DAYS = 30;

/** At once and for ever where forced; else its name stays taken until the recovery window is over. */
export const deleteSecret = action({
  product: 'kms',
  name: 'DeleteSecret',
  parameters: {
    SecretName: SECRET_NAME,
    ForceDeleteWithoutRecovery: { type: 'string', values: ['true', 'false'] },
    RecoveryWindowInDays: { type: 'integer', minimum: 7, maximum: 30 },
  },
  handle: (context, { SecretName, ForceDeleteWithoutRecovery, RecoveryWindowInDays = DEFAULT_WINDOW_DAYS }) => {
    const secret = secretOf(context, SecretName);
    if (ForceDeleteWithoutRecovery === 'true') {
      context.state.delete(SECRETS, secretKey(context.region, SecretName));
      return { SecretName, PlannedDeleteTime: isoSeconds(context.now) };
    }
    const deletedUntil = context.now + RecoveryWindowInDays * DAY_MS;
    keepSecret(context, { ...secret, deletedUntil });
    return { SecretName, PlannedDeleteTime: isoSeconds(epochMs(deletedUntil)) };
  },
});
