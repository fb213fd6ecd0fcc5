/**
 * The checked file becomes a topology: defaults filled in, groups expanded, names turned into regions, blocks made
 * canonical. What cannot be resolved is a problem with its path; what would follow from it stays quiet.
 */
import { type Cidr, formatCidr, type Ipv4, parseCidr, parseIpv4 } from '../cidr';
import { isMainland } from './border';
import type { AccessEntry, OfficeEntry, TestEntry, TopologyFile, VpcEntry } from './file-schema';
import { GROUPS } from './file-schema';
import type { Path } from './parse-document';
import { parsePort } from './parse-port';
import type { FormProblem } from './short-forms';
import { didYouMean } from './suggest';
import type {
  AccessRule,
  Application,
  ApplicationRef,
  Backbone,
  Link,
  NetworkName,
  Office,
  PortRange,
  Quotas,
  ReachabilityTest,
  Topology,
  TunnelParameters,
  Vpc,
} from './topology';

/** Facts: network-apis and edits-and-routes, section 3. */
const DEFAULT_QUOTAS: Quotas = {
  gateways: 30,
  connectionsPerGateway: 10,
  cidrsPerConnection: 5,
  destinationRoutesPerGateway: 20,
  customerGatewaysPerRegion: 100,
  routesPerTable: 200,
  routesPerCen: 100,
  synchronisedVpcsPerTransitRouter: 50,
  rulesPerSecurityGroup: 200,
};

const DEFAULT_TUNNEL: TunnelParameters = {
  ike: 'ikev2',
  encryption: 'aes256',
  authentication: 'sha256',
  dhGroup: 'group14',
};
const DEFAULT_GATEWAY_MBPS = 100;
const ANYWHERE = '0.0.0.0/0' as Cidr;

export function resolve(file: TopologyFile): { topology: Topology; problems: FormProblem[] } {
  const resolver = new Resolver(file);
  return { topology: resolver.topology(), problems: resolver.problems };
}

class Resolver {
  readonly problems: FormProblem[] = [];
  private readonly vpcNames: Set<string>;
  private readonly officeNames: Set<string>;
  private readonly applicationRefs: Set<string>;

  constructor(private readonly file: TopologyFile) {
    this.vpcNames = new Set(Object.keys(file.vpcs));
    this.officeNames = new Set(Object.keys(file.offices ?? {}));
    const refs = Object.entries(file.vpcs).flatMap(([vpc, { applications }]) =>
      Object.keys(applications ?? {}).map((name) => `${vpc}.${name}`),
    );
    this.applicationRefs = new Set(refs);
  }

  topology(): Topology {
    const { file } = this;
    this.checkNames();
    const vpcs = Object.entries(file.vpcs).map(([name, entry]) => this.vpc(name, entry));
    const offices = Object.entries(file.offices ?? {}).flatMap(([name, entry]) => this.office(name, entry));
    return {
      version: 1,
      name: file.name as NetworkName,
      tunnel: this.tunnel(),
      quotas: { ...DEFAULT_QUOTAS, ...withoutAbsent(file.defaults?.quotas ?? {}) },
      backbone: this.backbone(),
      vpcs,
      offices,
      access: { stated: file.access !== undefined, rules: this.access(vpcs, offices) },
      tests: (file.tests ?? []).flatMap((entry, index) => this.test(entry, ['tests', index])),
      onRemoval: file.onRemoval ?? 'keep',
    };
  }

  /** Weak algorithms that the type has no room for are refused by the linter's rule and replaced here. */
  private tunnel(): TunnelParameters {
    const given = this.file.defaults?.tunnel ?? {};
    const path = ['defaults', 'tunnel'];
    const broken = Object.entries(given).filter(([, value]) => BROKEN[value ?? ''] !== undefined);
    for (const [key, value] of broken)
      this.add(
        [...path, key],
        'broken-algorithm',
        `${value} is broken: ${BROKEN[value ?? '']}`,
        `Use ${DEFAULT_TUNNEL[key as keyof TunnelParameters]}.`,
      );
    const usable = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined && BROKEN[value] === undefined),
    );
    // The API calls 128 bits `aes`.
    const encryption = usable.encryption === 'aes128' ? { encryption: 'aes' } : {};
    return { ...DEFAULT_TUNNEL, ...usable, ...encryption } as TunnelParameters;
  }

  private checkNames(): void {
    for (const name of this.officeNames)
      if (this.vpcNames.has(name))
        this.add(
          ['offices', name],
          'name-used-twice',
          `${name} names an office and a VPC`,
          'Sites share one namespace: rename one of them.',
        );
    for (const [collection, names] of [
      ['offices', this.officeNames],
      ['vpcs', this.vpcNames],
    ] as const)
      for (const name of names)
        if ((GROUPS as readonly string[]).includes(name))
          this.add([collection, name], 'name-reserved', `${name} names a group`, 'Use another name.');
  }

  private vpc(name: string, entry: VpcEntry): Vpc {
    const path: Path = ['vpcs', name];
    const ids = entry.vSwitches.map(({ id }) => id);
    const gateway = this.gatewayVSwitches(name, entry, ids);
    return {
      name,
      region: entry.region,
      id: entry.id,
      cidrs: entry.cidrs.flatMap((text, index) => this.cidr(text, [...path, 'cidrs', index])),
      vSwitches: entry.vSwitches.flatMap(({ id, zone, cidr, routeTable }, index) =>
        this.cidr(cidr, [...path, 'vSwitches', index, 'cidr']).map((block) => ({
          id,
          zone,
          cidr: block,
          routeTable: routeTable ?? null,
        })),
      ),
      gateway: { bandwidthMbps: entry.gateway?.bandwidthMbps ?? DEFAULT_GATEWAY_MBPS, vSwitches: gateway },
      attachment: {
        vSwitches: this.known(entry.attachment?.vSwitches ?? gateway, ids, [...path, 'attachment', 'vSwitches']),
      },
      applications: Object.entries(entry.applications ?? {}).map(([application, given]) =>
        this.application(name, application, given),
      ),
    };
  }

  /** The first two in different zones where the file does not choose. */
  private gatewayVSwitches(name: string, entry: VpcEntry, ids: readonly string[]): [string, string] {
    const path: Path = ['vpcs', name, 'gateway', 'vSwitches'];
    const stated = entry.gateway?.vSwitches;
    if (stated) {
      const [first = '', second = first] = this.known(stated, ids, path);
      return [first, second];
    }
    const [first] = entry.vSwitches;
    const second = entry.vSwitches.find(({ zone }) => zone !== first?.zone);
    return [first?.id ?? '', second?.id ?? first?.id ?? ''];
  }

  private application(vpc: string, name: string, entry: NonNullable<VpcEntry['applications']>[string]): Application {
    const path: Path = ['vpcs', vpc, 'applications', name];
    return {
      name,
      ref: `${vpc}.${name}` as ApplicationRef,
      vpc,
      securityGroup: entry.securityGroup,
      vSwitch: entry.vSwitch,
      addresses: entry.addresses.flatMap((text, index) => this.address(text, [...path, 'addresses', index])),
      ports: entry.ports.flatMap((text, index) => this.port(text, [...path, 'ports', index])),
    };
  }

  private office(name: string, entry: OfficeEntry): Office[] {
    const path: Path = ['offices', name];
    const cidrs = entry.cidrs.flatMap((text, index) => this.cidr(text, [...path, 'cidrs', index]));
    const address = this.address(entry.address, [...path, 'address']);
    if (!this.vpcNames.has(entry.vpc)) {
      this.unknown([...path, 'vpc'], 'VPC', entry.vpc, this.vpcNames);
      return [];
    }
    return address.map((one) => ({
      name,
      vpc: entry.vpc,
      address: one,
      cidrs,
      device: entry.device ?? null,
      country: entry.country ?? null,
      selectors: this.selectors(entry.selectors ?? 'office', cidrs, [...path, 'selectors']),
      presharedKeySecret: entry.presharedKey?.secret ?? null,
    }));
  }

  private selectors(given: NonNullable<OfficeEntry['selectors']>, cidrs: Cidr[], path: Path): Office['selectors'] {
    if (given === 'any') return { cloudSide: [ANYWHERE], officeSide: [ANYWHERE] };
    if (given === 'office') return { cloudSide: [ANYWHERE], officeSide: cidrs };
    const side = (name: 'cloudSide' | 'officeSide') =>
      given[name].flatMap((text, index) => this.cidr(text, [...path, name, index], true));
    return { cloudSide: side('cloudSide'), officeSide: side('officeSide') };
  }

  private backbone(): Backbone {
    const { edition = 'transit-router', cen = null, bandwidthPackage = null, links = [] } = this.file.backbone ?? {};
    const resolved = links.flatMap((link, index) => this.link(link, ['backbone', 'links', index]));
    if (edition === 'transit-router') return { edition, cen, bandwidthPackage, links: resolved };
    if (cen === null)
      this.add(
        ['backbone', 'edition'],
        'basic-needs-cen',
        'a CEN of the basic edition cannot be made any more',
        'Name the existing one: backbone.cen.',
      );
    return { edition, cen: cen ?? '', bandwidthPackage, links: resolved };
  }

  private link(
    { between, bandwidthMbps }: { between: [string, string]; bandwidthMbps?: number | undefined },
    path: Path,
  ): Link[] {
    const unknown = between.filter((name) => !this.vpcNames.has(name));
    for (const name of unknown) this.unknown([...path, 'between', between.indexOf(name)], 'VPC', name, this.vpcNames);
    if (bandwidthMbps === undefined)
      this.add(
        path,
        'link-without-bandwidth',
        `the link between ${between.join(' and ')} has no bandwidth: 1 kbit/s, enough for a ping and for nothing else`,
        'Add bandwidthMbps.',
      );
    if (unknown.length > 0 || bandwidthMbps === undefined) return [];
    const sides = between
      .map((vpc) => ({ vpc, region: this.file.vpcs[vpc]?.region ?? '' }))
      .sort((a, b) => (a.region < b.region ? -1 : 1));
    const [a, b] = sides;
    if (!a || !b) return [];
    const crossBorder = isMainland(a.region) !== isMainland(b.region);
    return [{ regions: [a.region, b.region], vpcs: [a.vpc, b.vpc], bandwidthMbps, crossBorder }];
  }

  private access(vpcs: readonly Vpc[], offices: readonly Office[]): AccessRule[] {
    const applications = vpcs.flatMap((vpc) => vpc.applications);
    const ports = new Map<string, PortRange[]>(applications.map(({ ref, ports: own }) => [ref, own]));
    if (this.file.access === undefined) return everything(vpcs, offices, applications);
    return this.file.access.flatMap((entry, index) => this.accessRules(entry, ['access', index], ports));
  }

  private accessRules(entry: AccessEntry, path: Path, ports: ReadonlyMap<string, PortRange[]>): AccessRule[] {
    const from = this.expand(entry.from, [...path, 'from'], 'from');
    const to = this.expand(entry.to, [...path, 'to'], 'to');
    const stated = entry.ports?.flatMap((text, index) => this.port(text, [...path, 'ports', index]));
    return from.flatMap((source) =>
      to
        .filter((target) => target !== source && !target.startsWith(`${source}.`))
        .map((target) => ({
          from: source,
          to: target as AccessRule['to'],
          ports: ports.has(target) ? (stated ?? ports.get(target) ?? []) : [],
        })),
    );
  }

  /** A name, or a group. VPCs start connections and are not reached as such: their applications are. */
  private expand(given: string | string[], path: Path, side: 'from' | 'to'): string[] {
    const names = Array.isArray(given) ? given : [given];
    const expanded = names.flatMap((name, index) => {
      const group = this.group(name, side);
      if (group) return group;
      if (this.officeNames.has(name) || this.applicationRefs.has(name) || (side === 'from' && this.vpcNames.has(name)))
        return [name];
      const at = Array.isArray(given) ? [...path, index] : path;
      if (side === 'to' && this.vpcNames.has(name))
        this.add(
          at,
          'vpc-is-no-target',
          `${name} is a VPC; access leads to its applications`,
          `Write ${name}.<application>, or applications for all.`,
        );
      else
        this.unknown(at, 'site or application', name, [
          ...this.vpcNames,
          ...this.officeNames,
          ...this.applicationRefs,
          ...GROUPS,
        ]);
      return [];
    });
    return [...new Set(expanded)];
  }

  private group(name: string, side: 'from' | 'to'): string[] | null {
    const [offices, vpcs, applications] = [[...this.officeNames], [...this.vpcNames], [...this.applicationRefs]];
    if (name === 'offices') return offices;
    if (name === 'applications') return applications;
    if (name === 'vpcs') return side === 'from' ? vpcs : applications;
    if (name === 'all') return side === 'from' ? [...offices, ...vpcs] : [...applications, ...offices];
    return null;
  }

  private test(entry: TestEntry, path: Path): ReachabilityTest[] {
    const known = new Set([...this.vpcNames, ...this.officeNames, ...this.applicationRefs]);
    const unknown = (['from', 'to'] as const).filter((side) => !known.has(entry[side]));
    for (const side of unknown) this.unknown([...path, side], 'site or application', entry[side], known);
    const ports = entry.port === undefined ? [null] : this.port(entry.port, [...path, 'port']);
    if (unknown.length > 0) return [];
    return ports.map((port) => ({ from: entry.from, to: entry.to, port, expect: entry.expect }));
  }

  private known(given: readonly string[], ids: readonly string[], path: Path): string[] {
    return given.filter((id, index) => {
      if (!ids.includes(id)) this.unknown([...path, index], 'vSwitch of this VPC', id, ids);
      return ids.includes(id);
    });
  }

  private cidr(text: string, path: Path, anywhere = false): Cidr[] {
    const range = parseCidr(text);
    if (range === null) {
      const ipv6 = text.includes(':');
      if (ipv6) this.add(path, 'ipv6', `${text} is IPv6, which is not supported`, 'Use IPv4 blocks.');
      else this.add(path, 'cidr', `${text} is no CIDR block`, 'Write it like 10.10.10.0/24.');
      return [];
    }
    const canonical = formatCidr(range);
    if (canonical !== text)
      this.add(path, 'host-bits', `${text} is an address in a block, not a block`, `Write ${canonical}.`);
    if (!anywhere && range.prefixLength === 0)
      this.add(path, 'everywhere', '0.0.0.0/0 is everybody’s addresses', 'Name the blocks that are really there.');
    return [canonical];
  }

  private address(text: string, path: Path): Ipv4[] {
    if (parseIpv4(text) !== null) return [text as Ipv4];
    if (text.includes(':')) this.add(path, 'ipv6', `${text} is IPv6, which is not supported`, 'Use an IPv4 address.');
    else if (/[a-z]/i.test(text))
      this.add(
        path,
        'dynamic-address',
        `${text} is a name, not an address`,
        'A tunnel needs a static public IPv4 address.',
      );
    else this.add(path, 'address', `${text} is no IPv4 address`, 'Write it like 203.0.113.11.');
    return [];
  }

  private port(text: string, path: Path): PortRange[] {
    const port = parsePort(text);
    if (port) return [port];
    this.add(path, 'port', `${text} is no port`, 'Write tcp/443, udp/500-600, icmp or all.');
    return [];
  }

  private unknown(path: Path, what: string, name: string, known: Iterable<string>): void {
    const list = [...known];
    this.add(
      path,
      'unknown-name',
      `there is no ${what} named ${name}${didYouMean(name, list)}`,
      `Known: ${list.slice(0, 12).join(', ') || 'none'}.`,
    );
  }

  private add(path: Path, code: string, message: string, remedy: string): void {
    this.problems.push({ path, code, message, remedy });
  }
}

const BROKEN: Readonly<Record<string, string>> = {
  des: '56-bit keys are searched in hours',
  '3des': '64-bit blocks collide (Sweet32)',
  md5: 'collisions are made at will',
  group1: '768-bit groups have been computed',
};

/** The scenario: everything reaches every application on its ports, and offices reach each other. */
function everything(
  vpcs: readonly Vpc[],
  offices: readonly Office[],
  applications: readonly Application[],
): AccessRule[] {
  const sites = [...vpcs, ...offices].map(({ name }) => name);
  const toApplications = sites.flatMap((from) =>
    applications.filter(({ vpc }) => vpc !== from).map(({ ref, ports }): AccessRule => ({ from, to: ref, ports })),
  );
  const names = offices.map(({ name }) => name);
  const toOffices = sites.flatMap((from) =>
    names.filter((to) => to !== from).map((to): AccessRule => ({ from, to, ports: [] })),
  );
  return [...toApplications, ...toOffices];
}

const withoutAbsent = (quotas: Partial<Record<keyof Quotas, number | undefined>>): Partial<Quotas> =>
  Object.fromEntries(Object.entries(quotas).filter(([, value]) => value !== undefined));
