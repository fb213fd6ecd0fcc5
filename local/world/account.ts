/**
 * The account that the local cloud begins with: what exists before anybody calls it. A file states it
 * (schema/account.v1.json, examples/account.yaml); seeding writes the records that the services would have.
 */
import { parseDocument } from 'yaml';
import * as z from 'zod';
import type { EpochMs } from '../../shared/clock';
import type { Problem } from '../../shared/problem';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord, CENS, type CenRecord, OPENED_SERVICES } from './cbn/records';
import {
  NETWORK_INTERFACES,
  type NetworkInterfaceRecord,
  SECURITY_GROUPS,
  SECURITY_RULES,
  type SecurityGroupRecord,
  type SecurityRuleRecord,
} from './ecs/records';
import { SECRETS, type SecretRecord, secretKey } from './kms/records';
import type { State } from './state';
import {
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  type VpcRecord,
  VSWITCHES,
  type VSwitchRecord,
} from './vpc/records';

const id = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/);
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/);
const address = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}$/);

const ruleSchema = z.strictObject({
  direction: z.enum(['ingress', 'egress']).default('ingress'),
  protocol: z.enum(['tcp', 'udp', 'icmp', 'gre', 'all']),
  ports: z
    .string()
    .regex(/^-?\d{1,5}\/-?\d{1,5}$/)
    .default('-1/-1'),
  cidr,
  policy: z.enum(['accept', 'drop']).default('accept'),
  priority: z.int().min(1).max(100).default(1),
});

const accountSchema = z.strictObject({
  version: z.literal(1),
  accountId: z.string().regex(/^\d{16}$/),
  /** Where the functions, the bucket and the queues are. */
  region: z.string(),
  accessKey: z.strictObject({ id: z.string().min(16), secret: z.string().min(16) }),
  /** Raised limits, by name. */
  quotas: z.record(z.string(), z.int().min(0)).default({}),
  services: z
    .strictObject({ transitRouter: z.boolean().default(true), crossBorder: z.boolean().default(false) })
    .default({ transitRouter: true, crossBorder: false }),
  vpcs: z
    .array(
      z.strictObject({
        id,
        region: z.string(),
        name: z.string().default(''),
        cidrs: z.array(cidr).min(1),
        customRouteTables: z.array(id).default([]),
        vSwitches: z.array(z.strictObject({ id, zone: z.string(), cidr, routeTable: id.optional() })).default([]),
      }),
    )
    .default([]),
  securityGroups: z
    .array(
      z.strictObject({
        id,
        vpc: id,
        type: z.enum(['normal', 'enterprise']).default('normal'),
        rules: z.array(ruleSchema).default([]),
      }),
    )
    .default([]),
  instances: z
    .array(z.strictObject({ id, vSwitch: id, address, securityGroups: z.array(id).min(1).max(5) }))
    .default([]),
  cens: z
    .array(z.strictObject({ id, edition: z.enum(['Basic', 'Enterprise']), name: z.string().default('') }))
    .default([]),
  bandwidthPackages: z
    .array(z.strictObject({ id, bandwidthMbps: z.int().min(2).max(10_000), areas: z.tuple([z.string(), z.string()]) }))
    .default([]),
  secrets: z
    .array(z.strictObject({ region: z.string(), name: z.string().max(192), value: z.string().max(30_720) }))
    .default([]),
});

export type Account = z.output<typeof accountSchema>;

export const accountJsonSchema = (): object => ({
  $id: 'https://trunkline.example/schema/account.v1.json',
  title: 'Account of the local cloud, version 1',
  ...z.toJSONSchema(accountSchema, { io: 'input' }),
});

export function parseAccount(text: string, file: string): { account: Account | null; problems: Problem[] } {
  const document = parseDocument(text, { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'silent' });
  const syntax = document.errors.map((error) => problem(file, 'syntax', error.message, 'Correct the YAML.'));
  if (syntax.length > 0) return { account: null, problems: syntax };
  const parsed = accountSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success)
    return {
      account: null,
      problems: parsed.error.issues.map(({ path, message }) =>
        problem(file, 'value', `${path.join('.') || 'the file'}: ${message}`, 'See schema/account.v1.json.'),
      ),
    };
  const dangling = danglingNames(parsed.data).map((message) =>
    problem(file, 'unknown-name', message, 'Correct the name, or add what it names.'),
  );
  return { account: dangling.length > 0 ? null : parsed.data, problems: dangling };
}

const problem = (file: string, code: string, message: string, remedy: string): Problem => ({
  severity: 'error',
  code,
  message,
  remedy,
  file,
  line: null,
  column: null,
});

function danglingNames({ vpcs, securityGroups, instances }: Account): string[] {
  const vpcIds = new Set(vpcs.map((vpc) => vpc.id));
  const vSwitchIds = new Set(vpcs.flatMap(({ vSwitches }) => vSwitches.map((vSwitch) => vSwitch.id)));
  const groupIds = new Set(securityGroups.map((group) => group.id));
  return [
    ...vpcs.flatMap((vpc) =>
      vpc.vSwitches
        .filter(({ routeTable }) => routeTable !== undefined && !vpc.customRouteTables.includes(routeTable))
        .map((vSwitch) => `${vSwitch.id} is bound to ${vSwitch.routeTable}, which ${vpc.id} does not have`),
    ),
    ...securityGroups
      .filter(({ vpc }) => !vpcIds.has(vpc))
      .map((group) => `${group.id} is in ${group.vpc}, which does not exist`),
    ...instances.flatMap((instance) => [
      ...(vSwitchIds.has(instance.vSwitch) ? [] : [`${instance.id} is in ${instance.vSwitch}, which does not exist`]),
      ...instance.securityGroups
        .filter((group) => !groupIds.has(group))
        .map((group) => `${instance.id} carries ${group}, which does not exist`),
    ]),
  ];
}

/** Writes what the file states, as if the services had made it. */
export function seedAccount(state: State, account: Account, now: EpochMs): void {
  seedNetwork(state, account, now);
  seedSecurity(state, account, now);
  seedBackbone(state, account, now);
  for (const { region, name, value } of account.secrets) {
    const version = { id: 'v1', data: value, type: 'text', stages: ['ACSCurrent'], createdAt: now } as const;
    const record: SecretRecord = {
      name,
      region,
      description: '',
      createdAt: now,
      versions: [{ ...version, stages: [...version.stages] }],
      tags: [],
      deletedUntil: null,
    };
    state.put(SECRETS, secretKey(region, name), record);
  }
}

function seedNetwork(state: State, { vpcs, instances }: Account, now: EpochMs): void {
  for (const vpc of vpcs) {
    const [cidrBlock = '', ...secondaryCidrs] = vpc.cidrs;
    const record: VpcRecord = {
      id: vpc.id,
      region: vpc.region,
      name: vpc.name,
      cidr: cidrBlock,
      secondaryCidrs,
      createdAt: now,
      tags: [],
    };
    state.put(VPCS, vpc.id, record);
    const system = systemTableOf(vpc.id);
    for (const table of [system, ...vpc.customRouteTables]) {
      const type = table === system ? 'System' : 'Custom';
      const row: RouteTableRecord = {
        id: table,
        vpcId: vpc.id,
        type,
        name: '',
        routePropagationEnable: true,
        createdAt: now,
      };
      state.put(ROUTE_TABLES, table, row);
    }
    for (const { id: vSwitchId, zone, cidr: block, routeTable } of vpc.vSwitches) {
      const usedAddresses = instances
        .filter(({ vSwitch }) => vSwitch === vSwitchId)
        .map((instance) => instance.address);
      const row: VSwitchRecord = {
        id: vSwitchId,
        vpcId: vpc.id,
        zone,
        cidr: block,
        name: '',
        routeTableId: routeTable ?? system,
        usedAddresses,
        createdAt: now,
      };
      state.put(VSWITCHES, vSwitchId, row);
    }
  }
}

/** A VPC's system table is made with it; its id follows from the VPC's so that a file need not state it. */
const systemTableOf = (vpcId: string): string => vpcId.replace(/^vpc-/, 'vtb-');

function seedSecurity(state: State, { vpcs, securityGroups, instances }: Account, now: EpochMs): void {
  const regions = new Map(vpcs.map((vpc) => [vpc.id, vpc.region]));
  for (const group of securityGroups) {
    const region = regions.get(group.vpc) ?? '';
    const record: SecurityGroupRecord = {
      id: group.id,
      region,
      vpcId: group.vpc,
      name: group.id,
      description: '',
      type: group.type,
      createdAt: now,
      tags: [],
    };
    state.put(SECURITY_GROUPS, group.id, record);
    group.rules.forEach((rule, index) => {
      const ruleId = `sgr-${group.id.replace(/^sg-/, '')}${index}`;
      const row: SecurityRuleRecord = {
        id: ruleId,
        groupId: group.id,
        direction: rule.direction,
        protocol: rule.protocol.toUpperCase(),
        portRange: rule.ports,
        cidr: rule.cidr,
        peerGroupId: '',
        policy: rule.policy === 'accept' ? 'Accept' : 'Drop',
        priority: rule.priority,
        description: '',
        createdAt: now,
      };
      state.put(SECURITY_RULES, `${group.id}/${ruleId}`, row);
    });
  }
  const places = new Map(
    vpcs.flatMap((vpc) => vpc.vSwitches.map((vSwitch) => [vSwitch.id, { vpc, zone: vSwitch.zone }] as const)),
  );
  for (const { id: instanceId, vSwitch, address: ip, securityGroups: groups } of instances) {
    const place = places.get(vSwitch);
    if (!place) continue;
    const interfaceId = `eni-${instanceId.replace(/^i-/, '')}`;
    const { vpc, zone } = place;
    const record: NetworkInterfaceRecord = {
      id: interfaceId,
      region: vpc.region,
      vpcId: vpc.id,
      vSwitchId: vSwitch,
      zone,
      instanceId,
      address: ip,
      securityGroupIds: groups,
      createdAt: now,
    };
    state.put(NETWORK_INTERFACES, interfaceId, record);
  }
}

function seedBackbone(state: State, { cens, bandwidthPackages, services }: Account, now: EpochMs): void {
  if (services.transitRouter) state.put(OPENED_SERVICES, 'transit-router', true);
  if (services.crossBorder) state.put(OPENED_SERVICES, 'cross-border', true);
  for (const { id: cenId, edition, name } of cens) {
    const record: CenRecord = {
      id: cenId,
      name,
      description: '',
      protectionLevel: 'REDUCED',
      status: 'Active',
      edition,
      createdAt: now,
      tags: [],
    };
    state.put(CENS, cenId, record);
  }
  for (const { id: packageId, bandwidthMbps, areas } of bandwidthPackages) {
    const sorted = [...areas].sort() as [string, string];
    const record: BandwidthPackageRecord = {
      id: packageId,
      name: '',
      bandwidthMbps,
      areas: sorted,
      status: 'Idle',
      cenId: null,
      chargeType: 'PREPAY',
      createdAt: now,
    };
    state.put(BANDWIDTH_PACKAGES, packageId, record);
  }
}
