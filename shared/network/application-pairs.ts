/**
 * Every site, and every application that access names as a source, to every application on each of its ports: the
 * routes of the pair, the egress of whoever starts, the ingress of the target. A VPC starts as any of its applications.
 */
import { type CidrRange, parseIpv4 } from '../cidr';
import { type Application, formatPort, type PortRange } from '../topology/topology';
import type { Fabric } from './fabric';
import type { End, Ground } from './ground';
import { type Finding, type Passage, refuse } from './judge';
import type { ApplicationModel, SecurityRule, VpcModel } from './model';
import { pairProof } from './pair-proof';
import type { PairProof } from './proof';
import { compileFilter, type Filter, placeOf, type Refusal } from './security-groups';

type Direction = SecurityRule['direction'];

export function proveApplications(ground: Ground): PairProof[] {
  const { access, applications, sites } = ground;
  const judge = createPortJudge(ground);
  const pairs: PairProof[] = [];
  for (const { application, end } of applications.values()) {
    const others = sites.filter((site) => site.name !== application.vpc || access.asksForOwn(site.name, application));
    const sources = access.applicationsTo(application).flatMap((ref) => applications.get(ref)?.end ?? []);
    for (const from of [...others, ...sources])
      for (const port of access.portsFor(from.name, application)) {
        const wanted = access.wantsPort(from.name, application, port);
        const finding = judge(from, application, port);
        pairs.push(pairProof({ from, to: end, port: formatPort(port), wanted, finding, access }));
      }
  }
  return pairs;
}

type PortJudge = (from: End, application: Application, port: PortRange) => Finding;

export function createPortJudge(ground: Ground): PortJudge {
  const { applications, fabric, judge } = ground;
  const gate = createGate();
  return (from, application, port) => {
    const to = applications.get(application.ref)?.end;
    const target = findApplication(fabric, application.ref);
    if (!to || !target)
      return refuse(notThere(application.ref), [`application ${application.ref}: not in the network`]);
    const addresses = application.addresses.map(hostRange);
    const started = leave(gate, fabric, { from, peers: addresses, port });
    if ('refusal' in started) return refuse(started.refusal, started.path);
    const refusal = firstRefusal(gate(target, 'ingress', port), from.ranges);
    return judge(from, to, { before: started.passed, after: [groupText(target, 'ingress', port, refusal)], refusal });
  };
}

/** A pair of sites on a port, for tests that ask so: routes, and the egress of whoever starts. */
export function createSiteJudge({ fabric, judge }: Ground): (from: End, to: End, port: PortRange | null) => Finding {
  const gate = createGate();
  return (from, to, port) => {
    if (port === null) return judge(from, to);
    const started = leave(gate, fabric, { from, peers: to.ranges, port });
    if ('refusal' in started) return refuse(started.refusal, started.path);
    return judge(from, to, { before: started.passed, after: [], refusal: null });
  };
}

interface Interface {
  vpc: VpcModel;
  application: ApplicationModel;
}

type Gate = (at: Interface, direction: Direction, port: PortRange) => Filter;

/** Filters are compiled once an application, direction and port: painting a thousand rules for a thousand offices each would not do. */
function createGate(): Gate {
  const known = new Map<string, Filter>();
  return ({ vpc, application }, direction, port) => {
    const key = `${application.ref} ${direction} ${formatPort(port)}`;
    const filter = known.get(key) ?? compileFilter({ vpc, application, direction, port });
    known.set(key, filter);
    return filter;
  };
}

type Started = { passed: Passage['before'] } | { refusal: Refusal; path: string[] };

/** The egress of the applications that may be the one that starts; an office's own filters are its device's. */
function leave(
  gate: Gate,
  fabric: Fabric,
  input: { from: End; peers: readonly CidrRange[]; port: PortRange },
): Started {
  const { from, peers, port } = input;
  const passed: string[] = [];
  for (const starter of startersOf(fabric, from)) {
    const refusal = firstRefusal(gate(starter, 'egress', port), peers);
    const text = groupText(starter, 'egress', port, refusal);
    if (refusal) return { refusal, path: [text] };
    passed.push(text);
  }
  return { passed };
}

function startersOf(fabric: Fabric, from: End): Interface[] {
  if (from.kind === 'office') return [];
  const vpc = fabric.vpcs.get(from.site)?.model;
  const applications = vpc?.applications.filter((it) => from.kind === 'vpc' || it.ref === from.name) ?? [];
  return vpc ? applications.map((application) => ({ vpc, application })) : [];
}

function findApplication(fabric: Fabric, ref: string): Interface | null {
  for (const { model: vpc } of fabric.vpcs.values()) {
    const application = vpc.applications.find((it) => it.ref === ref);
    if (application) return { vpc, application };
  }
  return null;
}

function firstRefusal(filter: Filter, peers: readonly CidrRange[]): Refusal | null {
  for (const peer of peers) {
    const refusal = filter(peer);
    if (refusal) return refusal;
  }
  return null;
}

const groupText = (
  { application }: Interface,
  direction: Direction,
  port: PortRange,
  refusal: Refusal | null,
): string => `${placeOf(application)}: ${direction} ${formatPort(port)}${refusal ? ' refused' : ''}`;

const notThere = (ref: string): Refusal => ({
  place: `application ${ref}`,
  cause: `${ref} is not in the network`,
  remedy: `check the interface that carries the addresses of ${ref}`,
});

function hostRange(address: string): CidrRange {
  const value = parseIpv4(address) ?? 0;
  return { first: value, last: value, prefixLength: 32 };
}
