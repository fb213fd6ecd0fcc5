/** What the OpenAPI gateway answers before an action is reached. Codes and statuses are the gateway's own. */
import type { RawResponse } from '../raw';
import type { Refusal } from '../signatures/claim';

type GatewayError = readonly [status: number, code: string, message: string];

/**
 * The real gateway adds its string to sign to SignatureDoesNotMatch. This one does not: in the first generation that
 * string carries every parameter, a pre-shared key among them.
 */
export const REFUSALS: Record<Refusal, GatewayError> = {
  unsigned: [400, 'MissingSignature', 'Signature is mandatory for this action.'],
  malformed: [400, 'IncompleteSignature', 'The request signature does not conform to Aliyun standards.'],
  'unreadable-time': [400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'],
  'unknown-key': [404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.'],
  skewed: [400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'],
  expired: [400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'],
  'wrong-signature': [400, 'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.'],
  'missing-token': [400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.'],
  'wrong-token': [
    400,
    'InvalidSecurityToken.MismatchWithAccessKey',
    'Specified SecurityToken is mismatched with the AccessKey.',
  ],
  'expired-token': [400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.'],
};

export const UNKNOWN_VERSION: GatewayError = [400, 'NoSuchVersion', 'The specified version does not exist.'];

export const gatewayError = ([status, code, message]: GatewayError, requestId: string): RawResponse =>
  jsonResponse(status, { RequestId: requestId, HostId: 'openapi.aliyuncs.com', Code: code, Message: message });

export const jsonResponse = (status: number, body: unknown): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: JSON.stringify(body),
});
