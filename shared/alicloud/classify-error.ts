/**
 * What each of the provider's codes means to whoever called: one table, tested code by code. Sources: the service's
 * error lists, and the retry lists that Terraform's provider grew one incident at a time.
 *
 * Looked up from the specific to the general: the action's own meaning, the exact code, the code's family, the HTTP
 * status. What nobody listed is `unknown`: it backs off with a cap and is counted, it never loops.
 */
import type { CloudErrorClass, CloudService } from '../engine/cloud';

/** What is written where no answer came. */
export const TRANSPORT_CODE = 'Transport';

/** A code that means something else to one action than to the others. */
const OF_ACTION: Readonly<Record<string, CloudErrorClass>> = {
  // A gateway that is being removed shows a status in which it cannot be removed: it is as good as gone.
  'DeleteVpnGateway/IncorrectStatus.VpnGateway': 'gone',
  // Right after the last attachment went, the router still counts it; the CEN instance really has one.
  'DeleteTransitRouter/InvalidOperation.AttachedChildInstanceExist': 'busy',
  'DeleteCen/InvalidOperation.AttachedChildInstanceExist': 'fatal',
  'RevokeSecurityGroup/InvalidParam.SecurityGroupRuleId': 'gone',
};

const CODES: Readonly<Record<string, CloudErrorClass>> = {
  [TRANSPORT_CODE]: 'transport',

  'Rejected.Throttling': 'throttled',

  ServiceUnavailable: 'transport',
  InternalError: 'transport',
  UnknownError: 'transport',
  'DB.Error': 'transport',
  SystemBusy: 'transport',
  RequestTimeout: 'transport',
  SignatureNonceUsed: 'transport',

  'VpnGateway.Configuring': 'busy',
  'VpnConnection.Configuring': 'busy',
  'VpnRouteEntry.Configuring': 'busy',
  'Appliance.Configuring': 'busy',
  'VpnTask.CONFLICT': 'busy',
  TaskConflict: 'busy',
  'OperationFailed.TaskConflict': 'busy',
  OperationConflict: 'busy',
  'OperationFailed.DistibuteLock': 'busy',
  'OperationFailed.SslNotSupport': 'busy',
  'OperationFailed.InvalidVpcStatus': 'busy',
  'OperationFailed.AllocateCidrFailed': 'busy',
  // HTTP 500, and yet nothing happened: another change of the CEN instance runs.
  'Operation.Blocking': 'busy',
  LastTokenProcessing: 'busy',
  TokenProcessing: 'busy',
  IdempotenceProcessing: 'busy',
  IncorrectStatus: 'busy',
  IncorrectVpcStatus: 'busy',
  IncorrectVSwitchStatus: 'busy',
  IncorrectRouteEntryStatus: 'busy',
  IncorrectInstanceStatus: 'busy',
  'InvalidOperation.CenInstanceStatus': 'busy',
  'InvalidOperation.ChildInstanceStatus': 'busy',
  'InvalidOperation.BwpInstanceStatus': 'busy',
  'InvalidOperation.CenBandwidthLimitsNotZero': 'busy',
  'InstanceStatus.NotSupport': 'busy',
  'InvalidStatus.Resource': 'busy',
  // Until whatever depends on it is gone; the task's deadline bounds it.
  DependencyViolation: 'busy',
  'OperationFailed.AttachmentReferencedVpcRouteEntryExisted': 'busy',
  'OperationFailed.RouteTablePropagationExist': 'busy',
  'OperationFailed.RouteTableAssociationExist': 'busy',
  'OperationFailed.RouteEntryExist': 'busy',
  'OperationFailed.DeleteTransitRouter': 'busy',

  'InvalidVpnConnection.AlreadyExists': 'exists',
  'InvalidIpAddress.AlreadyExist': 'exists',
  'RouterEntryConflict.Duplicated': 'exists',
  'Duplicated.VpcNextHop': 'exists',
  'InvalidCIDRBlock.Duplicate': 'exists',
  'InvalidOperation.ChildInstanceAlreadyAttached': 'exists',
  'OperationFailed.CreateRouteEntryWithSameDestinationCidrBlock': 'exists',
  'Rejected.ResourceExist': 'exists',
  'InstanceExist.TransitRouterInstance': 'exists',
  'AssociationExist.TransitRouterTable': 'exists',

  ParameterInstanceId: 'gone',
  ParameterCenInstanceId: 'gone',
  ParameterBwpInstanceId: 'gone',
  INSTANCE_NOT_EXISTS: 'gone',
  'Instance.NotExist': 'gone',
  'Bid.NotFound': 'gone',
  'InvalidOperation.NotFoundRoute': 'gone',
  'IllegalParam.TransitRouterRouteEntryId': 'gone',

  InvalidCredentials: 'fatal',
  // Not answers about a thing, though they read like it.
  'InvalidAction.NotFound': 'fatal',
  'InvalidRegionId.NotFound': 'fatal',
  NoSuchVersion: 'fatal',
  'InvalidAccessKeyId.NotFound': 'fatal',
  'InvalidAccessKeyId.Inactive': 'fatal',
  SignatureDoesNotMatch: 'fatal',
  NoPermission: 'fatal',
  Unauthorized: 'fatal',
  'Resource.QuotaFull': 'fatal',
  AuthorizationLimitExceed: 'fatal',
  ForbiddenRelease: 'fatal',
  IdempotentParameterMismatch: 'fatal',
  'IdempotenceParam.NotMatch': 'fatal',
  // Until its recovery window is over, days later, the name cannot be used.
  'Rejected.ResourceInDeletion': 'fatal',
  InventoryExceeded: 'fatal',
  USER_NOT_OPEN_TR_SERVICE: 'fatal',
  'InstanceType.NotSupport': 'fatal',
  'GeographicSpan.NotFound': 'fatal',
  ParameterMustNotNull: 'fatal',
  'VpnGateway.FinancialLocked': 'fatal',
  // Expired, overdue: Terraform retries it, and for ever.
  'InvalidOperation.BwpBusinessStatus': 'fatal',
  'InvalidOperation.BwpForGeoSpanNotAssociated': 'fatal',
  'InvalidOperation.BwpBandwidthExceeded': 'fatal',
  'InvalidOperation.NoChildInstanceEitherRegion': 'fatal',
  'InvalidOperation.AttachedChildInstanceExist': 'fatal',
  'InvalidOperation.DeletionProtection': 'fatal',
  'InvalidOperation.BwpForGeoSpanAlreadyAssociated': 'fatal',
  'InvalidOperation.BwpNotAssociated': 'fatal',
  'InvalidOperation.CenAlreadyAutoPubilshRouteToInstance': 'fatal',
  'InvalidOperation.VpcAutoRoutesPublishInOtherCEN': 'fatal',
  'InvalidOperation.VpnAssociated': 'fatal',
  'InvalidOperation.UnsupportnexthopType': 'fatal',
  'InvalidOperation.UnsupportRouteTableType': 'fatal',
  'OperationFailed.InvalidTransitRouter': 'fatal',
};

/** Families, the first that fits. Not-found codes come before them, `InvalidOperation.*` is nobody's. */
const FAMILIES: readonly (readonly [RegExp, CloudErrorClass])[] = [
  [/^Throttling\b/, 'throttled'],
  [/^IncorrectStatus\./, 'busy'],
  [/FinancialLocked$/, 'fatal'],
  [/^InvalidOperation\./, 'unknown'],
  [/^(QuotaExceeded|LimitExceeded)\b/, 'fatal'],
  [/^(Forbidden|Forbbiden|NoPermission|EntityNotExist)\b/, 'fatal'],
  [/^(OperationUnsupported|OperationInvalid|Duplicated|InsufficientIpAddr)\b/, 'fatal'],
  [/^(ParameterIllegal|IllegalParam|ParamExclusive|Missing|Invalid|Unsupported)/, 'fatal'],
];

const NOT_FOUND = /\.(NotFound|ResourceNotFound)$/;

/** To these "not found" answers the question; to any other action it says that something it needs is missing. */
const ASKS_OR_REMOVES =
  /^(Describe|List|Get|Delete|Withdraw|Detach|Dissociate|Disable|Revoke|Unassociate|Untag|UnTag|Check)/;

export function classifyError(
  _service: CloudService,
  action: string,
  code: string,
  status: number | null,
): CloudErrorClass {
  const own = OF_ACTION[`${action}/${code}`];
  if (own) return own;
  const exact = CODES[code];
  if (exact) return exact === 'gone' ? missing(action) : exact;
  if (NOT_FOUND.test(code)) return missing(action);
  const family = FAMILIES.find(([pattern]) => pattern.test(code));
  if (family) return family[1];
  return status !== null && status >= 500 ? 'transport' : 'unknown';
}

const missing = (action: string): CloudErrorClass => (ASKS_OR_REMOVES.test(action) ? 'gone' : 'fatal');
