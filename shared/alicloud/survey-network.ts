/** What stands around a CEN instance, as `trunkline import` needs it. Reads only. */

import type { Surveyed, SurveyedVpc } from '../adoption/surveyed';
import type { Cloud } from '../engine/cloud';
import { listPeerAttachments, listVpcAttachments, type VpcAttachmentReading } from './reads/attachments';
import { listCens } from './reads/cens';
import { listTransitRouters } from './reads/transit-routers';
import { surveyVpc } from './survey-vpc';

/** Null where the account has no such CEN instance. */
export async function surveyNetwork(cloud: Cloud, cen: string): Promise<Surveyed | null> {
  if (!(await listCens(cloud, cen)).some(({ CenId }) => CenId === cen)) return null;
  const routers = await listTransitRouters(cloud, { CenId: cen });
  const enterprise = routers.filter(({ Type }) => Type === 'Enterprise');
  const unsaid = routers
    .filter(({ Type }) => Type !== 'Enterprise')
    .map(({ RegionId }) => `the transit router in ${RegionId} is of the basic edition, which is not imported`);
  const regionOf = new Map(enterprise.map(({ TransitRouterId, RegionId }) => [TransitRouterId, RegionId]));
  const vpcs: SurveyedVpc[] = [];
  for (const attachment of await listVpcAttachments(cloud, { CenId: cen })) {
    const region = regionOf.get(attachment.TransitRouterId);
    if (region === undefined) continue;
    const read = await surveyVpc(cloud, { region, id: attachment.VpcId, attachedVSwitches: vSwitchesOf(attachment) });
    if (read === null) {
      unsaid.push(`${attachment.VpcId} is attached and not of this account: its side is its owner's`);
      continue;
    }
    vpcs.push(read.vpc);
    unsaid.push(...read.unsaid);
  }
  return { cen, vpcs, links: await linksOf(cloud, { cen, regionOf, unsaid }), unsaid };
}

const vSwitchesOf = ({ ZoneMappings }: VpcAttachmentReading): string[] =>
  ZoneMappings.map(({ VSwitchId }) => VSwitchId);

/** A link is seen from both of its ends. */
async function linksOf(
  cloud: Cloud,
  { cen, regionOf, unsaid }: { cen: string; regionOf: ReadonlyMap<string, string>; unsaid: string[] },
): Promise<Surveyed['links']> {
  const links = new Map<string, Surveyed['links'][number]>();
  for (const [router, region] of regionOf) {
    for (const { TransitRouterId, PeerTransitRouterId, Bandwidth } of await listPeerAttachments(cloud, {
      CenId: cen,
      TransitRouterId: router,
    })) {
      const other = TransitRouterId === router ? PeerTransitRouterId : TransitRouterId;
      const far = regionOf.get(other);
      if (far === undefined) {
        unsaid.push(`the transit router in ${region} has a link to ${other}, which is none of this CEN instance's`);
        continue;
      }
      const regions = [region, far].sort() as [string, string];
      links.set(regions.join(), { regions, bandwidthMbps: Bandwidth });
    }
  }
  return [...links.values()];
}
