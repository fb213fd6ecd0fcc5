/**
 * The temporary credentials of the functions' roles, as Function Compute fetches them: valid for 36 hours of the
 * cloud's time and renewed at half of it. They are records of STS, so the wire checks signatures made with them like
 * any other's, and what they may is what RAM says of their role at that moment.
 */
import { randomBytes } from 'node:crypto';
import { after, between, type DurationMs, durationMs, seconds } from '../../shared/clock';
import type { FunctionRecord } from '../world/fc/records';
import { roleTrusts } from '../world/ram/trust';
import { CREDENTIALS, type CredentialRecord } from '../world/sts/credentials';
import type { WorldShell } from './world-shell';

export interface IssuerOptions {
  shell: WorldShell;
  accountId: string;
}

/** Who takes the role: Function Compute for its functions, OSS and EventBridge for their triggers. */
export type TrustedService = 'fc.aliyuncs.com' | 'oss.aliyuncs.com' | 'eventbridge.aliyuncs.com';

/** Gives a function's current credentials; null where it has no role. Throws an Error where it cannot take its role. */
export type CredentialIssuer = (record: FunctionRecord) => CredentialRecord | null;

const SERVICE_LIFE = seconds(36 * 3_600);

export function credentialIssuer({ shell, accountId }: IssuerOptions): CredentialIssuer {
  const current = new Map<string, CredentialRecord>();
  return ({ name, role, timeoutSeconds }) => {
    if (role === null) return null;
    requireTrust(shell, role, 'fc.aliyuncs.com');
    const now = shell.clock.now();
    const life = lifeFor(timeoutSeconds, shell.rate.rate);
    const held = current.get(name);
    if (held && held.roleArn === role && between(now, held.expiresAt) > life / 2) return held;
    const fresh: CredentialRecord = {
      accessKeyId: `STS.${randomBytes(12).toString('hex')}`,
      secret: randomBytes(22).toString('hex'),
      securityToken: randomBytes(96).toString('base64'),
      roleArn: role,
      accountId,
      expiresAt: after(now, life),
    };
    const expired = shell.world.state
      .values<CredentialRecord>(CREDENTIALS)
      .filter(({ roleArn, expiresAt }) => roleArn === role && expiresAt <= now)
      .map(({ accessKeyId }) => ({ collection: CREDENTIALS, key: accessKeyId, value: undefined }));
    shell.write([...expired, { collection: CREDENTIALS, key: fresh.accessKeyId, value: fresh }]);
    current.set(name, fresh);
    return fresh;
  };
}

export function requireTrust(shell: WorldShell, role: string, service: TrustedService): void {
  const trust = roleTrusts(shell.world.state, role, service);
  if (trust === 'no-role') throw new Error(`role '${role}' does not exist`);
  if (trust === 'not-trusted') throw new Error(`role '${role}' does not trust ${service}`);
}

/**
 * A time-out is counted in our time. Where the cloud's runs so fast that 36 hours pass within two of them, they live
 * as long as four, so that no invocation outlives its credentials.
 */
const lifeFor = (timeoutSeconds: number, rate: number): DurationMs =>
  durationMs(Math.max(SERVICE_LIFE, 4 * seconds(timeoutSeconds) * rate));
