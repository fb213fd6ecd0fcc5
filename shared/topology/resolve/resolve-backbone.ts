import { isMainland } from '../border';
import type { CheckedFile } from '../check-shape';
import type { LinkEntry, TopologyFile } from '../file-schema';
import { error, type Path } from '../finding';
import type { Backbone, Link } from '../topology';
import { type Context, isGap, tellUnknown } from './context';

export interface ResolvedBackbone {
  backbone: Backbone;
  /** Where each link stands in the file. */
  origins: number[];
}

export function resolveBackbone(context: Context, { file, indexes }: CheckedFile): ResolvedBackbone {
  const { edition = 'transit-router', cen = null, bandwidthPackage = null, links = [] } = file.backbone ?? {};
  const resolved = links.flatMap((entry, at) => {
    const origin = indexes.links[at] ?? at;
    const link = resolveLink(context, file.vpcs, entry, ['backbone', 'links', origin]);
    if (!link) context.gaps.sections.add('links');
    return link ? { link, origin } : [];
  });
  const rest = { bandwidthPackage, links: resolved.map(({ link }) => link) };
  const origins = resolved.map(({ origin }) => origin);
  if (edition === 'transit-router') return { backbone: { edition, cen, ...rest }, origins };
  if (cen === null && !context.gaps.sections.has('cen'))
    context.tell(
      error(['backbone', 'edition'], {
        code: 'basic-needs-cen',
        message: 'edition basic needs a CEN instance that exists: none can be made any more',
        remedy: 'Name it: cen: cen-…; or use edition: transit-router.',
      }),
    );
  return { backbone: { edition, cen: cen ?? '', ...rest }, origins };
}

function resolveLink(context: Context, vpcs: TopologyFile['vpcs'], entry: LinkEntry, path: Path): Link | null {
  const { between, bandwidthMbps } = entry;
  for (const [index, name] of between.entries())
    if (!context.names.isVpc(name) && !isGap(context.gaps, name))
      tellUnknown(context, 'VPC', [...path, 'between', index], name, context.names.vpcs);
  if (bandwidthMbps === undefined)
    context.tell(
      error(path, {
        code: 'link-without-bandwidth',
        message: `the link between ${between.join(' and ')} has no bandwidth: 1 kbit/s, enough for a ping and for nothing else`,
        remedy: 'Add bandwidthMbps.',
      }),
    );
  const [a, b] = between
    // An object knows more names than its own: `constructor` is one.
    .map((vpc) => ({ vpc, region: context.names.isVpc(vpc) ? vpcs[vpc]?.region : undefined }))
    .sort((one, other) => ((one.region ?? '') < (other.region ?? '') ? -1 : 1));
  if (a?.region === undefined || b?.region === undefined || bandwidthMbps === undefined) return null;
  return {
    regions: [a.region, b.region],
    vpcs: [a.vpc, b.vpc],
    bandwidthMbps,
    crossBorder: isMainland(a.region) !== isMainland(b.region),
  };
}
