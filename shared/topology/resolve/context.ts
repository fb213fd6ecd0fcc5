/** What resolving one file shares: where findings go, which names there are, and what must stay quiet. */
import type { Gaps } from '../check-shape';
import { GROUPS, type TopologyFile } from '../file-schema';
import { error, type Finding, type Path } from '../finding';
import { didYouMean } from '../suggest';

export interface Context {
  tell: (finding: Finding) => void;
  gaps: Gaps;
  names: Names;
  /** So many names may still be compared for suggestions: a file of wrong names is answered in time too. */
  comparisons: { left: number };
}

export const MOST_COMPARISONS = 200_000;

export interface Names {
  vpcs: readonly string[];
  offices: readonly string[];
  /** `virginia.orders` */
  applications: readonly string[];
  /** All of these, and the groups. */
  everything: readonly string[];
  isGroup(name: string): boolean;
  has(name: string): boolean;
  isVpc(name: string): boolean;
  isOffice(name: string): boolean;
  applicationsOf(vpc: string): string[];
}

export function namesOf({ vpcs, offices = {} }: TopologyFile): Names {
  const byVpc = new Map(
    Object.entries(vpcs).map(([vpc, { applications = {} }]): [string, string[]] => [
      vpc,
      Object.keys(applications).map((name) => `${vpc}.${name}`),
    ]),
  );
  const officeNames = new Set(Object.keys(offices));
  const applications = new Set([...byVpc.values()].flat());
  return {
    vpcs: [...byVpc.keys()],
    offices: [...officeNames],
    applications: [...applications],
    everything: [...byVpc.keys(), ...officeNames, ...applications, ...GROUPS],
    isGroup: (name) => (GROUPS as readonly string[]).includes(name),
    has: (name) => byVpc.has(name) || officeNames.has(name) || applications.has(name),
    isVpc: (name) => byVpc.has(name),
    isOffice: (name) => officeNames.has(name),
    applicationsOf: (vpc) => byVpc.get(vpc) ?? [],
  };
}

/** What refers to an entry that was left out is no finding of its own. */
export const isGap = ({ names }: Gaps, name: string): boolean =>
  names === null || names.has(name) || names.has(name.split('.', 1)[0] ?? name);

/** Leaves an entry out: what is wrong with it has been told. */
export function leaveOut({ gaps }: Context, section: string, name: string): void {
  gaps.sections.add(section);
  gaps.names?.add(name);
}

const SHOWN = 12;

export function tellUnknown(context: Context, what: string, path: Path, name: string, known: readonly string[]): void {
  const { comparisons, tell } = context;
  comparisons.left -= known.length;
  const suggestion = comparisons.left < 0 ? '' : didYouMean(name, known);
  tell(
    error(path, {
      code: 'unknown-name',
      message: `there is no ${what} ${name}${suggestion}`,
      remedy:
        known.length === 0 ? 'The file names none.' : `There ${known.length === 1 ? 'is' : 'are'} ${list(known)}.`,
    }),
  );
}

const list = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;
