/** Finding a secret, or refusing it in the service's words. Codes: facts, network-apis section 7. */
import { ApiError, type RpcContext } from '../rpc/action';
import { SECRETS, type SecretRecord, type SecretVersion, secretKey } from './records';

export const missingSecret = (): ApiError => new ApiError(404, 'Forbidden.ResourceNotFound', 'Resource not found.');

/** One that is there, be it that it waits for its deletion. */
export function standingSecret({ state, region, now }: RpcContext, name: string): SecretRecord {
  const secret = state.get<SecretRecord>(SECRETS, secretKey(region, name));
  if (!secret || (secret.deletedUntil !== null && secret.deletedUntil <= now)) throw missingSecret();
  return secret;
}

/** One that is there and not waiting for its deletion. */
export function secretOf(context: RpcContext, name: string): SecretRecord {
  const secret = standingSecret(context, name);
  if (secret.deletedUntil !== null)
    throw new ApiError(409, 'Rejected.ResourceInDeletion', 'The resource is scheduled for deletion.');
  return secret;
}

export const keepSecret = ({ state }: RpcContext, secret: SecretRecord): void =>
  state.put(SECRETS, secretKey(secret.region, secret.name), secret);

const MOST_VERSIONS = 10;
const CURRENT = 'ACSCurrent';
const PREVIOUS = 'ACSPrevious';

/**
 * With a new version; a stage belongs to one version, so what the new one takes the others lose. The version that
 * loses ACSCurrent becomes ACSPrevious: that is what makes a rotation reversible.
 */
export function withVersion(versions: readonly SecretVersion[], next: SecretVersion): SecretVersion[] {
  const rotates = next.stages.includes(CURRENT);
  const kept = versions.map((version) => {
    const left = version.stages.filter((stage) => !next.stages.includes(stage) && !(rotates && stage === PREVIOUS));
    return { ...version, stages: rotates && version.stages.includes(CURRENT) ? [...left, PREVIOUS] : left };
  });
  return [...kept, next].slice(-MOST_VERSIONS);
}

export const arnOf = ({ settings, region }: RpcContext, name: string): string =>
  `acs:kms:${region}:${settings.accountId}:secret/${name}`;
