/**
 * W7: what leaves the client, answer or error, carries no pre-shared key, credential or signed URL. An error's message
 * is the service's own text and may quote what it was sent.
 */
import type { CloudParameter } from '../engine/cloud';

const SECRET_NAMES: ReadonlySet<string> = new Set(['Psk', 'SecretData', 'AuthKey']);
/** Parameters that are JSON text with a key inside. */
const JSON_PARAMETERS: ReadonlySet<string> = new Set(['IkeConfig']);
/** Shorter ones would blank out ordinary words; the keys we make have 48 characters. */
const SHORTEST = 4;

/** The values of every secret parameter, wherever it stands. */
export function secretsIn(parameters: { [name: string]: CloudParameter }): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (typeof value === 'string') {
      if (SECRET_NAMES.has(name)) return value.length >= SHORTEST ? [value] : [];
      return JSON_PARAMETERS.has(name) ? secretsIn(JSON.parse(value)) : [];
    }
    if (Array.isArray(value)) return value.flatMap((item) => secretsIn({ item }));
    return value !== null && typeof value === 'object' ? secretsIn(value) : [];
  });
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
    Object.entries(body).flatMap(([name, value]) => (name === 'Psk' ? [] : [[name, withoutKeys(value)]])),
  );
}
