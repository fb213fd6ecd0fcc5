import { createHash } from 'node:crypto';
import { after, durationMs, type EpochMs, isoSeconds } from '../../../shared/clock';
import { parseNewPolicyDocument } from '../authorization/policy-document';
import { type RoleRecord, roleArn } from '../ram/records';
import { findRole, roleNameOf } from '../ram/role-policies';
import { roleTrusts } from '../ram/trust';
import { ApiError, action, type RpcContext } from '../rpc/action';
import type { Caller } from '../world';
import { CREDENTIALS, type CredentialRecord } from './credentials';

const DEFAULT_SECONDS = 3_600;

/** The account's own key may assume its roles here; the service refuses the root's (docs/local-cloud.md). */
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
  handle: (context, { RoleArn, RoleSessionName, DurationSeconds = DEFAULT_SECONDS, Policy }) => {
    const role = trustingRole(context, RoleArn);
    if (DurationSeconds > role.maxSessionSeconds)
      throw new ApiError(400, 'InvalidParameter.DurationSeconds', 'The Max value of DurationSeconds is exceeded.');
    if (Policy !== undefined && !parseNewPolicyDocument(Policy).ok)
      throw new ApiError(400, 'InvalidParameter.PolicyGrammar', 'The parameter Policy has not passed grammar check.');
    const expiresAt = after(context.now, durationMs(DurationSeconds * 1_000));
    const { accountId } = context.settings;
    const credential = issue(context, roleArn(accountId, role.name), expiresAt, Policy);
    return {
      AssumedRoleUser: {
        Arn: `acs:ram::${accountId}:assumed-role/${role.name}/${RoleSessionName}`,
        AssumedRoleId: `${role.id}:${RoleSessionName}`,
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

function trustingRole({ state, settings, caller }: RpcContext, arn: string): RoleRecord {
  const named = roleNameOf(arn);
  if (!named) throw new ApiError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
  const role = named.accountId === settings.accountId ? findRole(state, arn) : undefined;
  if (!role) throw new ApiError(404, 'EntityNotExist.Role', 'The role not exists.');
  if (roleTrusts(state, arn, { ram: namesOf(caller) }) === 'ok') return role;
  throw new ApiError(403, 'NoPermission', 'You are not authorized to do this action. You should be authorized by RAM.');
}

/** Who trusts the account's root trusts every identity in it. */
const namesOf = ({ accountId, roleArn: own }: Caller): string[] => [
  `acs:ram::${accountId}:root`,
  ...(own === null ? [] : [own]),
];

function issue(context: RpcContext, arn: string, expiresAt: EpochMs, policy: string | undefined): CredentialRecord {
  const credential: CredentialRecord = {
    accessKeyId: context.newId('STS.'),
    secret: drawn(context.newId('secret-')),
    securityToken: drawn(context.newId('token-')),
    roleArn: arn,
    accountId: context.settings.accountId,
    expiresAt,
    ...(policy === undefined ? {} : { policy }),
  };
  context.state.put(CREDENTIALS, credential.accessKeyId, credential);
  return credential;
}

/** Drawn from the seed like every id: the same history gives the same keys, which open nothing but this cloud. */
const drawn = (id: string): string => createHash('sha256').update(id).digest('hex');
