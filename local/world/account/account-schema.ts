/** The account's file, version 1, as `schema/account.v1.json` publishes it. Names that lead nowhere: check-account.ts. */
import * as z from 'zod';

const id = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/, 'is no id');
const name = z.string().max(128).default('');
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, 'is no IPv4 block');
const address = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'is no IPv4 address');

const ruleSchema = z.strictObject({
  direction: z.enum(['ingress', 'egress']).default('ingress'),
  protocol: z.enum(['tcp', 'udp', 'icmp', 'gre', 'all']),
  ports: z
    .string()
    .regex(/^-?\d{1,5}\/-?\d{1,5}$/, 'is no range such as 443/443')
    .default('-1/-1'),
  cidr,
  policy: z.enum(['accept', 'drop']).default('accept'),
  priority: z.int().min(1).max(100).default(1),
});

const vSwitchSchema = z.strictObject({
  id,
  zone: z.string(),
  cidr,
  /** One of the VPC's custom tables; the system table where it is left out. */
  routeTable: id.optional(),
});

const vpcSchema = z.strictObject({
  id,
  region: z.string(),
  name,
  cidrs: z.array(cidr).min(1),
  customRouteTables: z.array(id).default([]),
  vSwitches: z.array(vSwitchSchema).default([]),
});

const groupSchema = z.strictObject({
  id,
  vpc: id,
  type: z.enum(['normal', 'enterprise']).default('normal'),
  rules: z.array(ruleSchema).default([]),
});

const cenSchema = z.strictObject({
  id,
  /** `Basic` is what could be made until 2022; nobody can make one any more. */
  edition: z.enum(['Basic', 'Enterprise']),
  name,
  /** VPCs that a basic CEN has already. */
  attachments: z.array(id).default([]),
});

const area = z.enum(['china', 'north-america', 'asia-pacific', 'europe', 'middle-east']);

const packageSchema = z.strictObject({
  id,
  bandwidthMbps: z.int().min(2).max(10_000),
  /** The same one twice joins two regions within it. */
  areas: z.tuple([area, area]),
});

export const accountSchema = z.strictObject({
  version: z.literal(1),
  accountId: z.string().regex(/^\d{16}$/, 'is not sixteen digits: write them in quotes'),
  /** Where the functions, the bucket and the queues are. */
  region: z.string(),
  accessKey: z.strictObject({ id: z.string().min(16), secret: z.string().min(16) }),
  /** Raised limits, by name. */
  quotas: z.record(z.string(), z.int().min(0)).default({}),
  /** Roles that RAM has from the start: they trust the account and Function Compute, and may do everything. */
  roles: z.array(z.string().regex(/^[A-Za-z0-9.@_-]{1,64}$/, 'is no name of a role')).default([]),
  /** What the account has opened. A service that it has not answers every call with its own error. */
  services: z
    .strictObject({
      transitRouter: z.boolean().default(true),
      crossBorder: z.boolean().default(false),
      functionCompute: z.boolean().default(true),
      oss: z.boolean().default(true),
      tablestore: z.boolean().default(true),
      smq: z.boolean().default(true),
      kms: z.boolean().default(true),
      eventBridge: z.boolean().default(true),
    })
    .prefault({}),
  vpcs: z.array(vpcSchema).default([]),
  securityGroups: z.array(groupSchema).default([]),
  instances: z
    .array(z.strictObject({ id, vSwitch: id, address, securityGroups: z.array(id).min(1).max(5) }))
    .default([]),
  cens: z.array(cenSchema).default([]),
  bandwidthPackages: z.array(packageSchema).default([]),
  /**
   * Devices by their public address: when each runs what stands on the cloud's side. `once`: the first time at once, and
   * no change after that. One that is not named never does.
   */
  offices: z
    .array(
      z.strictObject({
        address,
        applies: z
          .union([
            z.enum(['at-once', 'once', 'never']),
            z.strictObject({ afterMinutes: z.number().min(0).max(100_000) }),
          ])
          .default('at-once'),
      }),
    )
    .default([]),
  secrets: z
    .array(
      z.strictObject({ region: z.string(), name: z.string().min(1).max(192), value: z.string().min(1).max(30_720) }),
    )
    .default([]),
});

export type Account = z.output<typeof accountSchema>;
