import { FunctionComputeError } from '../../../cli/deployment/function-compute';
import { explainFailure, failuresWithRemedies, messageWithRemedy } from '../../../cli/doctor/explain-failure';
import { CloudError, type CloudService } from '../../../shared/engine/cloud';
import { TrunklineError } from '../../../shared/errors';

const named = (name: string, message: string, fields: object = {}): Error =>
  Object.assign(new Error(message), { name, ...fields });

/** As each SDK throws them. */
const rpc = (service: CloudService, action: string, code: string): Error =>
  new CloudError({ service, action, code, class: 'fatal', status: 403, requestId: null }, `${action}: refused`);
const fc = (code: string, message: string): Error => new FunctionComputeError('GetFunction', code, message);
const oss = (code: string, message = code): Error =>
  named(`${code}Error`, message, { code, requestId: '1', hostId: 'h' });
const smq = (code: string, message = code): Error =>
  named(`MNS${code}Error`, `GET http://q failed with 403. ${message}`);
const ots = (code: string, message: string): Error => named('Error', `403\n\n${code}\n${message}`, { code: 403 });
const networking = (message: string): Error => named('NetworkingError', message, { code: 'NetworkingError' });

test.each([
  ['a key that nobody has', rpc('sts', 'GetCallerIdentity', 'InvalidAccessKeyId.NotFound'), 'credential'],
  ['a secret that is another', rpc('vpc', 'DescribeVpcs', 'SignatureDoesNotMatch'), 'credential'],
  ['the same, as Function Compute says it', fc('SignatureNotMatch', 'the request signature'), 'credential'],
  ['the same, as OSS says it', oss('SignatureDoesNotMatch'), 'credential'],
  ['the same, as SMQ says it', smq('SignatureDoesNotMatch'), 'credential'],
  ['the same, as Tablestore says it', ots('OTSAuthFailed', 'Signature mismatch.'), 'credential'],
  ['a token that is over', oss('SecurityTokenExpired'), 'credential'],
  ['a token that is over, as the gateway says it', rpc('ram', 'GetRole', 'InvalidSecurityToken.Expired'), 'credential'],
  ['no key at all', new TrunklineError('CredentialsMissing', 'none'), 'credential'],
  [
    'a function’s account that is not the key’s',
    fc('AccessDenied', "The service or function doesn't belong to you."),
    'credential',
  ],
  ['a clock that is wrong', oss('RequestTimeTooSkewed'), 'clock'],
  [
    'a clock that is wrong, as Tablestore says it',
    ots('OTSAuthFailed', 'Mismatch between system time and x-ots-date: 1'),
    'clock',
  ],
  ['Function Compute never opened', fc('AccessDenied', 'FC service is not enabled for current user.'), 'closed'],
  ['OSS never opened', oss('UserDisable'), 'closed'],
  ['Tablestore never opened', ots('OTSAuthFailed', 'The user does not exist.'), 'closed'],
  ['EventBridge never opened', rpc('eventbridge', 'ListEventBuses', 'ServiceNotEnable'), 'closed'],
  ['KMS never opened', rpc('kms', 'DescribeSecret', 'Forbidden.NotOpened'), 'closed'],
  [
    'the transit router service never opened',
    rpc('cbn', 'CreateTransitRouter', 'Forbbiden.TransitRouterServiceNotOpen'),
    'closed',
  ],
  ['no cross-border service', rpc('cbn', 'X', 'OperationInvalid.UserCanNotBuyCrossBorderBwp'), 'closed'],
  ['money that is due', rpc('vpc', 'CreateVpnConnection', 'VpnGateway.FinancialLocked'), 'overdue'],
  ['an instance that is not there', ots('OTSAuthFailed', 'The instance is not found.'), 'instance'],
  ['a bucket of somebody else', oss('AccessDenied', 'The bucket you visit is not belong to you.'), 'instance'],
  ['more roles than may be', rpc('ram', 'CreateRole', 'LimitExceeded.Role'), 'limit'],
  ['a gateway too many', rpc('vpc', 'CreateVpnGateway', 'QuotaExceeded.VpnGateway'), 'limit'],
  ['too many calls', rpc('ecs', 'X', 'Throttling.User'), 'unreachable'],
  ['nobody there', rpc('ecs', 'X', 'Transport'), 'unreachable'],
  ['nobody there, as Tablestore’s SDK says it', networking('connect ECONNREFUSED 127.0.0.1:1'), 'unreachable'],
  ['no such instance of Tablestore', networking('getaddrinfo ENOTFOUND acme.us-east-1.ots.aliyuncs.com'), 'instance'],
  [
    'a bucket of another region',
    oss('AccessDenied', 'The bucket you are attempting to access must be addressed using the specified endpoint.'),
    'instance',
  ],
  ['nobody there, as Node says it', named('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }), 'unreachable'],
])('%s', (_, error, kind) => {
  const explained = explainFailure(error);
  expect(explained?.kind).toBe(kind);
  expect(explained?.cause).not.toBe('');
  expect(explained?.remedy).not.toBe('');
});

test.each([
  ['ram:GetRole', rpc('ram', 'GetRole', 'NoPermission')],
  ['vpc:DescribeVpcs', rpc('vpc', 'DescribeVpcs', 'Forbidden.RAM')],
  ['kms:DescribeSecret', rpc('kms', 'DescribeSecret', 'Forbidden.NoPermission')],
  // RAM’s prefix of a product is not always the API’s.
  ['cen:ListTransitRouters', rpc('cbn', 'ListTransitRouters', 'NoPermission')],
  [
    'fc:GetTrigger',
    fc('AccessDenied', "the caller is not authorized to perform 'fc:GetTrigger' on resource 'acs:fc:…'"),
  ],
  ['oss:GetBucketInfo', oss('AccessDenied', 'You have no right to access this object.')],
  ['mns:GetQueueAttributes', smq('AccessDenied')],
  ['ots:ListTable', ots('OTSNoPermissionAccess', 'You have no permission to access the requested resource')],
  ['ots:ListTable', ots('OTSAuthFailed', 'The user has no privilege to access the instance.')],
])('a permission that is missing is named: %s', (action, error) => {
  expect(explainFailure(error)).toMatchObject({ kind: 'permission', remedy: expect.stringContaining(action) });
});

test('errors of our own are looked through to what caused them', () => {
  const cause = ots('OTSAuthFailed', 'The instance is not found.');
  expect(explainFailure(new TrunklineError('StoreUnavailable', 'Tablestore', { cause }))?.kind).toBe('instance');
});

test.each([
  ['a code that nobody listed', rpc('vpc', 'X', 'Surprise')],
  ['an error without a code', new Error('something else')],
  ['no error at all', 'thrown'],
  ['an error of our own without a cause', new TrunklineError('InputInvalid', 'the role is not Trunkline’s')],
])('%s is not explained, and its message is all there is', (_, error) => {
  expect(explainFailure(error)).toBeNull();
  expect(messageWithRemedy(error)).toBe(error instanceof Error ? error.message : 'thrown');
});

test('a chain of causes that leads back to itself ends', () => {
  const error = new TrunklineError('StoreUnavailable', 'again');
  Object.assign(error, { cause: error });
  expect(explainFailure(error)).toBeNull();
});

test('what is told of a failure has its remedy below', () => {
  expect(messageWithRemedy(oss('UserDisable'))).toBe(
    'UserDisable\n    the account has not opened OSS, or is overdue: open it once, as the account’s owner: https://oss.console.aliyun.com; or pay what is due',
  );
});

test('failures of one cause have one remedy, and each its name; what nobody explains stands alone', () => {
  const closed = (): Error => ots('OTSAuthFailed', 'The user does not exist.');
  const told = failuresWithRemedies([
    { name: 'table a', error: closed() },
    { name: 'bucket b', error: new TrunklineError('InputInvalid', 'holds\n  what is not ours') },
    { name: 'table c', error: closed() },
    { name: 'table d', error: closed() },
    { name: 'role e', error: rpc('ram', 'GetRole', 'NoPermission') },
  ]);
  expect(told.split('\n')).toEqual([
    'table a: 403 OTSAuthFailed The user does not exist.',
    '    and so with table c, table d',
    '    the account has not opened Tablestore: open it once, as the account’s owner: https://otsnext.console.aliyun.com',
    'bucket b: holds',
    '  what is not ours',
    'role e: GetRole: refused',
    '    the credentials lack ram:GetRole (RAM): grant ram:GetRole to the user or role, in a RAM policy',
  ]);
});
