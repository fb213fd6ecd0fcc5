/** Tests that can never hold, whatever is built. One finding an entry of the file: its first pair that fails. */
import type { Cidr } from '../../cidr';
import { error, type Finding, type Path, warning } from '../finding';
import type { Resolved } from '../resolve/resolve-topology';
import { type Application, formatPort, type Office, type ReachabilityTest, type Vpc } from '../topology';
import { type Admits, admissionOf } from './admission';
import { notCovered } from './coverage';
import { holds } from './join-ports';
import type { Lint } from './lint';

export const tests: Lint = ({ topology, origins, gaps }) => {
  if (topology.tests.length === 0 || gaps.sections.has('access')) return [];
  const ground = surveyed(topology);
  const told = new Set<number>();
  return topology.tests.flatMap((test, at) => {
    const origin = origins.tests[at] ?? at;
    const found = told.has(origin) ? null : judge(ground, test, ['tests', origin]);
    if (!found) return [];
    told.add(origin);
    return found;
  });
};

interface Ground {
  topology: Resolved['topology'];
  applications: ReadonlyMap<string, Application>;
  vpcs: ReadonlyMap<string, Vpc>;
  offices: ReadonlyMap<string, Office>;
  admits: Admits;
}

const surveyed = (topology: Resolved['topology']): Ground => ({
  topology,
  applications: new Map(topology.vpcs.flatMap((vpc) => vpc.applications).map((one) => [one.ref, one])),
  vpcs: new Map(topology.vpcs.map((vpc) => [vpc.name, vpc])),
  offices: new Map(topology.offices.map((office) => [office.name, office])),
  admits: admissionOf(topology),
});

const never = (path: Path, message: string, remedy: string): Finding =>
  error(path, { code: 'test-never-holds', message: `this test can never hold: ${message}`, remedy });

function judge(ground: Ground, test: ReachabilityTest, path: Path): Finding | null {
  const { from, to, port } = test;
  if (from === to) return never(path, `${from} is tested against itself`, 'Name two.');
  const application = ground.applications.get(to);
  if (application) return judgeApplication(ground, test, { application, path });
  if (port !== null && ground.vpcs.has(to))
    return warning([...path, 'port'], {
      code: 'port-without-application',
      message: `${to} is a VPC: its routes are tested, and no security group`,
      remedy: `Write ${to}.<application>, or leave the port out.`,
    });
  if (test.expect === 'reachable' || !carries(ground, from, to)) return null;
  return never(
    path,
    `nothing in the cloud keeps ${from} from ${to}: both are routed, and groups guard applications only`,
    'Test a port of an application; what an office’s device blocks is tested there.',
  );
}

function judgeApplication(
  ground: Ground,
  { from, to, port, expect }: ReachabilityTest,
  { application, path }: { application: Application; path: Path },
): Finding | null {
  const { ports } = application;
  const { access } = ground.topology;
  const isServed = port === null || ports.some((own) => holds(own, port)) || port.protocol === 'icmp';
  if (expect === 'reachable' && !isServed)
    return never(
      [...path, 'port'],
      `${formatPort(port)} is no port of ${to}`,
      `Its ports are ${ports.map(formatPort).join(', ')}.`,
    );
  const admitted = (port === null ? ports : [port]).map((one) => ground.admits(from, to, one));
  const what = `${to}${port === null ? '' : ` on ${formatPort(port)}`}`;
  // Within a VPC a group's own members may reach each other without a rule.
  const isWithin = siteOf(from) === application.vpc;
  if (expect === 'reachable' && !admitted.every(Boolean) && !isWithin)
    return never(path, `access does not let ${from} reach ${what}`, 'Allow it in access, or expect blocked.');
  if (expect === 'reachable' || !admitted.some(Boolean) || !carries(ground, from, to)) return null;
  return never(
    path,
    `access lets ${from} reach ${what}`,
    access.stated
      ? 'Take it out of access, or expect reachable.'
      : 'State access: without it everybody reaches everything.',
  );
}

/** Whether packets of the two pass the tunnels and the backbone both ways. */
function carries(ground: Ground, from: string, to: string): boolean {
  const [one, other] = [endOf(ground, from), endOf(ground, to)];
  if (!one || !other) return true;
  const isLinked =
    one.region === other.region ||
    ground.topology.backbone.links.some(
      ({ regions }) => regions.includes(one.region) && regions.includes(other.region),
    );
  return isLinked && passes(one, other) && passes(other, one);
}

interface End {
  region: string;
  blocks: readonly Cidr[];
  office: Office | null;
}

function endOf({ vpcs, offices, applications }: Ground, name: string): End | null {
  const office = offices.get(name) ?? null;
  const vpc = vpcs.get(office?.vpc ?? siteOf(name));
  if (!vpc) return null;
  const application = applications.get(name);
  const ofVpc = application
    ? application.addresses.map((address) => `${address}/32` as Cidr)
    : vpc.vSwitches.map(({ cidr }) => cidr);
  return { region: vpc.region, blocks: office?.cidrs ?? ofVpc, office };
}

function passes({ office, blocks }: End, other: End): boolean {
  if (!office) return true;
  const { cloudSide, officeSide } = office.selectors;
  return notCovered(blocks, officeSide).length === 0 && notCovered(other.blocks, cloudSide).length === 0;
}

const siteOf = (name: string): string => name.split('.', 1)[0] ?? name;
