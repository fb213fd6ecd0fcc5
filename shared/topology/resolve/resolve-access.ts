/** Who may start connections to what, expanded to one rule a pair of names. */
import type { CheckedFile } from '../check-shape';
import type { AccessEntry } from '../file-schema';
import { error, type Path, warning } from '../finding';
import {
  type AccessRule,
  type Application,
  formatPort,
  type Office,
  type PortRange,
  type Topology,
  type Vpc,
} from '../topology';
import { type Context, isGap } from './context';
import { expandNames, isOwn } from './expand-names';
import { readPorts } from './read-port';

/** A thousand offices that all reach each other and forty applications have 1,040,000: about 60 MB. */
const MOST_RULES = 2_000_000;
const SHOWN = 5;

export interface Sites {
  vpcs: readonly Vpc[];
  offices: readonly Office[];
}

export function resolveAccess(context: Context, { file, indexes }: CheckedFile, sites: Sites): Topology['access'] {
  const stated = file.access !== undefined;
  if (!stated) return { stated, rules: everything(context, sites) };
  const applications = new Map(sites.vpcs.flatMap((vpc) => vpc.applications).map((one) => [one.ref as string, one]));
  const offices = new Set(sites.offices.map(({ name }) => name));
  const rules: AccessRule[] = [];
  for (const [at, entry] of (file.access ?? []).entries()) {
    const path: Path = ['access', indexes.access[at] ?? at];
    if (!addRules(context, rules, { entry, path, applications, offices })) {
      context.gaps.sections.add('access');
      return { stated, rules: [] };
    }
  }
  return { stated, rules };
}

interface Entry {
  entry: AccessEntry;
  path: Path;
  applications: ReadonlyMap<string, Application>;
  offices: ReadonlySet<string>;
}

/** False where the rules would become too many. */
function addRules(context: Context, rules: AccessRule[], { entry, path, applications, offices }: Entry): boolean {
  const at = (side: string) => (index: number) => [...path, side, index];
  const from = expandNames(context, entry.from, at('from'), 'sites');
  const to = expandNames(context, entry.to, at('to'), 'targets');
  const ports = entry.ports && readPorts(context, entry.ports, [...path, 'ports']);
  if (ports === null) {
    context.gaps.sections.add('access');
    return true;
  }
  if (rules.length + from.length * to.length > MOST_RULES) {
    context.tell(tooMany(path));
    return false;
  }
  const before = rules.length;
  for (const target of to) {
    const application = applications.get(target.name);
    if (!application && !offices.has(target.name)) continue;
    const admitted = application ? (ports ?? application.ports) : NO_PORTS;
    for (const source of from)
      if (!isOwn(source, target))
        rules.push({ from: source.name, to: target.name as AccessRule['to'], ports: admitted });
  }
  // A name that was not found, or left out, might have had one.
  const isWhole = [...entry.from, ...entry.to].every((name) => isKnown(context, name));
  if (rules.length === before && isWhole && from.length > 0 && to.length > 0)
    context.tell(
      warning(path, {
        code: 'access-without-effect',
        message: `nobody gains access by this: ${entry.from.join(', ')} and ${entry.to.join(', ')} are one`,
        remedy: 'Remove it, or name what was meant.',
      }),
    );
  if (ports)
    warnOfUnserved(
      context,
      ports,
      to.flatMap(({ name }) => applications.get(name) ?? []),
      [...path, 'ports'],
    );
  return true;
}

const isKnown = ({ names, gaps }: Context, name: string): boolean =>
  names.isGroup(name) || (names.has(name) && !isGap(gaps, name));

const NO_PORTS: PortRange[] = [];

const tooMany = (path: Path) =>
  error(path, {
    code: 'too-many-rules',
    message: `access comes to more than ${MOST_RULES} pairs of names`,
    remedy: 'State access for fewer of them, or split the network.',
  });

/** A port that nothing listens on would stand open all the same. `icmp` and `all` are admitted beside an application's ports. */
function warnOfUnserved(
  { tell }: Context,
  ports: readonly PortRange[],
  applications: readonly Application[],
  path: Path,
): void {
  for (const [index, port] of ports.entries()) {
    if (port.protocol === 'icmp' || port.protocol === 'all') continue;
    const without = applications.filter((one) => !one.ports.some((own) => meets(own, port)));
    if (without.length === 0) continue;
    const more = without.length > SHOWN ? ` and ${without.length - SHOWN} more` : '';
    tell(
      warning([...path, index], {
        code: 'port-not-served',
        message: `${formatPort(port)} would be opened, and is no port of ${without
          .slice(0, SHOWN)
          .map(({ ref }) => ref)
          .join(', ')}${more}`,
        remedy: 'Leave it out, or add it to the application’s ports.',
      }),
    );
  }
}

const meets = (own: PortRange, port: PortRange): boolean =>
  own.protocol === 'all' || (own.protocol === port.protocol && own.first <= port.last && port.first <= own.last);

/** Left out: every office and VPC to every application on its ports, offices to each other. */
function everything({ tell }: Context, { vpcs, offices }: Sites): AccessRule[] {
  const applications = vpcs.flatMap((vpc) => vpc.applications);
  const names = [...vpcs, ...offices].map(({ name }) => name);
  if (names.length * applications.length + offices.length * offices.length > MOST_RULES) {
    tell(tooMany(['offices']));
    return [];
  }
  const rules: AccessRule[] = [];
  for (const { ref, vpc, ports } of applications)
    for (const from of names) if (from !== vpc) rules.push({ from, to: ref, ports });
  for (const { name: to } of offices)
    for (const { name: from } of offices) if (from !== to) rules.push({ from, to, ports: NO_PORTS });
  return rules;
}
