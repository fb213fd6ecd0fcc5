/** The parameters of an RPC call, wherever the client put them: query, form, or both (facts: only few use the form). */
import { parsePairs } from '../query';
import type { RawRequest } from '../raw';

const FORM = 'application/x-www-form-urlencoded';

/** The last of a repeated name wins; a name without `=` has an empty value. */
export function rpcParameters(request: RawRequest): Map<string, string> {
  const isForm = (request.headers['content-type'] ?? '').toLowerCase().startsWith(FORM);
  const form = isForm ? parsePairs(request.body.toString('utf8'), { plusIsSpace: true }) : [];
  const query = parsePairs(request.query, { plusIsSpace: true });
  return new Map([...query, ...form].map(([name, value]) => [name, value ?? '']));
}

/** Part of the call, not of the action. */
const SYSTEM = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
]);

export const businessParameters = (parameters: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...parameters].filter(([name]) => !SYSTEM.has(name)));
