/** One call of the real tool, without what differs between two runs: account, ports, dates, ids, keys, code. */
import { crc64 } from '../../../local/world/oss/crc64';
import type { Json, JsonObject } from '../../../shared/json';
import type { Exchange } from './recording-proxy';

export interface Call {
  client: 'fc20230330' | 'resourcemanager20200331' | 'fc2' | 'ali-oss';
  /** `x-acs-action`; empty for the others. */
  action: string;
  method: string;
  /** ali-oss only: the bucket is in it. */
  host: string;
  path: string;
  query: JsonObject;
  /** `x-fc-…`: how a function is to be invoked. */
  headers: JsonObject;
  /** JSON as JSON, a zip by its name, anything else as text; null where there is none. */
  body: Json;
  answer: { status: number; headers: JsonObject; body: Json };
}

/** Differs between two calls with the same meaning. Headers and members of answers. */
const VOLATILE =
  /^(requestid|createdtime|lastmodifiedtime|expiration|accesskeyid|accesskeysecret|securitytoken|x-fc-(date|request-id|instance-id|log-result|security-token|account-id))$/i;
/** The same one comes again: a number tells which. */
const IDENTITY = /^(functionid|triggerid|ossbucket|objectname)$/i;

/**
 * Gives every value that differs between two runs a name, the same value the same one, and finds the value of a name
 * again: a replay sends what the names stand for in its own run.
 */
export class Names {
  private readonly byValue = new Map<string, string>();
  private readonly sizes = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  /** What is known before: `[name, value]`. Two values may have one name. */
  constructor(known: readonly (readonly [string, string])[]) {
    for (const [name, value] of known) this.byValue.set(value, `<${name}>`);
  }

  call(exchange: Exchange): Call {
    const { method, requestHeaders, responseHeaders } = exchange;
    const { pathname, searchParams } = new URL(exchange.target, 'http://host');
    const client = clientOf(requestHeaders);
    // First: what answers say of the code is known by then.
    const body = this.body(exchange.requestBody);
    const answer = this.body(exchange.responseBody);
    return {
      client,
      action: requestHeaders['x-acs-action'] ?? '',
      method,
      host: client === 'ali-oss' ? this.named(requestHeaders['host'] ?? '') : '',
      path: this.named(decodeURIComponent(pathname)),
      query: this.json(Object.fromEntries(searchParams)) as JsonObject,
      headers: this.functionHeaders(requestHeaders),
      body,
      answer: { status: exchange.status, headers: this.functionHeaders(responseHeaders), body: answer },
    };
  }

  /** The values again. */
  valued<T extends object>(value: T): T {
    let text = JSON.stringify(value);
    for (const [concrete, name] of this.byValue) text = text.replaceAll(name, JSON.stringify(concrete).slice(1, -1));
    return JSON.parse(text) as T;
  }

  /** `zip 1`: its bytes. */
  zipBytes(): Record<string, number> {
    return Object.fromEntries([...this.sizes].map(([checksum, bytes]) => [this.zipName(checksum), bytes]));
  }

  private zipName(checksum: string): string {
    return this.named(checksum).replace(/^<checksum of (.*)>$/, '$1');
  }

  private body(bytes: Buffer): Json {
    if (bytes.length === 0) return null;
    if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return this.zip(bytes);
    const text = bytes.toString();
    if (!/^[[{]/.test(text)) return this.named(text);
    return this.json(JSON.parse(text) as Json);
  }

  private zip(bytes: Buffer): string {
    const checksum = crc64(bytes);
    if (!this.byValue.has(checksum)) {
      this.byValue.set(checksum, `<checksum of ${this.next('zip')}>`);
      this.sizes.set(checksum, bytes.length);
    }
    return `<${this.zipName(checksum)}>`;
  }

  private json(value: Json, key = ''): Json {
    if (Array.isArray(value)) return value.map((one) => this.json(one, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(this.sized(value)).map(([name, one]) => [name, this.json(one, name)]));
    if (VOLATILE.test(key)) return `<${key}>`;
    if (typeof value !== 'string') return value;
    if (IDENTITY.test(key) && !this.byValue.has(value)) this.byValue.set(value, `<${this.next(key)}>`);
    return this.named(value);
  }

  /** A size is no name by itself: small zips have the same. */
  private sized(value: JsonObject): JsonObject {
    const { codeChecksum, codeSize } = value;
    if (typeof codeChecksum !== 'string' || this.sizes.get(codeChecksum) !== codeSize) return value;
    return { ...value, codeSize: `<size of ${this.zipName(codeChecksum)}>` };
  }

  private functionHeaders(headers: Readonly<Record<string, string>>): JsonObject {
    const own = Object.entries(headers).filter(([name]) => name.startsWith('x-fc-'));
    return this.json(Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)))) as JsonObject;
  }

  private named(text: string): string {
    let named = text;
    for (const [value, name] of this.byValue) named = named.replaceAll(value, name);
    return named.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
  }

  private next(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return `${kind} ${count}`;
  }
}

const BY_VERSION: Readonly<Record<string, Call['client']>> = {
  '2023-03-30': 'fc20230330',
  '2020-03-31': 'resourcemanager20200331',
};

function clientOf({ authorization, ...headers }: Readonly<Record<string, string>>): Call['client'] {
  const versioned = BY_VERSION[headers['x-acs-version'] ?? ''];
  if (versioned && authorization?.startsWith('ACS3-HMAC-SHA256 ')) return versioned;
  if (authorization?.startsWith('FC ')) return 'fc2';
  if (authorization?.startsWith('OSS')) return 'ali-oss';
  throw new Error(`a call that none of the tool's clients signed: ${authorization?.slice(0, 20)}`);
}
