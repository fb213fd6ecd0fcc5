/**
 * The temporary credentials of the functions' roles, as Function Compute fetches them: valid for 36 hours of the
 * cloud's time and renewed at half of it. They are records of STS, so the wire checks signatures made with them like
 * any other's.
 */
import { randomBytes } from 'node:crypto';
import type { FunctionDefinition } from '../../functions/manifest';
import { after, between, type DurationMs, durationMs, seconds } from '../../shared/clock';
import { CREDENTIALS, type CredentialRecord } from '../world/sts/credentials';
import type { WorldShell } from './world-shell';

export interface IssuerOptions {
  shell: WorldShell;
  accountId: string;
}

const SERVICE_LIFE = seconds(36 * 3_600);

/** Gives the current credentials of a function's role. */
export type CredentialIssuer = (definition: FunctionDefinition) => CredentialRecord;

export function credentialIssuer({ shell, accountId }: IssuerOptions): CredentialIssuer {
  const current = new Map<string, CredentialRecord>();
  return ({ name, timeoutSeconds }) => {
    const now = shell.clock.now();
    const life = lifeFor(timeoutSeconds, shell.rate.rate);
    const held = current.get(name);
    if (held && between(now, held.expiresAt) > life / 2) return held;
    const fresh: CredentialRecord = {
      accessKeyId: `STS.${randomBytes(12).toString('hex')}`,
      secret: randomBytes(22).toString('hex'),
      securityToken: randomBytes(96).toString('base64'),
      roleArn: `acs:ram::${accountId}:role/trunkline-${name}`,
      accountId,
      expiresAt: after(now, life),
    };
    const expired = shell.world.state
      .values<CredentialRecord>(CREDENTIALS)
      .filter(({ roleArn, expiresAt }) => roleArn === fresh.roleArn && expiresAt <= now)
      .map(({ accessKeyId }) => ({ collection: CREDENTIALS, key: accessKeyId, value: undefined }));
    shell.write([...expired, { collection: CREDENTIALS, key: fresh.accessKeyId, value: fresh }]);
    current.set(name, fresh);
    return fresh;
  };
}

/**
 * A time-out is counted in our time. Where the cloud's runs so fast that 36 hours pass within two of them, they live
 * as long as four, so that no invocation outlives its credentials.
 */
const lifeFor = (timeoutSeconds: number, rate: number): DurationMs =>
  durationMs(Math.max(SERVICE_LIFE, 4 * seconds(timeoutSeconds) * rate));
