/** Who may start connections to what, expanded to one rule a pair of names. */
import type { CheckedFile } from '../check-shape';
import type { AccessEntry } from '../file-schema';
import { error, type Path, warning } from '../finding';
import type { AccessRule, Application, Office, PortRange, Topology, Vpc } from '../topology';
import { type Context, isGap } from './context';
import { type Allowance, type Expanded, expandNames, isOwn } from './expand-names';
import { readPorts } from './read-port';
import { warnOfUnserved } from './warn-of-unserved';

/**
 * Rules, one a port of them. A thousand offices that all reach each other and forty applications on two ports each have
 * 1,080,000 of them: about 60 MB.
 */
const MOST_RULES = 2_000_000;

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
  const allowance = { members: MOST_RULES, rules: MOST_RULES };
  for (const [at, entry] of (file.access ?? []).entries()) {
    const path: Path = ['access', indexes.access[at] ?? at];
    if (!addRules(context, rules, { entry, path, applications, offices, allowance })) {
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
  allowance: Allowance & { rules: number };
}

/** False where the rules would become too many. */
function addRules(
  context: Context,
  rules: AccessRule[],
  { entry, path, applications, offices, allowance }: Entry,
): boolean {
  const pathOf = (side: string) => (index: number) => [...path, side, index];
  const from = expandNames(context, { given: entry.from, pathOf: pathOf('from'), meaning: 'sites' }, allowance);
  const to = expandNames(context, { given: entry.to, pathOf: pathOf('to'), meaning: 'targets' }, allowance);
  const ports = entry.ports && readPorts(context, entry.ports, [...path, 'ports']);
  if (ports === null) {
    context.gaps.sections.add('access');
    return true;
  }
  const targets = (to ?? []).flatMap((target): Target[] => {
    const application = applications.get(target.name);
    if (application) return [{ ...target, application, ports: ports ?? application.ports }];
    return offices.has(target.name) ? [{ ...target, application: null, ports: NO_PORTS }] : [];
  });
  if (from && to) allowance.rules -= from.length * weightOf(targets);
  if (!from || !to || allowance.rules < 0) {
    context.tell(tooMany(path));
    return false;
  }
  const before = rules.length;
  for (const target of targets)
    for (const source of from)
      if (!isOwn(source, target))
        rules.push({ from: source.name, to: target.name as AccessRule['to'], ports: target.ports });
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
  if (ports && from.length > 0)
    warnOfUnserved(
      context,
      ports,
      targets.flatMap(({ application }) => application ?? []),
      [...path, 'ports'],
    );
  return true;
}

interface Target extends Expanded {
  application: Application | null;
  ports: PortRange[];
}

const weightOf = (targets: readonly { ports: readonly PortRange[] }[]): number =>
  targets.reduce((sum, { ports }) => sum + Math.max(1, ports.length), 0);

const isKnown = ({ names, gaps }: Context, name: string): boolean =>
  names.isGroup(name) || (names.has(name) && !isGap(gaps, name));

const NO_PORTS: PortRange[] = [];

const tooMany = (path: Path) =>
  error(path, {
    code: 'too-many-rules',
    message: `access comes to more than ${MOST_RULES} pairs of names, each as often as it has ports`,
    remedy: 'State access for fewer of them, or split the network.',
  });

/** Left out: every office and VPC to every application on its ports, offices to each other. */
function everything({ tell }: Context, { vpcs, offices }: Sites): AccessRule[] {
  const applications = vpcs.flatMap((vpc) => vpc.applications);
  const names = [...vpcs, ...offices].map(({ name }) => name);
  if (names.length * weightOf(applications) + offices.length * offices.length > MOST_RULES) {
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
