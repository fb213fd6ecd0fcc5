/** Certificates for the names that clients ask for: the one port stands in for every host of the cloud. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type EpochMs, epochMs } from '../../../shared/clock';
import type { Certificates } from '../../wire/certificates';
import { CA_DOMAINS, type LocalCa } from '../local-ca';
import { serverCertificate } from './certificate';

const DAY_MS = 86_400_000;
/** Below the 825 days that some clients allow; they are made anew at each start. */
const VALID_DAYS = 398;
/** What clients ask for by address, in which case they send no name. */
const OWN_NAMES = ['localhost', '127.0.0.1', '::1'];
/** `bucket.oss-cn-hangzhou.aliyuncs.com`: a wildcard would cover one label only, and clients use two. */
const NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** One key for all of them, which no file ever holds. */
export function serverCertificates(ca: LocalCa, now: () => EpochMs): Certificates {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const issue = (names: readonly string[]) => {
    const validity = { from: epochMs(now() - DAY_MS), until: epochMs(now() + VALID_DAYS * DAY_MS) };
    return { key, cert: serverCertificate(ca, validity, { names, publicKey }) };
  };
  return {
    own: () => issue(OWN_NAMES),
    named: (name) => (NAME.test(name) && vouchedFor(name) ? issue([name]) : null),
  };
}

const vouchedFor = (name: string): boolean =>
  CA_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
