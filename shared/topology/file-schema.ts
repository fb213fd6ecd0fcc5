/**
 * The topology file, version 1, as a schema: types, messages and the published JSON Schema come from it. Short forms
 * are expanded before (short-forms.ts), so the parser checks full forms only; the JSON Schema shows both.
 */
import * as z from 'zod';

export const NAME = /^[a-z][a-z0-9-]{0,40}$/;
/** They name groups in `access` and `tests`. */
export const GROUPS = ['offices', 'vpcs', 'applications', 'all'] as const;

const name = z.string().regex(NAME, 'a name is a lower-case letter, then up to 40 letters, digits and hyphens');
const reference = z.string().min(1).max(90);
const cidr = z.string().max(64);
const cidrs = z.array(cidr).min(1).max(100);
const cloudId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/, 'an id as the cloud writes it, for example vpc-bp1abc');
const region = z.string().regex(/^[a-z]{2}-[a-z]+(-\d+)?$/, 'a region id, for example us-east-1');
const zone = z.string().regex(/^[a-z]{2}-[a-z]+(-\d+)?-?[a-z]$/, 'a zone id, for example us-east-1a');
const port = z.string().max(20);
const bandwidth = z.int().min(1).max(10_000);

const tunnel = z.strictObject({
  ike: z.enum(['ikev1', 'ikev2']).optional(),
  encryption: z.enum(['aes', 'aes128', 'aes192', 'aes256', 'des', '3des']).optional(),
  authentication: z.enum(['md5', 'sha1', 'sha256', 'sha384', 'sha512']).optional(),
  dhGroup: z.enum(['group1', 'group2', 'group5', 'group14']).optional(),
});

const quota = z.int().min(1).max(100_000).optional();

const quotas = z.strictObject({
  gateways: quota,
  connectionsPerGateway: quota,
  cidrsPerConnection: quota,
  destinationRoutesPerGateway: quota,
  customerGatewaysPerRegion: quota,
  routesPerTable: quota,
  routesPerCen: quota,
  synchronisedVpcsPerTransitRouter: quota,
  rulesPerSecurityGroup: quota,
});

const link = z.strictObject({ between: z.tuple([name, name]), bandwidthMbps: bandwidth.optional() });

const backbone = z.strictObject({
  edition: z.enum(['transit-router', 'basic']).optional(),
  cen: cloudId.optional(),
  bandwidthPackage: cloudId.optional(),
  links: z.array(link).max(1_000).optional(),
});

const vSwitch = z.strictObject({ id: cloudId, zone, cidr, routeTable: cloudId.optional() });

const application = z.strictObject({
  securityGroup: cloudId,
  vSwitch: cloudId,
  addresses: z.array(z.string().max(64)).min(1).max(100),
  ports: z.array(port).min(1).max(50),
});

const vpc = z.strictObject({
  region,
  id: cloudId,
  cidrs,
  vSwitches: z.array(vSwitch).min(1).max(50),
  gateway: z
    .strictObject({ bandwidthMbps: bandwidth.optional(), vSwitches: z.array(cloudId).max(2).optional() })
    .optional(),
  attachment: z.strictObject({ vSwitches: z.array(cloudId).max(10).optional() }).optional(),
  applications: z.record(name, application).optional(),
});

const selectors = z.union([z.enum(['office', 'any']), z.strictObject({ cloudSide: cidrs, officeSide: cidrs })]);

const office = z.strictObject({
  vpc: name,
  address: z.string().max(64),
  cidrs,
  device: z.string().max(60).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country is two capital letters (ISO 3166-1)')
    .optional(),
  selectors: selectors.optional(),
  presharedKey: z
    .strictObject({ secret: z.string().regex(/^[A-Za-z0-9_/+=.@-]{1,192}$/, 'the name of a secret') })
    .optional(),
});

/** `office-1: 203.0.113.11 10.10.10.0/24,10.10.11.0/24 via virginia` */
const shortOffice = z.string().max(2_000).describe('<address> <CIDR>[,<CIDR>…] via <vpc>');

const oneOrMore = z.union([reference, z.array(reference).min(1).max(2_000)]);

const access = z.strictObject({ from: oneOrMore, to: oneOrMore, ports: z.array(port).min(1).max(50).optional() });

const test = z.strictObject({
  from: reference,
  to: reference,
  port: port.optional(),
  expect: z.enum(['reachable', 'blocked']),
});

const fileWith = <O extends z.ZodType>(officeForm: O) =>
  z.strictObject({
    version: z.literal(1),
    name,
    defaults: z.strictObject({ tunnel: tunnel.optional(), quotas: quotas.optional() }).optional(),
    backbone: backbone.optional(),
    vpcs: z.record(name, vpc),
    offices: z.record(name, officeForm).optional(),
    access: z.array(access).max(5_000).optional(),
    tests: z.array(test).max(5_000).optional(),
    onRemoval: z.enum(['keep', 'destroy']).optional(),
  });

/** What is checked, short forms expanded. */
export const fileSchema = fileWith(office);
/** What is published for editors. */
export const publishedSchema = fileWith(z.union([shortOffice, office]));

export type TopologyFile = z.infer<typeof fileSchema>;
export type OfficeEntry = z.infer<typeof office>;
export type VpcEntry = z.infer<typeof vpc>;
export type AccessEntry = z.infer<typeof access>;
export type TestEntry = z.infer<typeof test>;

export function topologyJsonSchema(): object {
  return {
    $id: 'https://trunkline.example/schema/topology.v1.json',
    title: 'Trunkline topology, version 1',
    ...z.toJSONSchema(publishedSchema, { io: 'input', reused: 'ref' }),
  };
}
