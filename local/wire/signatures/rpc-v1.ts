/**
 * The RPC signature of the first generation (HMAC-SHA1): still sent by the KMS client, pop-core, the Go SDK, older
 * Terraform and the command line tools. It covers query and form together.
 */
import { createHmac } from 'node:crypto';
import { byCodeUnits, rfc3986 } from '../query';
import type { RawRequest } from '../raw';
import type { Claim } from './claim';

/** `parameters`: query and form merged, as decoded. Empty ones are signed too (`SignatureType=` of the Go SDK). */
export function rpcV1Claim(
  request: RawRequest,
  parameters: ReadonlyMap<string, string>,
): Claim | 'unsigned' | 'malformed' {
  const accessKeyId = parameters.get('AccessKeyId');
  const signature = parameters.get('Signature');
  if (!accessKeyId || !signature) return 'unsigned';
  if ((parameters.get('SignatureMethod') ?? 'HMAC-SHA1').toUpperCase() !== 'HMAC-SHA1') return 'malformed';
  return {
    accessKeyId,
    signature,
    securityToken: parameters.get('SecurityToken') ?? null,
    signedAt: Date.parse(parameters.get('Timestamp') ?? ''),
    sign: (secret) =>
      createHmac('sha1', `${secret}&`).update(stringToSign(request.method, parameters)).digest('base64'),
  };
}

function stringToSign(method: string, parameters: ReadonlyMap<string, string>): string {
  const canonical = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`)
    .join('&');
  return `${method}&%2F&${rfc3986(canonical)}`;
}
