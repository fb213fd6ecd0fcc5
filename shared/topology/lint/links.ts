/** The backbone: one link a pair of regions that must talk, none twice, none within a region, the border named. */
import { error, type Finding, warning } from '../finding';
import type { Resolved } from '../resolve/resolve-topology';
import type { Topology } from '../topology';
import type { Lint } from './lint';

export const links: Lint = (resolved) => [...linksThemselves(resolved), ...missingLinks(resolved)];

function linksThemselves({ topology: { backbone }, origins }: Resolved): Finding[] {
  const seen = new Map<string, readonly (string | number)[]>();
  return backbone.links.flatMap(({ regions, vpcs, crossBorder }, at) => {
    const path = ['backbone', 'links', origins.links[at] ?? at];
    const pair = regions.join(' and ');
    if (regions[0] === regions[1])
      return error(path, {
        code: 'link-within-region',
        message: `${vpcs.join(' and ')} are both in ${regions[0]}, where one transit router joins them`,
        remedy: 'Remove the link.',
      });
    const other = seen.get(pair);
    if (other)
      return error(path, {
        code: 'link-twice',
        message: `there are two links between ${pair}; a pair of regions has one`,
        remedy: 'Keep one, with the bandwidth of both.',
        other,
      });
    seen.set(pair, path);
    if (!crossBorder) return [];
    return warning(path, {
      code: 'cross-border-link',
      message: `the link between ${pair} crosses the border of mainland China`,
      remedy:
        'Cross-border bandwidth is sold separately, after a review of some working days that no API starts: have it approved before this is applied.',
    });
  });
}

/** The cloud has about thirty. Their pairs are looked at, and three thousand regions would have four million. */
const MOST_REGIONS = 100;

/** Whether a transit router passes on what came from another region is unverified, so each pair needs its own link. */
function missingLinks({ topology, gaps }: Resolved): Finding[] {
  if (['links', 'backbone', 'vpcs'].some((section) => gaps.sections.has(section))) return [];
  const { size } = new Set(topology.vpcs.map(({ region }) => region));
  if (size > MOST_REGIONS)
    return [
      error(['vpcs'], {
        code: 'too-many-regions',
        message: `the VPCs are in ${size} regions; at most ${MOST_REGIONS} are joined`,
        remedy: 'Correct the regions: the cloud has about thirty.',
      }),
    ];
  const linked = new Set(topology.backbone.links.map(({ regions }) => regions.join(' and ')));
  return [...pairsThatTalk(topology)]
    .filter(([pair]) => !linked.has(pair))
    .map(([pair, why]) =>
      error(['backbone', 'links'], {
        code: 'link-missing',
        message: `there is no link between ${pair}, and ${why}; nothing passes through a third region`,
        remedy: 'Add one between a VPC of each, with its bandwidth.',
      }),
    );
}

/** Pairs of regions, sorted, and who talks across. Without `access` everybody does. */
function pairsThatTalk({ vpcs, offices, access, tests }: Topology): Map<string, string> {
  const pairs = new Map<string, string>();
  // Asked a million times: the reason is put into words for the first of each pair only.
  const note = (one = '', other = '', why: () => string): void => {
    if (one === other) return;
    const pair = one < other ? `${one} and ${other}` : `${other} and ${one}`;
    if (!pairs.has(pair)) pairs.set(pair, why());
  };
  if (!access.stated) {
    const regions = [...new Set(vpcs.map(({ region }) => region))];
    for (const one of regions)
      for (const other of regions) note(one, other, () => 'without access everybody talks to everybody');
    return pairs;
  }
  const regionOf = new Map(vpcs.map(({ name, region }) => [name, region]));
  for (const { name, vpc } of offices) regionOf.set(name, regionOf.get(vpc) ?? '');
  for (const { region, applications } of vpcs) for (const { ref } of applications) regionOf.set(ref, region);
  for (const { from, to } of access.rules)
    note(regionOf.get(from), regionOf.get(to), () => `access lets ${from} reach ${to}`);
  for (const { from, to, expect } of tests)
    if (expect === 'reachable')
      note(regionOf.get(from), regionOf.get(to), () => `a test expects ${from} to reach ${to}`);
  return pairs;
}
