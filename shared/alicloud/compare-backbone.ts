/** The backbone of the file against the account: the CEN instance it names, its edition, its bandwidth package. */
import { type Cloud, cloudErrorOf } from '../engine/cloud';
import type { Problem } from '../problem';
import type { Backbone, Link, Topology } from '../topology/topology';
import { accountError } from './account-problem';
import {
  type BandwidthPackageReading,
  listBandwidthPackages,
  listCens,
  listRegionsOf,
  readBandwidthPackage,
} from './reads/cens';
import { listTransitRouters, type TransitRouterReading } from './reads/transit-routers';
import { readVpc } from './reads/vpcs';

export async function compareBackbone(cloud: Cloud, topology: Topology, own: ReadonlySet<string>): Promise<Problem[]> {
  const { backbone } = topology;
  const found = await Promise.all([
    backbone.edition === 'transit-router'
      ? compareService(cloud)
      : compareOtherCens(cloud, topology, { wanted: backbone.cen, own }),
    backbone.cen === null ? [] : compareCen(cloud, topology, backbone.cen),
    backbone.bandwidthPackage === null ? [] : comparePackage(cloud, backbone, backbone.bandwidthPackage),
  ]);
  return found.flat();
}

/** Opened once an account, free of charge, by a person: it is a contract. */
async function compareService(cloud: Cloud): Promise<Problem[]> {
  try {
    await cloud.call({ service: 'cbn', region: null, action: 'CheckTransitRouterService', parameters: {} });
    return [];
  } catch (error) {
    const detail = cloudErrorOf(error);
    // Whether it is open is only known from an answer.
    if (!detail || detail.class === 'transport' || detail.class === 'throttled' || detail.class === 'busy') throw error;
    return [
      accountError(
        'transit-router-service-closed',
        `the account cannot use transit routers yet (${detail.code})`,
        'open the transit router service once in the CEN console, or give the credentials the right to ask',
      ),
    ];
  }
}

async function compareCen(cloud: Cloud, { backbone, vpcs }: Topology, cenId: string): Promise<Problem[]> {
  const cens = await listCens(cloud, cenId);
  if (!cens.some(({ CenId }) => CenId === cenId))
    return [
      accountError(
        'cen-missing',
        `backbone.cen names ${cenId}, and the account has no such CEN instance`,
        backbone.edition === 'basic'
          ? 'correct its id: the basic edition works only with an instance that exists'
          : 'correct its id, or leave cen out and Trunkline makes one',
      ),
    ];
  const regions = new Set(vpcs.map(({ region }) => region));
  const routers = await listTransitRouters(cloud, { CenId: cenId });
  const wanted = backbone.edition === 'basic' ? 'Basic' : 'Enterprise';
  return routers
    .filter(({ RegionId, Type }) => regions.has(RegionId) && Type !== wanted)
    .map((router) => editionProblem(cenId, router, backbone.edition));
}

const editionProblem = (
  cenId: string,
  { RegionId, Type }: TransitRouterReading,
  edition: Backbone['edition'],
): Problem =>
  accountError(
    'cen-edition',
    `the file says edition ${edition}, and ${cenId} has ${Type === 'Basic' ? 'a basic' : 'an enterprise'} transit router in ${RegionId}`,
    `say edition: ${Type === 'Basic' ? 'basic' : 'transit-router'}, or name another CEN instance`,
  );

async function comparePackage(cloud: Cloud, { edition, cen, links }: Backbone, packageId: string): Promise<Problem[]> {
  const found = await readBandwidthPackage(cloud, packageId);
  if (!found)
    return [
      accountError(
        'bandwidth-package-missing',
        `backbone.bandwidthPackage names ${packageId}, and the account has none of that id`,
        'correct its id, or buy the package: Trunkline never buys one',
      ),
    ];
  const others = found.CenIds.CenId.filter((id) => id !== cen);
  if (edition === 'basic' && others.length > 0)
    return [
      accountError(
        'bandwidth-package-taken',
        `${packageId} is bound to ${others.join(', ')}`,
        'unbind it there, or name another package',
      ),
    ];
  const bound = cen === null ? [] : await listBandwidthPackages(cloud, 'CenId', cen);
  return compareSpans(cloud, links, [found, ...bound]);
}

/** A package serves the links between its two areas; those that the CEN instance has already serve theirs. */
async function compareSpans(
  cloud: Cloud,
  links: readonly Link[],
  packages: readonly BandwidthPackageReading[],
): Promise<Problem[]> {
  const spans = packages.map(({ GeographicRegionAId, GeographicRegionBId }) => [
    GeographicRegionAId,
    GeographicRegionBId,
  ]);
  const areas = [...new Set(spans.flat())];
  const regions = new Map(
    await Promise.all(areas.map(async (area) => [area, new Set(await listRegionsOf(cloud, area))] as const)),
  );
  const isServed = ([one, other]: Link['regions']): boolean =>
    spans.some(([a = '', b = '']) =>
      [
        [a, b],
        [b, a],
      ].some(([from = '', to = '']) => regions.get(from)?.has(one) && regions.get(to)?.has(other)),
    );
  return links
    .filter((link) => !isServed(link.regions))
    .map(({ vpcs, regions: [one, other] }) =>
      accountError(
        'bandwidth-package-span',
        `the link between ${vpcs.join(' and ')} leads from ${one} to ${other}, and no bandwidth package of this network is for their areas`,
        'bind a package of those areas to the CEN instance, or leave the link out',
      ),
    );
}

/** A VPC belongs to one CEN instance of the basic edition. */
interface Cens {
  wanted: string;
  own: ReadonlySet<string>;
}

async function compareOtherCens(cloud: Cloud, { vpcs }: Topology, { wanted, own }: Cens): Promise<Problem[]> {
  const found = await Promise.all(
    vpcs.map(async ({ name, region, id }) => {
      const vpc = await readVpc(cloud, region, id);
      const other = vpc?.AssociatedCens.AssociatedCen.find(({ CenId }) => CenId !== wanted && !own.has(CenId));
      if (!other) return [];
      return accountError(
        'vpc-in-another-cen',
        `vpc ${name}: ${id} is attached to ${other.CenId}, and backbone.cen names ${wanted}`,
        'name that CEN instance, or detach the VPC there',
      );
    }),
  );
  return found.flat();
}
