/**
 * The authority that vouches for the local cloud's TLS: made once a folder, kept there, renewed near its end.
 *
 * 1. `ca-key.pem`, its owner's only, holds key and certificate in one and is what counts: it appears whole, by a hard
 *    link, and of two processes that make one at once, one wins and both use it.
 * 2. `ca.pem`, which clients are told to trust, is that file's certificate.
 * 3. Whoever trusts it trusts nothing else: its constraints name loopback and the cloud's own domains.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type EpochMs, epochMs } from '../../shared/clock';
import { authorityCertificate, type Permitted } from './certificates/certificate';

export interface LocalCa {
  /** Absolute; what NODE_EXTRA_CA_CERTS and the like are set to. */
  caFile: string;
  name: string;
  key: KeyObject;
}

export const CA_FILE = 'ca.pem';
export const CA_KEY_FILE = 'ca-key.pem';

/** What a server may be called that the authority vouches for; below each of them, too. */
export const CA_DOMAINS: readonly string[] = ['localhost', 'aliyuncs.com', 'fcapp.run'];

const PERMITTED: Permitted = {
  names: CA_DOMAINS,
  networks: [
    { address: '127.0.0.0', prefix: 8 },
    { address: '::1', prefix: 128 },
  ],
};

const DAY_MS = 86_400_000;
/** Ten years: those who have put it into a browser should not have to again. */
const VALID_DAYS = 3_652;
/** Renewed before a server certificate, which lives as long as a local cloud runs, could outlive it. */
const RENEW_DAYS = 60;
const NAME = 'Trunkline local CA';

/** Reads the folder's authority, or makes one. `now` is real time: clients check against theirs. */
export function openLocalCa(folder: string, now: EpochMs): LocalCa {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyFile = resolve(folder, CA_KEY_FILE);
  const standing = readAuthority(keyFile, now) ?? makeAuthority(keyFile, now);
  const caFile = join(resolve(folder), CA_FILE);
  if (readIfThere(caFile) !== standing.certificate) writeWhole(caFile, standing.certificate, 0o644);
  return { caFile, name: NAME, key: standing.key };
}

interface Authority {
  key: KeyObject;
  certificate: string;
}

/** Null where there is none, or none to go on with: half a file, somebody else's, one near its end. */
function readAuthority(file: string, now: EpochMs): Authority | null {
  const pem = readIfThere(file);
  const certificate = pem === null ? null : /-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----\n/s.exec(pem)?.[0];
  if (pem === null || !certificate) return null;
  try {
    const read = new X509Certificate(certificate);
    const key = createPrivateKey(pem);
    const ends = Date.parse(read.validTo);
    const fits = read.ca && read.subject === `CN=${NAME}` && read.checkPrivateKey(key);
    if (!fits || Date.parse(read.validFrom) > now || ends < now + RENEW_DAYS * DAY_MS) return null;
    // A copy made by hand may have lost its mode.
    chmodSync(file, 0o600);
    return { key, certificate };
  } catch {
    return null;
  }
}

/** Another process may have put its own there in between: that one counts then. */
function makeAuthority(file: string, now: EpochMs): Authority {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // A clock that is set back an hour after the first start would else find it not yet valid.
  const validity = { from: epochMs(now - DAY_MS), until: epochMs(now + VALID_DAYS * DAY_MS) };
  const certificate = authorityCertificate({ name: NAME, key }, validity, PERMITTED);
  const mine = `${file}.${process.pid}`;
  rmSync(mine, { force: true });
  writeFileSync(mine, `${certificate}${key.export({ type: 'pkcs8', format: 'pem' })}`, { mode: 0o600, flag: 'wx' });
  try {
    if (linked(mine, file)) return { key, certificate };
    const theirs = readAuthority(file, now);
    if (theirs) return theirs;
    // What stands there is of no use to anybody.
    renameSync(mine, file);
    return { key, certificate };
  } finally {
    rmSync(mine, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function writeWhole(file: string, content: string, mode: number): void {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, content, { mode });
  renameSync(aside, file);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
