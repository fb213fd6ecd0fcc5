/** Names of `access` and `tests`: one office, VPC or application, or a group of them. */

import type { Path } from '../finding';
import { type Context, isGap, type Names, tellUnknown } from './context';

export interface Expanded {
  name: string;
  /** The VPC or office that it is, or stands in. */
  site: string;
  /** Written out; false for a member of a group. */
  isNamed: boolean;
}

/** `targets`: applications and offices, a VPC standing for its applications. `sites`: VPCs as they are. */
type Meaning = 'targets' | 'sites';

/** So many members of groups may still be gone through: each of five thousand entries can name them all. */
export interface Allowance {
  members: number;
}

interface Given {
  given: readonly string[];
  pathOf: (index: number) => Path;
  meaning: Meaning;
}

/** Without repetitions and without what was left out; what is unknown is told. Null where the allowance is used up. */
export function expandNames(
  context: Context,
  { given, pathOf, meaning }: Given,
  allowance: Allowance,
): Expanded[] | null {
  const found = new Map<string, boolean>();
  const seen = new Set<string>();
  for (const [index, name] of given.entries()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const members = membersOf(context.names, name, meaning);
    allowance.members -= members?.length ?? 1;
    if (allowance.members < 0) return null;
    if (members) for (const member of members) found.set(member, found.get(member) ?? false);
    else if (context.names.has(name)) found.set(name, true);
    else if (!isGap(context.gaps, name)) tellUnknownReference(context, name, pathOf(index));
  }
  return [...found]
    .filter(([name]) => !isGap(context.gaps, name))
    .map(([name, isNamed]) => ({ name, site: siteOf(name), isNamed }));
}

/** Null where the name is one of itself. */
function membersOf(names: Names, name: string, meaning: Meaning): readonly string[] | null {
  const { applications, offices, vpcs } = names;
  switch (name) {
    case 'offices':
      return offices;
    case 'applications':
      return applications;
    case 'vpcs':
      return meaning === 'sites' ? vpcs : applications;
    case 'all':
      return meaning === 'sites' ? [...offices, ...vpcs] : [...applications, ...offices];
    default:
      return meaning === 'targets' && names.isVpc(name) ? names.applicationsOf(name) : null;
  }
}

function tellUnknownReference(context: Context, name: string, path: Path): void {
  const { names } = context;
  const [vpc = '', application] = name.split('.', 2);
  if (application !== undefined && names.isVpc(vpc))
    tellUnknown(context, `application of ${vpc}`, path, name, names.applicationsOf(vpc));
  else tellUnknown(context, 'office, VPC or application', path, name, names.everything);
}

/** What needs no network and no rule unless the file asks for it by name: a site to itself, a VPC to what stands in it. */
export const isOwn = (from: Expanded, to: Expanded): boolean =>
  from.name === to.name || (from.site === to.site && !(from.isNamed && to.isNamed));

const siteOf = (name: string): string => name.split('.', 1)[0] ?? name;
