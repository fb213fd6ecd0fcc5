/** The backbone: one link a pair of regions that must talk, none twice, none within a region, the border named. */
import { isMainland } from '../border';
import type { Topology } from '../topology';
import { error, type Finding, type Lint, warning } from './finding';

export const links: Lint = (topology) => [...linksThemselves(topology), ...missingLinks(topology)];

function linksThemselves({ backbone }: Topology): Finding[] {
  const seen = new Set<string>();
  return backbone.links.flatMap(({ regions, vpcs, crossBorder }, index) => {
    const path = ['backbone', 'links', index];
    const pair = regions.join(' and ');
    if (regions[0] === regions[1])
      return [
        error(
          path,
          'link-within-region',
          `${vpcs.join(' and ')} are both in ${regions[0]}: no link is needed`,
          'Remove it.',
        ),
      ];
    if (seen.has(pair))
      return [
        error(path, 'link-twice', `there are two links between ${pair}`, 'Keep one, with the bandwidth of both.'),
      ];
    seen.add(pair);
    return crossBorder
      ? [
          warning(
            path,
            'cross-border-link',
            `the link between ${pair} crosses the border of mainland China`,
            'Cross-border bandwidth is sold separately and takes a compliance review of some working days: have it approved first.',
          ),
        ]
      : [];
  });
}

/** TR-to-TR transit over a third region is unverified, so each pair needs its own link. */
function missingLinks({ backbone, vpcs }: Topology): Finding[] {
  const regions = [...new Set(vpcs.map(({ region }) => region))].sort();
  const linked = new Set(backbone.links.map((link) => link.regions.join(' and ')));
  const pairs = regions.flatMap((a, index) => regions.slice(index + 1).map((b) => `${a} and ${b}`));
  return pairs
    .filter((pair) => !linked.has(pair))
    .map((pair) =>
      error(
        ['backbone', 'links'],
        'link-missing',
        `there is no link between ${pair}, and traffic does not pass through a third region`,
        'Add a link with its bandwidth.',
      ),
    );
}

/** A tunnel may not cross the border of mainland China. */
export const tunnelsOverTheBorder: Lint = ({ vpcs, offices }) =>
  offices.flatMap(({ name, vpc, country }): Finding[] => {
    const region = vpcs.find((one) => one.name === vpc)?.region ?? '';
    if (country === null)
      return [
        warning(
          ['offices', name],
          'country-missing',
          `${name} does not say in which country it is: whether its tunnel crosses the border of mainland China is not checked`,
          'Add country: US, for example.',
        ),
      ];
    if ((country === 'CN') === isMainland(region)) return [];
    return [
      error(
        ['offices', name, 'vpc'],
        'tunnel-crosses-border',
        `${name} is in ${country} and its tunnel would end in ${region}: an IPsec tunnel may not cross the border of mainland China`,
        `Attach it to a VPC ${country === 'CN' ? 'in' : 'outside'} mainland China.`,
      ),
    ];
  });
