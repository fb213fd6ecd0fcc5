/** Writes what an account's file states, as if the services had made it. */
import type { EpochMs } from '../../../shared/clock';
import {
  BANDWIDTH_PACKAGES,
  type BandwidthPackageRecord,
  CENS,
  type CenRecord,
  CHILD_INSTANCES,
  type ChildInstanceRecord,
  OPENED_SERVICES,
  type OpenedServiceRecord,
  TRANSIT_ROUTERS,
  type TransitRouterRecord,
} from '../cbn/records';
import {
  NETWORK_INTERFACES,
  type NetworkInterfaceRecord,
  SECURITY_GROUPS,
  SECURITY_RULES,
  type SecurityGroupRecord,
  type SecurityRuleRecord,
} from '../ecs/records';
import { SECRETS, type SecretRecord, secretKey } from '../kms/records';
import { seedRole } from '../ram/seed-role';
import type { State } from '../state';
import {
  OFFICES,
  type OfficeRecord,
  ROUTE_TABLES,
  type RouteTableRecord,
  VPCS,
  type VpcRecord,
  VSWITCHES,
  type VSwitchRecord,
} from '../vpc/records';
import type { Account } from './account-schema';
import { type ClosableService, setClosed } from './closed-services';

type Vpc = Account['vpcs'][number];

/** For an account that `parseAccount` let pass: every name leads somewhere. */
export function seedAccount(state: State, account: Account, now: EpochMs): void {
  for (const vpc of account.vpcs) seedVpc(state, account, vpc, now);
  seedGroups(state, account, now);
  seedInstances(state, account, now);
  seedServices(state, account, now);
  for (const cen of account.cens) seedCen(state, account, cen, now);
  seedPackages(state, account, now);
  seedSecrets(state, account, now);
  for (const { address, applies } of account.offices)
    state.put(OFFICES, address, {
      address,
      appliesAfterMinutes: minutesOf(applies),
      once: applies === 'once',
    } satisfies OfficeRecord);
  for (const name of account.roles) seedRole(state, { accountId: account.accountId, name, now });
}

const minutesOf = (applies: Account['offices'][number]['applies']): number | null =>
  typeof applies === 'object' ? applies.afterMinutes : applies === 'never' ? null : 0;

/** A VPC's system table is made with it; its id follows from the VPC's, so that a file need not state it. */
export const systemTableOf = (vpcId: string): string => `vtb-${vpcId.replace(/^vpc-/, '')}`;

function seedVpc(state: State, { instances }: Account, vpc: Vpc, now: EpochMs): void {
  const { id, region, name, cidrs, customRouteTables, vSwitches } = vpc;
  const [cidr = '', ...secondaryCidrs] = cidrs;
  state.put(VPCS, id, { id, region, name, cidr, secondaryCidrs, createdAt: now, tags: [] } satisfies VpcRecord);
  const system = systemTableOf(id);
  for (const table of [system, ...customRouteTables])
    state.put(ROUTE_TABLES, table, {
      id: table,
      vpcId: id,
      type: table === system ? 'System' : 'Custom',
      name: '',
      routePropagationEnable: true,
      createdAt: now,
    } satisfies RouteTableRecord);
  for (const { id: vSwitchId, zone, cidr: block, routeTable } of vSwitches)
    state.put(VSWITCHES, vSwitchId, {
      id: vSwitchId,
      vpcId: id,
      zone,
      cidr: block,
      name: '',
      routeTableId: routeTable ?? system,
      usedAddresses: instances.filter(({ vSwitch }) => vSwitch === vSwitchId).map(({ address }) => address),
      createdAt: now,
    } satisfies VSwitchRecord);
}

function seedGroups(state: State, { vpcs, securityGroups }: Account, now: EpochMs): void {
  const regions = new Map(vpcs.map((vpc) => [vpc.id, vpc.region]));
  for (const { id, vpc, type, rules } of securityGroups) {
    const region = regions.get(vpc) ?? '';
    const group = { id, region, vpcId: vpc, name: id, description: '', type, createdAt: now, tags: [] };
    state.put(SECURITY_GROUPS, id, group satisfies SecurityGroupRecord);
    rules.forEach((rule, index) => {
      const ruleId = `sgr-${id.replace(/^sg-/, '')}-${index}`;
      state.put(SECURITY_RULES, `${id}/${ruleId}`, {
        id: ruleId,
        groupId: id,
        direction: rule.direction,
        protocol: rule.protocol.toUpperCase(),
        portRange: rule.ports,
        cidr: rule.cidr,
        peerGroupId: '',
        policy: rule.policy === 'accept' ? 'Accept' : 'Drop',
        priority: rule.priority,
        description: '',
        createdAt: now,
      } satisfies SecurityRuleRecord);
    });
  }
}

function seedInstances(state: State, { vpcs, instances }: Account, now: EpochMs): void {
  const places = new Map(vpcs.flatMap((vpc) => vpc.vSwitches.map(({ id, zone }) => [id, { vpc, zone }])));
  for (const { id: instanceId, vSwitch, address, securityGroups } of instances) {
    const place = places.get(vSwitch);
    if (!place) throw new TypeError(`the account was not checked: there is no ${vSwitch}`);
    const id = `eni-${instanceId.replace(/^i-/, '')}`;
    state.put(NETWORK_INTERFACES, id, {
      id,
      region: place.vpc.region,
      vpcId: place.vpc.id,
      vSwitchId: vSwitch,
      zone: place.zone,
      instanceId,
      address,
      securityGroupIds: securityGroups,
      createdAt: now,
    } satisfies NetworkInterfaceRecord);
  }
}

function seedServices(state: State, { services }: Account, now: EpochMs): void {
  const opened = (name: OpenedServiceRecord['name']): void =>
    state.put(OPENED_SERVICES, name, { name, openedAt: now } satisfies OpenedServiceRecord);
  if (services.transitRouter) opened('transit-router');
  if (services.crossBorder) opened('cross-border');
  for (const name of CLOSABLE) setClosed(state, name, !services[name]);
}

const CLOSABLE: readonly ClosableService[] = ['functionCompute', 'oss', 'tablestore', 'smq', 'kms', 'eventBridge'];

/** The first VPC of a region brought a basic CEN's router there. */
function seedCen(state: State, { vpcs }: Account, cen: Account['cens'][number], now: EpochMs): void {
  const { id, edition, name, attachments } = cen;
  state.put(CENS, id, {
    id,
    name,
    description: '',
    protectionLevel: 'REDUCED',
    status: 'Active',
    edition,
    createdAt: now,
    tags: [],
  } satisfies CenRecord);
  for (const { id: vpcId, region } of vpcs.filter((vpc) => attachments.includes(vpc.id))) {
    state.put(CHILD_INSTANCES, `${id}/${vpcId}`, {
      cenId: id,
      instanceId: vpcId,
      instanceType: 'VPC',
      region,
      status: 'Attached',
      attachedAt: now,
    } satisfies ChildInstanceRecord);
    const routerId = `tr-${id.replace(/^cen-/, '')}-${region}`;
    state.put(TRANSIT_ROUTERS, routerId, {
      id: routerId,
      cenId: id,
      region,
      name: '',
      description: '',
      type: 'Basic',
      status: 'Active',
      createdAt: now,
      tags: [],
    } satisfies TransitRouterRecord);
  }
}

function seedPackages(state: State, { bandwidthPackages }: Account, now: EpochMs): void {
  for (const { id, bandwidthMbps, areas } of bandwidthPackages) {
    const [a, b] = [...areas].sort();
    state.put(BANDWIDTH_PACKAGES, id, {
      id,
      name: '',
      bandwidthMbps,
      areas: [a ?? '', b ?? ''],
      status: 'Idle',
      cenId: null,
      chargeType: 'PREPAY',
      createdAt: now,
    } satisfies BandwidthPackageRecord);
  }
}

function seedSecrets(state: State, { secrets }: Account, now: EpochMs): void {
  for (const { region, name, value } of secrets)
    state.put(SECRETS, secretKey(region, name), {
      name,
      region,
      description: '',
      createdAt: now,
      versions: [{ id: 'v1', data: value, type: 'text', stages: ['ACSCurrent'], createdAt: now }],
      tags: [],
      deletedUntil: null,
    } satisfies SecretRecord);
}
