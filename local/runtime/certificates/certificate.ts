/**
 * X.509 certificates for the local cloud: ECDSA on P-256, signed by node:crypto, written here.
 *
 * Rejected: @peculiar/x509, which wants a reflection polyfill put into every global scope, takes a tenth of a second to
 * load and has no name constraints. A certificate here takes about a millisecond.
 */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { EpochMs } from '../../../shared/clock';
import { bits, explicit, identifier, implicit, integer, octets, sequence, set, text, time, yes } from './der';

export interface Issuer {
  /** The common name. */
  name: string;
  key: KeyObject;
}

export interface Validity {
  from: EpochMs;
  until: EpochMs;
}

/** Names and addresses under which alone an authority may vouch: `localhost` permits itself and what is below it. */
export interface Permitted {
  names: readonly string[];
  /** Address and mask, each 4 or 16 bytes. */
  networks: readonly { address: string; prefix: number }[];
}

const COMMON_NAME = '2.5.4.3';
const ECDSA_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const EXTENSION = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
};

/** An authority that signs itself, and may sign servers but no further authority. */
export function authorityCertificate(issuer: Issuer, validity: Validity, permitted: Permitted): string {
  const publicKey = createPublicKey(issuer.key);
  return certificate({ issuer, subject: issuer.name, publicKey, validity }, [
    extension(EXTENSION.basicConstraints, sequence(yes(), integer(Buffer.of(0))), 'critical'),
    // keyCertSign and cRLSign.
    extension(EXTENSION.keyUsage, bits(Buffer.of(0x06), 1), 'critical'),
    extension(EXTENSION.nameConstraints, nameConstraints(permitted), 'critical'),
    extension(EXTENSION.subjectKey, octets(keyIdentifier(publicKey))),
  ]);
}

/** `names` are host names and addresses; clients look at nothing else. */
export function serverCertificate(
  issuer: Issuer,
  validity: Validity,
  server: { names: readonly string[]; publicKey: KeyObject },
): string {
  const { names, publicKey } = server;
  return certificate({ issuer, subject: 'Trunkline local cloud', publicKey, validity }, [
    extension(EXTENSION.basicConstraints, sequence(), 'critical'),
    // digitalSignature.
    extension(EXTENSION.keyUsage, bits(Buffer.of(0x80), 7), 'critical'),
    extension(EXTENSION.extendedKeyUsage, sequence(identifier(SERVER_AUTHENTICATION))),
    extension(EXTENSION.alternativeNames, sequence(...names.map(alternativeName))),
    extension(EXTENSION.subjectKey, octets(keyIdentifier(publicKey))),
    extension(EXTENSION.authorityKey, sequence(implicit(0, keyIdentifier(createPublicKey(issuer.key))))),
  ]);
}

interface Certified {
  issuer: Issuer;
  subject: string;
  publicKey: KeyObject;
  validity: Validity;
}

/** RFC 5280, 4.1. The serial number is 128 bits of chance, as two authorities of one name may exist. */
function certificate({ issuer, subject, publicKey, validity }: Certified, extensions: Buffer[]): string {
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    ECDSA_SHA256,
    distinguishedName(issuer.name),
    sequence(time(new Date(validity.from)), time(new Date(validity.until))),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const whole = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, issuer.key)));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

const distinguishedName = (name: string): Buffer => sequence(set(sequence(identifier(COMMON_NAME), text(name))));

const extension = (id: string, value: Buffer, critical?: 'critical'): Buffer =>
  sequence(identifier(id), ...(critical ? [yes()] : []), octets(value));

/** RFC 5280, 4.2.1.2: SHA-1 of the key's own bits, which for P-256 are the last 65 bytes. It identifies, no more. */
const keyIdentifier = (publicKey: KeyObject): Buffer =>
  createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }).subarray(-65))
    .digest();

const DNS_NAME = 2;
const IP_ADDRESS = 7;

function alternativeName(name: string): Buffer {
  if (isIPv4(name) || isIPv6(name)) return implicit(IP_ADDRESS, addressBytes(name));
  return implicit(DNS_NAME, Buffer.from(name, 'ascii'));
}

function nameConstraints({ names, networks }: Permitted): Buffer {
  const subtrees = [
    ...names.map((name) => implicit(DNS_NAME, Buffer.from(name, 'ascii'))),
    ...networks.map(({ address, prefix }) => {
      const bytes = addressBytes(address);
      return implicit(IP_ADDRESS, Buffer.concat([bytes, maskOf(bytes.length, prefix)]));
    }),
  ];
  return sequence(explicit(0, ...subtrees.map((subtree) => sequence(subtree))));
}

const maskOf = (length: number, prefix: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => 0xff & ~(0xff >> Math.min(8, Math.max(0, prefix - index * 8)))));

/** Of IPv6 only the loopback address is ever written. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  if (address === '::1') return Buffer.from([...Buffer.alloc(15), 1]);
  throw new Error(`no certificate is written for ${address}`);
}
