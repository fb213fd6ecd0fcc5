import * as z from 'zod';
import type { Cloud } from '../../engine/cloud';
import { tokenPages } from '../all-pages';
import { integer, text } from '../parse-response';

const group = z.object({
  SecurityGroupId: z.string(),
  VpcId: text,
  /** `normal` or `enterprise` */
  SecurityGroupType: z.string().default('normal'),
});
type SecurityGroupReading = z.infer<typeof group>;
const groupListing = z.object({
  NextToken: z.string().nullish(),
  SecurityGroups: z.object({ SecurityGroup: z.array(group) }),
});

export const listSecurityGroups = (cloud: Cloud, region: string, vpcId: string): Promise<SecurityGroupReading[]> =>
  tokenPages(
    cloud,
    { service: 'ecs', region, action: 'DescribeSecurityGroups', parameters: { VpcId: vpcId } },
    { schema: groupListing, items: ({ SecurityGroups }) => SecurityGroups.SecurityGroup, pageSize: 100 },
  );

const permission = z.object({
  SecurityGroupRuleId: text,
  /** `ingress` or `egress` */
  Direction: text,
  IpProtocol: z.string(),
  /** `443/443`; `-1/-1` where the protocol has none. */
  PortRange: z.string(),
  /** Of the sender's ports; other than `-1/-1` only in rules made with great care. */
  SourcePortRange: text,
  SourceCidrIp: text,
  DestCidrIp: text,
  Policy: z.string(),
  Priority: integer,
  Description: text,
});
export type PermissionReading = z.infer<typeof permission>;
const ruleListing = z.object({
  NextToken: z.string().nullish(),
  Permissions: z.object({ Permission: z.array(permission) }),
});

export const listPermissions = (
  cloud: Cloud,
  region: string,
  groupId: string,
  direction: 'ingress' | 'egress' | 'all',
): Promise<PermissionReading[]> =>
  tokenPages(
    cloud,
    {
      service: 'ecs',
      region,
      action: 'DescribeSecurityGroupAttribute',
      parameters: { SecurityGroupId: groupId, NicType: 'intranet', Direction: direction },
    },
    { schema: ruleListing, items: ({ Permissions }) => Permissions.Permission, pageSize: 500 },
  );

const networkInterface = z.object({
  NetworkInterfaceId: z.string(),
  PrivateIpAddress: text,
  PrivateIpSets: z
    .object({ PrivateIpSet: z.array(z.object({ PrivateIpAddress: z.string() })).default([]) })
    .prefault({}),
  VSwitchId: text,
  SecurityGroupIds: z.object({ SecurityGroupId: z.array(z.string()).default([]) }).prefault({}),
});
export type NetworkInterfaceReading = z.infer<typeof networkInterface>;
const interfaceListing = z.object({
  NextToken: z.string().nullish(),
  NetworkInterfaceSets: z.object({ NetworkInterfaceSet: z.array(networkInterface) }),
});

/** All of a VPC: one listing answers for every application in it. */
export const listNetworkInterfaces = (
  cloud: Cloud,
  region: string,
  vpcId: string,
): Promise<NetworkInterfaceReading[]> =>
  tokenPages(
    cloud,
    { service: 'ecs', region, action: 'DescribeNetworkInterfaces', parameters: { VpcId: vpcId } },
    {
      schema: interfaceListing,
      items: ({ NetworkInterfaceSets }) => NetworkInterfaceSets.NetworkInterfaceSet,
      pageSize: 500,
    },
  );

export const addressesOf = ({ PrivateIpAddress, PrivateIpSets }: NetworkInterfaceReading): string[] => [
  PrivateIpAddress,
  ...PrivateIpSets.PrivateIpSet.map((entry) => entry.PrivateIpAddress),
];
