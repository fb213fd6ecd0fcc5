import { classifyError } from '../../../shared/alicloud/classify-error';
import type { CloudErrorClass } from '../../../shared/engine/cloud';

type Case = [code: string, action: string, status: number | null, expected: CloudErrorClass];

const THROTTLED: Case[] = [
  ['Throttling', 'DescribeVpcs', 400, 'throttled'],
  ['Throttling.User', 'CreateTransitRouterVpcAttachment', 429, 'throttled'],
  ['Throttling.user', 'DescribeCens', 400, 'throttled'],
  ['Throttling.DeepPageSkip', 'DescribeVpcs', 400, 'throttled'],
  ['Rejected.Throttling', 'GetSecretValue', 429, 'throttled'],
];

const TRANSPORT: Case[] = [
  ['Transport', 'CreateVpnGateway', null, 'transport'],
  ['ServiceUnavailable', 'CreateRouteEntry', 503, 'transport'],
  ['InternalError', 'PublishRouteEntries', 500, 'transport'],
  ['UnknownError', 'CreateRouteEntry', 400, 'transport'],
  ['DB.Error', 'CreateCen', 500, 'transport'],
  ['SystemBusy', 'CreateRouteEntry', 400, 'transport'],
  // TF issue 4808: the connection was made all the same.
  ['SomethingNew', 'CreateVpnConnection', 500, 'transport'],
];

const BUSY: Case[] = [
  'VpnGateway.Configuring',
  'VpnConnection.Configuring',
  'VpnRouteEntry.Configuring',
  'Appliance.Configuring',
  'VpnTask.CONFLICT',
  'TaskConflict',
  'OperationFailed.TaskConflict',
  'OperationConflict',
  'OperationFailed.DistibuteLock',
  'OperationFailed.SslNotSupport',
  'OperationFailed.InvalidVpcStatus',
  'OperationFailed.AllocateCidrFailed',
  'LastTokenProcessing',
  'TokenProcessing',
  'IdempotenceProcessing',
  'IncorrectStatus',
  'IncorrectStatus.Status',
  'IncorrectStatus.VpcRouteTable',
  'IncorrectStatus.VpcSwitch',
  'IncorrectStatus.VpcOrVswitch',
  'IncorrectStatus.VpcRouteEntry',
  'IncorrectStatus.Attachment',
  'IncorrectStatus.Vpc',
  'IncorrectStatus.VpcResource',
  'IncorrectStatus.CenInstance',
  'IncorrectStatus.TransitRouterInstance',
  'IncorrectStatus.RouteTableStatus',
  'IncorrectVpcStatus',
  'IncorrectVSwitchStatus',
  'IncorrectRouteEntryStatus',
  'IncorrectInstanceStatus',
  'InvalidOperation.CenInstanceStatus',
  'InvalidOperation.ChildInstanceStatus',
  'InvalidOperation.BwpInstanceStatus',
  'InvalidOperation.CenBandwidthLimitsNotZero',
  'InstanceStatus.NotSupport',
  'InvalidStatus.Resource',
  'DependencyViolation',
  'OperationFailed.AttachmentReferencedVpcRouteEntryExisted',
  'OperationFailed.RouteTablePropagationExist',
  'OperationFailed.RouteTableAssociationExist',
  'OperationFailed.RouteEntryExist',
  'OperationFailed.DeleteTransitRouter',
].map((code): Case => [code, 'CreateVpnConnection', 400, 'busy']);

const EXISTS: Case[] = [
  ['InvalidVpnConnection.AlreadyExists', 'CreateVpnConnection', 400, 'exists'],
  ['InvalidIpAddress.AlreadyExist', 'CreateCustomerGateway', 400, 'exists'],
  ['RouterEntryConflict.Duplicated', 'CreateRouteEntry', 400, 'exists'],
  ['Duplicated.VpcNextHop', 'CreateRouteEntry', 400, 'exists'],
  ['InvalidCIDRBlock.Duplicate', 'CreateRouteEntry', 400, 'exists'],
  ['InvalidOperation.ChildInstanceAlreadyAttached', 'AttachCenChildInstance', 409, 'exists'],
  ['OperationFailed.CreateRouteEntryWithSameDestinationCidrBlock', 'CreateTransitRouterRouteEntry', 400, 'exists'],
  ['Rejected.ResourceExist', 'CreateSecret', 400, 'exists'],
  ['InstanceExist.TransitRouterInstance', 'CreateTransitRouter', 400, 'exists'],
  ['AssociationExist.TransitRouterTable', 'AssociateTransitRouterAttachmentWithRouteTable', 400, 'exists'],
];

const GONE: Case[] = [
  ['InvalidVpnGatewayInstanceId.NotFound', 'DescribeVpnGateway', 404, 'gone'],
  ['InvalidVpnGatewayId.NotFound', 'DeleteVpnGateway', 404, 'gone'],
  ['INSTANCE_NOT_EXISTS', 'DeleteVpnGateway', 400, 'gone'],
  ['IncorrectStatus.VpnGateway', 'DeleteVpnGateway', 400, 'gone'],
  ['InvalidCustomerGatewayInstanceId.NotFound', 'DeleteCustomerGateway', 404, 'gone'],
  ['InvalidVpnConnectionInstanceId.NotFound', 'DeleteVpnConnection', 404, 'gone'],
  ['InvalidRouteEntry.NotFound', 'DeleteVpnRouteEntry', 404, 'gone'],
  ['InvalidVpcId.NotFound', 'DescribeVpcAttribute', 404, 'gone'],
  ['InvalidSecurityGroupId.NotFound', 'DescribeSecurityGroupAttribute', 404, 'gone'],
  ['InvalidParam.SecurityGroupRuleId', 'RevokeSecurityGroup', 400, 'gone'],
  ['ParameterInstanceId', 'DeleteTransitRouter', 404, 'gone'],
  ['ParameterCenInstanceId', 'DeleteCen', 404, 'gone'],
  ['ParameterBwpInstanceId', 'UnassociateCenBandwidthPackage', 404, 'gone'],
  ['Instance.NotExist', 'WithdrawPublishedRouteEntries', 404, 'gone'],
  ['Bid.NotFound', 'DetachCenChildInstance', 404, 'gone'],
  ['InvalidOperation.NotFoundRoute', 'WithdrawPublishedRouteEntries', 409, 'gone'],
  ['InvalidTransitRouterRouteTableId.NotFound', 'DissociateTransitRouterAttachmentFromRouteTable', 404, 'gone'],
  ['IllegalParam.TransitRouterRouteEntryId', 'DeleteTransitRouterRouteEntry', 400, 'gone'],
  ['Forbidden.ResourceNotFound', 'ListSecretVersionIds', 404, 'gone'],
];

const FATAL: Case[] = [
  ['Resource.QuotaFull', 'CreateVpnGateway', 400, 'fatal'],
  ['QuotaExceeded.PolicyBasedRoute', 'CreateVpnConnection', 400, 'fatal'],
  ['VpnGateway.FinancialLocked', 'CreateVpnConnection', 400, 'fatal'],
  ['InvalidOperation.BwpBusinessStatus', 'AssociateCenBandwidthPackage', 409, 'fatal'],
  ['InvalidOperation.BwpForGeoSpanNotAssociated', 'SetCenInterRegionBandwidthLimit', 409, 'fatal'],
  ['InvalidOperation.BwpBandwidthExceeded', 'SetCenInterRegionBandwidthLimit', 409, 'fatal'],
  ['InvalidOperation.NoChildInstanceEitherRegion', 'SetCenInterRegionBandwidthLimit', 409, 'fatal'],
  ['InvalidOperation.DeletionProtection', 'DeleteSecurityGroup', 403, 'fatal'],
  ['InvalidOperation.BwpForGeoSpanAlreadyAssociated', 'AssociateCenBandwidthPackage', 409, 'fatal'],
  ['InvalidOperation.BwpNotAssociated', 'CreateTransitRouterPeerAttachment', 400, 'fatal'],
  ['InvalidOperation.CenAlreadyAutoPubilshRouteToInstance', 'AttachCenChildInstance', 409, 'fatal'],
  ['InvalidOperation.VpcAutoRoutesPublishInOtherCEN', 'CreateTransitRouterVpcAttachment', 400, 'fatal'],
  ['InvalidOperation.VpnAssociated', 'CreateTransitRouterVpcAttachment', 400, 'fatal'],
  ['InvalidOperation.UnsupportnexthopType', 'PublishRouteEntries', 400, 'fatal'],
  ['InvalidOperation.UnsupportRouteTableType', 'PublishRouteEntries', 400, 'fatal'],
  ['OperationFailed.InvalidTransitRouter', 'AttachCenChildInstance', 400, 'fatal'],
  ['OperationInvalid.UserCanNotBuyCrossBorderBwp', 'CreateTransitRouterPeerAttachment', 400, 'fatal'],
  ['OperationUnsupported.TransitRouterType', 'CreateTransitRouterVpcAttachment', 400, 'fatal'],
  ['Duplicated.ZoneMapping', 'CreateTransitRouterVpcAttachment', 400, 'fatal'],
  ['InsufficientIpAddr.vsw', 'CreateTransitRouterVpcAttachment', 400, 'fatal'],
  ['Forbbiden.TransitRouterServiceNotOpen', 'CreateTransitRouter', 400, 'fatal'],
  ['USER_NOT_OPEN_TR_SERVICE', 'CheckTransitRouterService', 400, 'fatal'],
  ['QuotaExceeded.CenCountExceeded', 'CreateCen', 400, 'fatal'],
  ['ForbiddenRelease', 'DeleteVpnGateway', 403, 'fatal'],
  ['Forbidden.Release', 'DeleteCenBandwidthPackage', 403, 'fatal'],
  ['Forbidden', 'CreateVpnGateway', 403, 'fatal'],
  ['Forbbiden.SubUser', 'CreateVpnGateway', 403, 'fatal'],
  ['Forbbiden.AttachChildInstanceAcrossUid', 'AttachCenChildInstance', 409, 'fatal'],
  ['NoPermission', 'CreateCen', 403, 'fatal'],
  ['EntityNotExist.Role', 'AssumeRole', 404, 'fatal'],
  ['ParameterIllegal.CenId', 'CreateTransitRouter', 400, 'fatal'],
  ['IllegalParam.LocalSubnet', 'CreateVpnConnection', 400, 'fatal'],
  ['MissingParameter', 'CreateVpnGateway', 400, 'fatal'],
  ['InvalidParameter', 'CreateVpnGateway', 400, 'fatal'],
  ['InvalidName', 'CreateCustomerGateway', 400, 'fatal'],
  ['IdempotentParameterMismatch', 'CreateVpnGateway', 400, 'fatal'],
  ['IdempotenceParam.NotMatch', 'CreateCen', 400, 'fatal'],
  ['Rejected.ResourceInDeletion', 'CreateSecret', 409, 'fatal'],
  ['InventoryExceeded', 'CreateCenBandwidthPackage', 400, 'fatal'],
  ['InstanceType.NotSupport', 'AttachCenChildInstance', 400, 'fatal'],
  ['AuthorizationLimitExceed', 'AuthorizeSecurityGroup', 403, 'fatal'],
  ['SignatureDoesNotMatch', 'DescribeVpcs', 403, 'fatal'],
];

const OF_THE_ACTION: Case[] = [
  // HTTP 500, and nothing happened.
  ['Operation.Blocking', 'CreateCen', 500, 'busy'],
  // Something that a create needs is missing: waiting does not bring it.
  ['InvalidVpnGatewayInstanceId.NotFound', 'CreateVpnConnection', 404, 'fatal'],
  ['ParameterCenInstanceId', 'CreateTransitRouter', 404, 'fatal'],
  ['Forbidden.ResourceNotFound', 'PutSecretValue', 404, 'fatal'],
  ['InvalidOperation.AttachedChildInstanceExist', 'DeleteTransitRouter', 409, 'busy'],
  ['InvalidOperation.AttachedChildInstanceExist', 'DeleteCen', 409, 'fatal'],
  ['IncorrectStatus.VpnGateway', 'CreateVpnConnection', 400, 'busy'],
  // Taken for "no such gateway", these would have a second one made.
  ['InvalidAccessKeyId.NotFound', 'DescribeVpcs', 404, 'fatal'],
  ['InvalidAction.NotFound', 'DescribeVpnGateway', 404, 'fatal'],
  ['InvalidRegionId.NotFound', 'DescribeVpnGateway', 404, 'fatal'],
  ['UnsupportedParameter', 'DescribeVpnGateway', 400, 'fatal'],
  ['NoSuchVersion', 'DescribeVpnGateway', 400, 'fatal'],
];

const UNKNOWN: Case[] = [
  ['SomethingNew', 'CreateVpnGateway', 400, 'unknown'],
  ['InvalidOperation.SomethingNew', 'PublishRouteEntries', 409, 'unknown'],
];

test.each([...THROTTLED, ...TRANSPORT, ...BUSY, ...EXISTS, ...GONE, ...FATAL, ...OF_THE_ACTION, ...UNKNOWN])(
  '%s of %s (HTTP %s) is %s',
  (code, action, status, expected) => {
    expect(classifyError('vpc', action, code, status)).toBe(expected);
  },
);
