/**
 * W7: what leaves the client, answer or error, carries no pre-shared key, credential or signed URL. What is secret in a
 * request its type says. An error's message is the service's own text and may quote what it was sent.
 */
import type { CloudParameter } from '../engine/cloud';
import { revealed, revealedParts, Secret } from '../secret';

/** Shorter ones would blank out ordinary words; the keys we make have 48 characters. */
const SHORTEST = 4;

interface Parameters {
  [name: string]: CloudParameter;
}

/** The texts of all secrets, wherever they stand. */
export const secretsIn = (parameters: Parameters): string[] =>
  Object.values(parameters).flatMap((value) => {
    if (value instanceof Secret) return revealedParts(value).filter((text) => text.length >= SHORTEST);
    if (Array.isArray(value)) return value.flatMap((item) => secretsIn({ item }));
    return value !== null && typeof value === 'object' ? secretsIn(value) : [];
  });

/** As they are sent. */
export const withSecrets = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, sent(value)]));

function sent(value: CloudParameter): CloudParameter {
  if (value instanceof Secret) return revealed(value);
  if (Array.isArray(value)) return value.map(sent);
  return value !== null && typeof value === 'object' ? withSecrets(value) : value;
}

export function scrubText(text: string, secrets: readonly string[]): string {
  const blanked = secrets.reduce((rest, secret) => rest.split(secret).join('***'), text);
  return blanked.replace(/\b[a-z]+:\/\/\S+/gi, '<address>');
}

/** The body without any `Psk`: VPC answers with the keys of its connections, and nobody here needs them. */
export function withoutKeys(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutKeys);
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name !== 'Psk')
      .map(([name, value]) => [name, withoutKeys(value)]),
  );
}
