/**
 * The VPC service's error answers: code, HTTP status and message, from the error tables of the API documentation (2021
 * for VPN gateways, 2025 and 2026 for routes). Codes marked `ours` stand where no documented one was found; what the
 * service says there is unverified.
 */
import { ApiError } from '../rpc/action';

const REFUSALS = {
  DryRunOperation: [400, 'Request validation has been passed with DryRun flag set.'],
  /** Ours. */
  InvalidNextToken: [400, 'The specified NextToken is not valid.'],
  'MissingParam.RegionIdOrVpcId': [400, 'Either RegionId or VpcId must be specified.'],

  // VPCs, vSwitches and their tables
  'InvalidVpcId.NotFound': [404, 'Specified VPC does not exist.'],
  /** On a VPC's block, and on a vSwitch's that is not in its VPC. */
  InvalidParameter: [400, 'Specified CIDR block is not valid in VPC.'],
  'InvalidVpcName.Malformed': [400, 'Specified VPC name is not valid.'],
  'InvalidVpcDiscription.Malformed': [400, 'Specified VPC description is not valid.'],
  'InvalidUserCidr.Quota': [400, 'Specified UserCidr number is greater than 3.'],
  'InvalidUserCidr.Malformed': [400, 'Specified UserCidr overlapping in of 100.64.0.0/10.'],
  'QuotaExceeded.Vpc': [400, 'VPC quota exceeded.'],
  IncorrectVpcStatus: [400, 'Current VPC status does not support this operation.'],
  'DependencyViolation.VSwitch': [400, 'Specified object has dependent resources'],
  'DependencyViolation.SecurityGroup': [400, 'Specified object has dependent resources SecurityGroup.'],
  'DependencyViolation.RouteTable': [400, 'VPC cannot be deleted when custom route table exists.'],
  'DependencyViolation.RouteEntry': [400, 'Specified object has dependent resources'],
  /** Ours, as the three that follow: neither IPv6 nor address pools are modelled. */
  'DependencyViolation.VpnGateway': [400, 'Specified object has dependent VPN gateways.'],
  'DependencyViolation.Cen': [400, 'Specified object is attached to a CEN instance.'],
  'OperationUnsupported.Ipv6': [400, 'IPv6 is not supported.'],
  'OperationUnsupported.Ipam': [400, 'IPAM is not supported.'],
  'InvalidZoneId.NotFound': [404, 'Specified zone does not exist.'],
  'InvalidVSwitchName.Malformed': [400, 'Specified virtual switch name is not valid.'],
  'InvalidVSwitchDiscription.Malformed': [400, 'Specified virtual switch description is not valid.'],
  'InvalidCidrBlock.Overlapped': [400, 'Specified CIDR block overlapped with other subnets.'],
  'InvalidCirdrBlock.MaskLength': [400, 'Specified CIDR block is not valid .'],
  'QuotaExceeded.VSwitch': [400, 'Virtual switch quota exceeded.'],
  IncorrectVSwitchStatus: [400, 'The current virtual switch status does not support this operation.'],
  IncorrectRouteEntryStatus: [400, 'Some route entry status blocked this operation.'],
  'OperationDenied.OtherSubnetProcessing': [400, 'other subnet is processing.'],
  /** On a vSwitch whose addresses are in use. */
  DependencyViolation: [400, 'Specified object has dependent resources.'],
  /** ECS's, of JoinResourceGroup; that VPC answers the same is unverified. */
  'InvalidResourceGroup.NotFound': [404, 'The specified resource group does not exist.'],
  'InvalidVSwitchId.NotFound': [404, 'The specified vswitchId is not found.'],
  'InvalidRouteTableId.NotFound': [404, 'Specified RouteTable does not exist.'],
  IncorrectRouteTableType: [400, "Route table can be deleted by this action only when it's type is custom."],
  'IncorrectRouteTableStatus.RouteEntryExist': [
    400,
    'You cannot delete the specified route table because it still has custom route entry.',
  ],
  /** Seen in Terraform's list of what passes. */
  IncorrectRouteTableStatus: [400, 'Current route table status does not support this operation.'],
  /** Ours, as the next two. */
  'QuotaExceeded.RouteTable': [400, 'Route table quota exceeded.'],
  'OperationUnsupported.GatewayRouteTable': [400, 'Route tables of gateways are not supported.'],
  'InvalidAssociation.NotFound': [404, 'The vSwitch is not associated with the route table.'],
  TaskConflict: [400, 'The operation is too frequent, please wait a moment and try again.'],
  QuotaExceeded: [400, 'Route entry quota exceeded in this route table.'],
  'InvalidCidrBlock.Malformed': [400, 'Specified CIDR block is not valid.'],
  InvalidCidrBlock: [400, 'Specified CIDR block is not valid.'],
  /** On a block that another entry has; a vSwitch's own is InvalidCidrBlock. */
  'RouterEntryConflict.Duplicated': [400, 'A route entry already exists, which CIDR is the same.'],
  'InvalidNextHop.NotFound': [400, 'Specified next hop does not exist.'],
  InvalidNextHop: [400, 'Specified nexthop and nexthop list cannot both null.'],
  'InvalidNexthopTypeAndList.BothNotNull': [400, 'both nexthopType and nextHopList are not null.'],
  /** Ours. */
  'MissingParam.RouterIdOrRouteTable': [
    400,
    'One of VRouterId, RouterId, RouteTableId and RouteTableName is needed, and not both of the first two.',
  ],
  'InvalidRouteEntry.NotFound': [400, 'Specified route entry does not exist.'],
  /** What was published or synchronised goes where it came from. */
  Forbbiden: [400, 'Specified RouteEntry cannot allowed delete by openApi.'],

  // VPN gateways
  'InvalidVpnGatewayInstanceId.NotFound': [404, 'The specified vpn gateway instance id does not exist.'],
  'VpnGateway.Configuring': [400, 'The specified service is configuring.'],
  'VpnGateway.FinancialLocked': [400, 'The specified service is financial locked.'],
  'Resource.QuotaFull': [400, 'The quota of resource is full'],
  InvalidName: [400, 'The name is not valid'],
  InvalidDescription: [400, 'The description is not valid'],
  ForbiddenRelease: [403, 'The specified instance is not allowed to be released before it expires.'],
  /** Documented with this message of DeleteVpnGateway and of DeleteCustomerGateway alike. */
  'DependencyViolation.VpnConnection': [400, 'There are vpn connections on specified customer gateway not deleted.'],
  /** Ours, as the next three. */
  'MissingParam.DisasterRecoveryVSwitchId': [
    400,
    'VSwitchId and DisasterRecoveryVSwitchId are mandatory in a region whose gateways have two tunnels a connection.',
  ],
  'IllegalParam.DisasterRecoveryVSwitchId': [400, 'The two vSwitches must be different and in two zones of the VPC.'],
  'IllegalParam.Bandwidth': [400, 'The Bandwidth is not sold with this InstanceChargeType and NetworkType.'],
  'DependencyViolation.VpcRouteEntry': [400, 'A route of the VPC leads to the VPN gateway.'],

  // Customer gateways
  'InvalidCustomerGatewayInstanceId.NotFound': [404, 'The specified customer gateway instance id does not exist.'],
  'InvalidIpAddress.AlreadyExist': [400, 'Specified IpAddress is already exist.'],
  'InvalidIpAddress.WrongFormat': [400, 'Specified IpAddress is invalid.'],
  /** Ours. */
  'IllegalParam.Asn': [400, 'The specified "Asn" is invalid.'],

  // Connections
  'InvalidVpnConnectionInstanceId.NotFound': [404, 'The specified vpn connection instance id does not exist.'],
  'VpnConnection.Configuring': [400, 'The specified vpn connection is configuring.'],
  'InvalidVpnConnection.AlreadyExists': [400, 'Vpn connection already exists.'],
  'IllegalParam.LocalSubnet': [400, 'The specified "LocalSubnet" is invalid.'],
  'IllegalParam.RemoteSubnet': [400, 'The specified "RemoteSubnet" is invalid.'],
  'QuotaExceeded.PolicyBasedRoute': [400, 'The maximum number of policy-based routes is exceeded.'],
  /** Ours, as the next three: which parameters a gateway takes is documented, what it answers to the others is not. */
  'IllegalParam.TunnelOptionsSpecification': [
    400,
    'A gateway with two tunnels a connection wants TunnelOptionsSpecification with one master and one slave.',
  ],
  'OperationUnsupported.SingleTunnel': [400, 'The gateway does not support the parameters of a single tunnel.'],
  'OperationUnsupported.DualTunnel': [400, 'The gateway does not support TunnelOptionsSpecification.'],
  'InvalidTunnelId.NotFound': [404, 'The specified tunnel does not exist.'],
  'MissingParam.CustomerGatewayId': [400, 'The parameter CustomerGatewayId is mandatory.'],
  'IllegalParam.IkeConfig': [400, 'The specified "IkeConfig" is invalid.'],
  'IllegalParam.IpsecConfig': [400, 'The specified "IpsecConfig" is invalid.'],
  'DependencyViolation.VpnRouteEntry': [400, 'A route of the VPN gateway leads to the IPsec connection.'],
  /** Border gateway routing is not modelled (docs/local-cloud.md). Ours. */
  'OperationUnsupported.Bgp': [400, 'BGP is not supported.'],

  // VPN routes
  'IllegalParam.RouteDest': [400, 'The specified "RouteDest" is invalid.'],
  'IllegalParam.RouteSource': [400, 'The specified "RouteSource" is invalid.'],
  /** Ours. */
  'VpnRouteEntry.AlreadyExists': [400, 'The route entry already exists.'],

  // Tags
  'InvalidResourceId.NotFound': [404, 'The specified ResourceId is not found.'],
  'IllegalParam.ResourceType': [400, 'The param of ResourceType is illegal.'],
  'IllegalParam.TagKey': [400, 'The param of TagKey is illegal.'],
  'IllegalParam.TagValue': [400, 'The param of TagValue is illegal.'],
  'QuotaExceeded.TagsPerResource': [400, 'The number of tags of the resource exceeds the quota.'],
  'MissingParam.ResourceIdOrTag': [400, 'Either ResourceId or Tag must be specified.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

type RefusalCode = keyof typeof REFUSALS;

export function refusal(code: RefusalCode): ApiError {
  const [status, message] = REFUSALS[code];
  return new ApiError(status, code, message);
}
