/** Where the keys come from: the function's role, or the credential chain of whoever runs the command line. */
import { TrunklineError } from '../errors';
import { type Secret, secretOf } from '../secret';

export interface Credentials {
  accessKeyId: string;
  accessKeySecret: Secret;
  /** A role's; null for a user's key. */
  securityToken: Secret | null;
}

/** What Function Compute hands a function; the fields are undefined where the function has no role. */
interface ContextCredentials {
  accessKeyId?: string | undefined;
  accessKeySecret?: string | undefined;
  securityToken?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The role's where there is one, else what the environment holds; a function asks no network for its keys. */
export function functionCredentials(context: ContextCredentials | undefined, environment: Environment): Credentials {
  const found = complete(context) ?? environmentCredentials(environment);
  if (found) return found;
  throw new TrunklineError('CredentialsMissing', 'neither the function nor its environment has credentials');
}

/**
 * The usual chain of the official package: environment, OIDC, profiles, instance role. It is loaded only where the
 * environment has no key, and reads its own environment: the process's.
 */
export async function chainCredentials(environment: Environment): Promise<Credentials> {
  const found = environmentCredentials(environment);
  if (found) return found;
  const { default: Credential } = await import('@alicloud/credentials');
  try {
    const model = await new Credential().getCredential();
    const chained = complete(model);
    if (chained) return chained;
  } catch (error) {
    throw new TrunklineError('CredentialsMissing', 'no provider of the credential chain has a key', { cause: error });
  }
  throw new TrunklineError('CredentialsMissing', 'the credential chain answered without a key');
}

const environmentCredentials = (environment: Environment): Credentials | null =>
  complete({
    accessKeyId: environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    securityToken: environment.ALIBABA_CLOUD_SECURITY_TOKEN,
  });

function complete(given: ContextCredentials | undefined): Credentials | null {
  if (!given?.accessKeyId || !given.accessKeySecret) return null;
  const { accessKeyId, accessKeySecret, securityToken } = given;
  return {
    accessKeyId,
    accessKeySecret: secretOf(accessKeySecret),
    securityToken: securityToken ? secretOf(securityToken) : null,
  };
}
