/** What the answers say of a customer gateway. */
import type { JsonObject } from '../../../shared/json';
import type { CustomerGatewayRecord } from './records';
import { tagList } from './tags';
import { vpnTime } from './times';

export const customerGatewayView = (gateway: CustomerGatewayRecord): JsonObject => ({
  CustomerGatewayId: gateway.id,
  IpAddress: gateway.ipAddress,
  Name: gateway.name,
  Description: gateway.description,
  CreateTime: vpnTime(gateway.createdAt),
  // Left out where none was given.
  ...(gateway.asn === null ? {} : { Asn: gateway.asn }),
  AuthKey: '',
  ResourceGroupId: gateway.resourceGroupId ?? '',
  Tags: { Tag: tagList(gateway.tags) },
});
