/** Finding a secret, or refusing it in the service's words. Codes: facts, network-apis section 7. */
import { ApiError, type RpcContext } from '../rpc/action';
import { SECRETS, type SecretRecord, type SecretVersion, secretKey } from './records';

export const missingSecret = (): ApiError => new ApiError(404, 'Forbidden.ResourceNotFound', 'Resource not found.');

/** One that is there and not waiting for its deletion. */
export function secretOf({ state, region, now }: RpcContext, name: string): SecretRecord {
  const secret = state.get<SecretRecord>(SECRETS, secretKey(region, name));
  if (!secret || (secret.deletedUntil !== null && secret.deletedUntil <= now)) throw missingSecret();
  if (secret.deletedUntil !== null)
    throw new ApiError(409, 'Rejected.ResourceInDeletion', 'The resource is scheduled for deletion.');
  return secret;
}

export const keepSecret = ({ state }: RpcContext, secret: SecretRecord): void =>
  state.put(SECRETS, secretKey(secret.region, secret.name), secret);

/** The new version becomes ACSCurrent, the one before ACSPrevious: that is what makes a rotation reversible. */
export function promoted(versions: readonly SecretVersion[], next: SecretVersion): SecretVersion[] {
  const demoted = versions.map((version) => ({
    ...version,
    stages: version.stages.includes('ACSCurrent')
      ? [...version.stages.filter((stage) => stage !== 'ACSCurrent'), 'ACSPrevious']
      : version.stages.filter((stage) => stage !== 'ACSPrevious'),
  }));
  return [...demoted, next].slice(-MOST_VERSIONS);
}

const MOST_VERSIONS = 10;

export const arnOf = ({ settings, region }: RpcContext, name: string): string =>
  `acs:kms:${region}:${settings.accountId}:secret/${name}`;
