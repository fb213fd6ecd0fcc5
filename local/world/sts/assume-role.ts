import { createHash } from 'node:crypto';
import { after, durationMs, isoSeconds } from '../../../shared/clock';
import { ApiError, action } from '../rpc/action';
import { CREDENTIALS, type CredentialRecord } from './credentials';
import { hasRole } from './roles';

const ROLE_ARN = /^acs:ram::(\d{16}):role\/([A-Za-z0-9.@_-]{1,64})$/;
const DEFAULT_SECONDS = 3_600;

/** Whoever has a key of the account may assume its roles here; the service refuses the root's (docs/local-cloud.md). */
export const assumeRole = action({
  product: 'sts',
  name: 'AssumeRole',
  parameters: {
    RoleArn: { type: 'string', required: true },
    RoleSessionName: { type: 'string', required: true, pattern: /^[A-Za-z0-9.@_-]{2,64}$/ },
    DurationSeconds: { type: 'integer', minimum: 900, maximum: 43_200 },
    Policy: { type: 'string', maxLength: 2_048 },
    ExternalId: { type: 'string', maxLength: 1_224 },
    SourceIdentity: { type: 'string' },
  },
  handle: (context, { RoleArn, RoleSessionName, DurationSeconds = DEFAULT_SECONDS }) => {
    const [, accountId, role] = ROLE_ARN.exec(RoleArn) ?? [];
    if (!accountId || !role)
      throw new ApiError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
    if (accountId !== context.settings.accountId || !hasRole(context.state, role))
      throw new ApiError(404, 'EntityNotExist.Role', 'The role not exists.');
    const expiresAt = after(context.now, durationMs(DurationSeconds * 1_000));
    const credential: CredentialRecord = {
      accessKeyId: context.newId('STS.'),
      secret: drawn(context.newId('secret-')),
      securityToken: drawn(context.newId('token-')),
      roleArn: RoleArn,
      accountId,
      expiresAt,
    };
    context.state.put(CREDENTIALS, credential.accessKeyId, credential);
    return {
      AssumedRoleUser: {
        Arn: `acs:ram::${accountId}:assumed-role/${role}/${RoleSessionName}`,
        AssumedRoleId: `${role}:${RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: credential.accessKeyId,
        AccessKeySecret: credential.secret,
        SecurityToken: credential.securityToken,
        Expiration: isoSeconds(expiresAt),
      },
    };
  },
});

/** Drawn from the seed like every id: the same history gives the same keys, which open nothing but this cloud. */
const drawn = (id: string): string => createHash('sha256').update(id).digest('hex');
