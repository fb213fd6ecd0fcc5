/**
 * The topology file, version 1: the types, the messages and the published JSON Schema come from here. Short forms are
 * expanded on the way in; what a text must be (a block, an address, a port) is told by its examples and checked in
 * resolve/, which can say more than that it does not match.
 */
import * as z from 'zod';
import { expandOffice, listOfOne } from './short-forms';

/** They name groups in `access` and `tests`. */
export const GROUPS = ['offices', 'vpcs', 'applications', 'all'] as const;

const NAME = '[a-z][a-z0-9-]{0,40}';
const text = (pattern: RegExp, id: string, description: string, ...examples: string[]) =>
  z.string().regex(pattern).meta({ id, description, examples });
/** Checked later; the length keeps messages short. */
const loose = (id: string, description: string, ...examples: string[]) =>
  z.string().max(64).meta({ id, description, examples });

const name = text(
  new RegExp(`^${NAME}$`),
  'name',
  'A lower-case letter, then up to 40 letters, digits and hyphens.',
  'office-1',
);
const reference = text(
  new RegExp(`^${NAME}(\\.${NAME})?$`),
  'reference',
  'An office, a VPC, an application as <vpc>.<application>, or one of the groups offices, vpcs, applications, all.',
  'office-1',
  'virginia.orders',
  'offices',
);
const cidr = loose('cidr', 'An IPv4 block, its host bits zero.', '10.10.10.0/24');
const address = loose('address', 'An IPv4 address.', '203.0.113.11');
const port = loose('port', 'A protocol and a port or range, icmp, or all.', 'tcp/443', 'udp/500-600', 'icmp', 'all');
const cloudId = text(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/, 'cloudId', 'An id as the cloud writes it.', 'vpc-bp1abc');
const region = text(/^[a-z]{2,4}(-[a-z0-9]+){1,4}$/, 'region', 'A region’s id.', 'us-east-1', 'cn-shanghai');
const zone = text(/^[a-z]{2,4}(-[a-z0-9]+){1,5}$/, 'zone', 'A zone’s id.', 'us-east-1a', 'cn-shanghai-b');
const country = text(/^[A-Z]{2}$/, 'country', 'Two capital letters (ISO 3166-1).', 'US', 'CN');
const device = text(/^[a-z][a-z0-9-]{0,40}$/, 'device', 'What stands in the office.', 'strongswan', 'cisco-ios');
const secret = text(
  /^(?!acs\/)[A-Za-z0-9_/+=.@-]{1,192}$/,
  'secret',
  'The name of a secret in the key management service of the VPC’s region; not one that begins with acs/.',
  'acme/office-4',
);

/** One value stands for a list of one. */
const list = <T extends z.ZodType>(item: T, most: number) => z.preprocess(listOfOne, z.array(item).min(1).max(most));
const mbps = z
  .int()
  .min(1)
  .max(10_000)
  .meta({ description: 'Whole megabits a second.', examples: [100] });

const tunnel = z
  .strictObject({
    ike: z.enum(['ikev1', 'ikev2']).optional(),
    encryption: z.enum(['aes', 'aes128', 'aes192', 'aes256']).optional(),
    authentication: z.enum(['sha1', 'sha256', 'sha384', 'sha512']).optional(),
    dhGroup: z.enum(['group2', 'group5', 'group14']).optional(),
  })
  .meta({ description: 'Of every tunnel, both phases. Without it: ikev2, aes256, sha256, group14.' });

const quota = z.int().min(1).max(100_000).meta({ description: 'A whole number.' }).optional();
const quotas = z
  .strictObject({
    gateways: quota,
    connectionsPerGateway: quota,
    cidrsPerConnection: quota,
    destinationRoutesPerGateway: quota,
    customerGatewaysPerRegion: quota,
    routesPerTable: quota,
    routesPerCen: quota,
    synchronisedVpcsPerTransitRouter: quota,
    rulesPerSecurityGroup: quota,
  })
  .meta({ description: 'What the account was raised to, where it was.' });

const link = z
  .strictObject({ between: z.tuple([name, name]), bandwidthMbps: mbps.optional() })
  .meta({ description: 'Joins the regions of two VPCs. Without bandwidth it would carry 1 kbit/s.' });

const backbone = z
  .strictObject({
    edition: z.enum(['transit-router', 'basic']).optional(),
    cen: cloudId.optional().meta({ description: 'An existing CEN instance; the basic edition needs one.' }),
    bandwidthPackage: cloudId.optional().meta({ description: 'An existing bandwidth package; none is ever bought.' }),
    links: z.array(link).max(1_000).optional().meta({ description: 'One for each pair of regions that must talk.' }),
  })
  .meta({ description: 'What joins the regions.' });

const vSwitch = z.strictObject({
  id: cloudId,
  zone,
  cidr,
  routeTable: cloudId.optional().meta({ description: 'Only where it is a custom one.' }),
});

const application = z.strictObject({
  securityGroup: cloudId,
  vSwitch: cloudId,
  addresses: list(address, 100),
  ports: list(port, 50),
});

const protect = z
  .boolean()
  .meta({ description: 'Nothing of it is removed or made anew until a revision has taken this away again.' })
  .optional();

const vpc = z.strictObject({
  region,
  id: cloudId,
  cidrs: list(cidr, 100),
  vSwitches: z.array(vSwitch).min(1).max(100).meta({ description: 'In two zones at least.' }),
  gateway: z
    .strictObject({
      bandwidthMbps: mbps.optional().meta({ description: '5, 10, 20, 50, 100, 200, 500 or 1000; 100 where left out.' }),
      vSwitches: z.tuple([cloudId, cloudId]).optional(),
    })
    .optional(),
  attachment: z.strictObject({ vSwitches: z.array(cloudId).min(1).max(10).optional() }).optional(),
  applications: z.record(name, application).optional().meta({ description: 'By name.' }),
  protect,
});

const selectors = z
  .union([z.enum(['office', 'any']), z.strictObject({ cloudSide: list(cidr, 100), officeSide: list(cidr, 100) })])
  .meta({
    description:
      'office (where left out): cloud side 0.0.0.0/0, office side its CIDRs. any: 0.0.0.0/0 on both. Or both sides spelled out.',
  });

const presharedKey = z.union([z.literal('kept'), z.strictObject({ secret })]).meta({
  description:
    'The secret that holds it; left out, Trunkline makes one. kept: the tunnels have one that Trunkline does not know and leaves as it is.',
});

const adopted = z.record(z.string().max(256), z.string().min(1).max(256)).meta({
  description:
    'What stands already and is to be Trunkline’s: resources as the plan names them, each with its id in the cloud. `trunkline import` writes it.',
  examples: [{ 'vpn-gateway/virginia': 'vpn-bp1abc' }],
});

export const SHORT_OFFICE = '<address> <CIDR>[,<CIDR>…] via <vpc> [in <country>]';

const office = z.preprocess(
  (value, context) => {
    if (typeof value !== 'string') return value;
    const expanded = expandOffice(value);
    if (expanded) return expanded;
    context.addIssue({ code: 'custom', input: value });
    return z.NEVER;
  },
  z.strictObject({
    vpc: name,
    address,
    cidrs: list(cidr, 100),
    device: device.optional(),
    country: country.optional(),
    selectors: selectors.optional(),
    presharedKey: presharedKey.optional(),
    protect,
  }),
);

const access = z
  .strictObject({ from: list(reference, 2_000), to: list(reference, 2_000), ports: list(port, 50).optional() })
  .meta({ description: 'Without ports: on each application’s own. A VPC as target stands for its applications.' });

const test = z.strictObject({
  from: reference,
  to: reference,
  port: port.optional(),
  expect: z.enum(['reachable', 'blocked']),
});

const kept = z.literal(true).optional();

/** A plan that keeps all that are named needs nobody's leave. */
const rules = z
  .strictObject({
    addsOnly: kept,
    noOutage: kept,
    noTestTouched: kept,
    tasksAtMost: z.int().min(0).max(1_000_000).optional(),
    monthlyCostBelow: z.number().min(0).max(1_000_000_000).optional(),
  })
  .meta({ description: 'None of them: every plan needs somebody. A cost needs the deployment’s table of prices.' });

export const approvalSchema = z
  .union([
    z.enum(['none', 'always']),
    z.strictObject({
      unless: rules.optional(),
      people: z.int().min(1).max(5).optional(),
      validHours: z.int().min(1).max(720).optional(),
    }),
  ])
  .meta({
    description:
      'Who must agree to a plan before it is carried out: nobody (none, where left out), somebody (always), or somebody unless the plan keeps the rules. People: 1 to 5 different ones, 1 where left out. What they said holds for validHours, 24 where left out.',
  });

export const fileSchema = z.strictObject({
  version: z.literal(1),
  name,
  defaults: z.strictObject({ tunnel: tunnel.optional(), quotas: quotas.optional() }).optional(),
  backbone: backbone.optional(),
  vpcs: z.record(name, vpc).meta({ description: 'By name: the VPCs to be joined, which exist.' }),
  offices: z.record(name, office).optional().meta({ description: 'By name, in full or in one line.' }),
  access: z.array(access).max(5_000).optional().meta({
    description:
      'Who may start connections to what. Left out: every office and VPC to every application on its ports, offices to each other.',
  }),
  tests: z
    .array(test)
    .max(5_000)
    .optional()
    .meta({ description: 'What must hold; the proof fails where one does not.' }),
  onRemoval: z.enum(['keep', 'destroy']).optional(),
  approval: approvalSchema.optional(),
  protect,
  onDrift: z
    .enum(['report', 'repair'])
    .optional()
    .meta({ description: 'What is ours and was changed or taken away by hand: told, or also brought back.' }),
  adopt: adopted.optional(),
});

export type TopologyFile = z.infer<typeof fileSchema>;
export type VpcEntry = TopologyFile['vpcs'][string];
export type OfficeEntry = NonNullable<TopologyFile['offices']>[string];
export type AccessEntry = NonNullable<TopologyFile['access']>[number];
export type LinkEntry = NonNullable<NonNullable<TopologyFile['backbone']>['links']>[number];
