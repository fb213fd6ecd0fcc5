/**
 * What a failure means to the operator, and the way out: one table from the services' error codes. Used by doctor,
 * bootstrap and deploy, so that the same failure is told in the same words.
 *
 * Sources: each service's error-code page. Some services have one code for several failures; their message decides.
 */
import { failureOf, type ServiceName, type ToldFailure } from './failure';

export type FailureKind =
  | 'credential'
  | 'clock'
  | 'closed'
  | 'overdue'
  | 'permission'
  | 'instance'
  | 'limit'
  | 'unreachable';

export interface Explanation {
  kind: FailureKind;
  cause: string;
  remedy: string;
}

type Entry = readonly [services: readonly ServiceName[] | 'any', code: RegExp, message: RegExp | null, Explain];
type Explain = (failure: ToldFailure) => Explanation;

const TITLES: Readonly<Record<ServiceName, string>> = {
  vpc: 'VPC',
  cbn: 'CEN',
  ecs: 'ECS',
  eventbridge: 'EventBridge',
  kms: 'KMS',
  sts: 'STS',
  ram: 'RAM',
  resourcemanager: 'Resource Management',
  fc: 'Function Compute',
  oss: 'OSS',
  tablestore: 'Tablestore',
  smq: 'SMQ',
};
export const titleOf = (service: ServiceName | null): string => (service === null ? 'the service' : TITLES[service]);

/** Where to open a service: once an account, by a person, since it is a contract. */
const CONSOLES: Partial<Record<ServiceName, string>> = {
  fc: 'https://fcnext.console.aliyun.com',
  oss: 'https://oss.console.aliyun.com',
  tablestore: 'https://otsnext.console.aliyun.com',
  smq: 'https://mns.console.aliyun.com',
  kms: 'https://yundun.console.aliyun.com/?p=kms',
  eventbridge: 'https://eventbridge.console.aliyun.com',
  cbn: 'https://cen.console.aliyun.com',
};

const CREDENTIAL: Explain = () => ({
  kind: 'credential',
  cause: 'the access key is unknown or disabled, or its secret is another',
  remedy: 'set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET to a key of the account that is enabled',
});
const EXPIRED: Explain = () => ({
  kind: 'credential',
  cause: 'the security token has expired or is not this key’s',
  remedy: 'assume the role again, and set ALIBABA_CLOUD_SECURITY_TOKEN with its key and secret',
});
const NO_CREDENTIAL: Explain = () => ({
  kind: 'credential',
  cause: 'no access key was found',
  remedy: 'set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or configure a profile',
});
const CLOCK: Explain = () => ({
  kind: 'clock',
  cause: 'this machine’s clock differs from the service’s by more than it accepts',
  remedy: 'set the clock (NTP), and try again',
});
export const closed: Explain = ({ service }) => ({
  kind: 'closed',
  cause: `the account has not opened ${titleOf(service)}`,
  remedy: `open it once, as the account’s owner: ${CONSOLES[service ?? 'cbn']}`,
});
const TRANSIT_ROUTER: Explain = () => ({
  kind: 'closed',
  cause: 'the account has not opened the transit router service',
  remedy: `open it once, free of charge, in the CEN console: ${CONSOLES.cbn}`,
});
const CROSS_BORDER: Explain = () => ({
  kind: 'closed',
  cause: 'the account may not buy bandwidth across the border of mainland China',
  remedy: 'apply for the cross-border service in the CEN console; the review takes some working days',
});
const OVERDUE: Explain = ({ service }) => ({
  kind: 'overdue',
  cause: `the account is overdue, and ${titleOf(service)} serves it no more`,
  remedy: 'pay what is due in the billing console: https://usercenter2.aliyun.com',
});
/** OSS has one code for both. */
const CLOSED_OR_OVERDUE: Explain = (failure) => ({
  kind: 'closed',
  cause: `the account has not opened ${titleOf(failure.service)}, or is overdue`,
  remedy: `${closed(failure).remedy}; or pay what is due`,
});
const permission: Explain = ({ service, actions }) => {
  const lacked = actions.join(', ');
  return {
    kind: 'permission',
    cause: `the credentials lack ${lacked || 'a permission'} (${titleOf(service)})`,
    remedy: `grant ${lacked || `what ${titleOf(service)} asks for`} to the user or role, in a RAM policy`,
  };
};
/** SMQ says the same of a service that is not open in the region, of another account, and of a missing permission. */
const PERMISSION_OR_CLOSED: Explain = (failure) => ({
  kind: 'permission',
  cause: `SMQ refuses the credentials: it is not open in the region, or they lack ${failure.actions.join(', ')}`,
  remedy: `grant ${failure.actions.join(', ')}, or open SMQ in the region: ${CONSOLES.smq}`,
});
const INSTANCE: Explain = () => ({
  kind: 'instance',
  cause: 'the Tablestore instance is not there, or does not run',
  remedy: `make it in the region (${CONSOLES.tablestore}), or correct TRUNKLINE_TABLESTORE_INSTANCE and TRUNKLINE_REGION`,
});
/** Each instance has a name of its own in the DNS. */
const INSTANCE_ADDRESS: Explain = (failure) => ({
  ...INSTANCE(failure),
  cause: 'the Tablestore instance’s name has no address: there is no such instance in the region, or no DNS here',
});
const NETWORK_ACL: Explain = () => ({
  kind: 'instance',
  cause: 'the Tablestore instance does not let this network in',
  remedy: 'allow access over the internet in the instance’s network settings',
});
const BUCKET: Explain = () => ({
  kind: 'instance',
  cause: 'the bucket’s name belongs to another account: such names are unique in the whole cloud',
  remedy: 'choose another name: TRUNKLINE_BUCKET',
});
const BUCKET_REGION: Explain = () => ({
  kind: 'instance',
  cause: 'the bucket is in another region than the functions, and triggers reach no other',
  remedy: 'choose another name, TRUNKLINE_BUCKET, or correct TRUNKLINE_REGION',
});
const LIMIT: Explain = ({ service, code }) => ({
  kind: 'limit',
  cause: `a limit of ${titleOf(service)} is reached (${code})`,
  remedy: 'remove what is not needed, or have the limit raised in the quota center: https://quotas.console.aliyun.com',
});
const BUSY: Explain = ({ service }) => ({
  kind: 'unreachable',
  cause: `${titleOf(service)} is busy`,
  remedy: 'try again in a minute',
});
const UNREACHABLE: Explain = ({ service, code }) => ({
  kind: 'unreachable',
  cause: `${titleOf(service)} could not be reached (${code})`,
  remedy: 'check the connection, a proxy, and that the service has an endpoint in TRUNKLINE_REGION',
});

/** The first that fits. */
const TABLE: readonly Entry[] = [
  [['fc'], /^AccessDenied$/, /service is not enabled/i, closed],
  [['fc'], /^AccessDenied$/, /doesn't belong to you/i, CREDENTIAL],
  [['oss'], /^UserDisable$/, null, CLOSED_OR_OVERDUE],
  [['oss'], /^AccessDenied$/, /expired|valid date/i, CLOCK],
  [['oss'], /^AccessDenied$/, /not belong to you/i, BUCKET],
  [['oss'], /^AccessDenied$/, /specified endpoint/i, BUCKET_REGION],
  [['oss'], /^BucketAlreadyExists$/, null, BUCKET],
  [['smq'], /^AccessDenied$/, null, PERMISSION_OR_CLOSED],
  [['tablestore'], /^OTSAuthFailed$/, /user does not exist/i, closed],
  [['tablestore'], /^OTSAuthFailed$/, /instance (is not found|does not exist|is not running)/i, INSTANCE],
  [['tablestore'], /^OTSAuthFailed$/, /instance ACL/i, NETWORK_ACL],
  [['tablestore'], /^OTSAuthFailed$/, /system time/i, CLOCK],
  [['tablestore'], /^OTSAuthFailed$/, /privilege|permission/i, permission],
  [['tablestore'], /^OTSAuthFailed$/, /token/i, EXPIRED],
  [['tablestore'], /^OTSAuthFailed$/, null, CREDENTIAL],
  [['tablestore'], /^OTSNoPermissionAccess$/, null, permission],
  [['tablestore'], /^OTS(ServerBusy|Timeout|ServerUnavailable|InternalServerError|PartitionUnavailable)$/, null, BUSY],
  [['tablestore'], /^NetworkingError$/, /ENOTFOUND/, INSTANCE_ADDRESS],
  [['kms'], /^Forbidden\.NotOpened$/, null, closed],
  [['eventbridge'], /^ServiceNotEnable$/, null, closed],
  [['cbn'], /TransitRouterServiceNotOpen$|^USER_NOT_OPEN_TR_SERVICE$/, null, TRANSIT_ROUTER],
  [['cbn'], /TransitRouterServiceExpired$/, null, OVERDUE],
  [['cbn'], /CrossBorderBwp$/, null, CROSS_BORDER],
  ['any', /^(SecurityTokenExpired|InvalidSecurityToken\b.*|MissingSecurityToken|StsTokenExpired)$/, null, EXPIRED],
  ['any', /^CredentialsMissing$/, null, NO_CREDENTIAL],
  [
    'any',
    /^(InvalidAccessKeyI[dD]\b.*|SignatureDoesNotMatch|SignatureNotMatch|IncompleteSignature)$/,
    null,
    CREDENTIAL,
  ],
  ['any', /^InvalidCredentials$/, null, CREDENTIAL],
  ['any', /^(RequestTimeTooSkewed|IllegalTimestamp|InvalidTimeStamp\b.*|TimeExpired)$/, null, CLOCK],
  ['any', /(FinancialLocked|InDebt|^InvalidAccountStatus\b.*|NotEnoughBalance)$/, null, OVERDUE],
  [
    'any',
    /^(AccessDenied|NoPermission|Unauthorized|Forb?b?idden\.(RAM|NoPermission|SubUser|AccessDenied)|Forbidden)$/,
    null,
    permission,
  ],
  [
    'any',
    /(QuotaFull|QuotaExceed\w*|QuotaExhausted|LimitExceeded?|TooManyBuckets|EntityAlreadyExists\.Limit)\b/,
    null,
    LIMIT,
  ],
  ['any', /^(Throttling|TooManyRequests|ResourceThrottled|SystemBusy|ServiceUnavailable)\b/, null, BUSY],
  [
    'any',
    /^(Transport|E[A-Z]{4,}|RequestError|NetworkingError|ResponseTimeoutError|ConnectionTimeoutError|RequestTimeoutError)$/,
    null,
    UNREACHABLE,
  ],
];

/** Null for what the table does not know: its own message is all that there is to say. */
export function explainFailure(error: unknown): Explanation | null {
  const failure = failureOf(error);
  if (failure === null) return null;
  const { service, code, message } = failure;
  const entry = TABLE.find(
    ([services, codes, messages]) =>
      (services === 'any' || (service !== null && services.includes(service))) &&
      codes.test(code) &&
      (messages === null || messages.test(message)),
  );
  return entry ? entry[3](failure) : null;
}

/** The error's message, and below it what it means and the way out, where the table knows. */
export const messageWithRemedy = (error: unknown): string => [messageOf(error), ...remedyOf(error)].join('\n');

/** Each failure by name; of those with one cause, the first one's message and, once, the way out. */
export function failuresWithRemedies(failures: readonly { name: string; error: unknown }[]): string {
  const groups = new Map<string, (typeof failures)[number][]>();
  for (const failure of failures) {
    const key = remedyOf(failure.error).join() || `${failure.name} ${messageOf(failure.error)}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].map(told).join('\n');
}

function told([first, ...alike]: readonly { name: string; error: unknown }[]): string {
  if (!first) return '';
  const others = alike.length === 0 ? [] : [`    and so with ${alike.map(({ name }) => name).join(', ')}`];
  return [`${first.name}: ${messageOf(first.error)}`, ...others, ...remedyOf(first.error)].join('\n');
}

/** SDKs put line feeds and, out of binary answers, control characters into their messages. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return failureOf(error) === null ? message : message.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function remedyOf(error: unknown): string[] {
  const explained = explainFailure(error);
  return explained ? [`    ${explained.cause}: ${explained.remedy}`] : [];
}
