import { invariant } from '../../errors';
import type { Link, Topology, Vpc } from '../../topology/topology';
import type { Desired, PeerAttachment, VpcAttachment } from '../desired';
import { associationId, cenId, peerAttachmentId, propagationId, routerId, vpcAttachmentId } from './resource-ids';
import { needsBackbone } from './sites';
import type { Wanted } from './wanted';

/**
 * Transit-router edition. Nothing is implicit there: every attachment's association (which table forwards what comes
 * in) and propagation (which table learns it) is asked for, a peer attachment's on both sides.
 */
export function transitRouterBackbone(topology: Topology): Wanted[] {
  const { backbone } = topology;
  if (backbone.edition !== 'transit-router' || !needsBackbone(topology)) return [];
  const cen = cenId(topology.name);
  const regions = [...new Set(topology.vpcs.map((vpc) => vpc.region))];
  return [
    { id: cen, desired: { kind: 'cen', existingId: backbone.cen } },
    ...regions.map((region) => ({
      id: routerId(region),
      desired: { kind: 'transit-router', cen, region } satisfies Desired,
    })),
    ...topology.vpcs.flatMap((vpc) => [
      vpcAttachment(topology, vpc),
      ...forwarding(vpcAttachmentId(vpc.name), vpc.region),
    ]),
    ...backbone.links.flatMap((link) => [
      peerAttachment(topology, link, backbone.bandwidthPackage),
      ...link.regions.flatMap((region) => forwarding(peerAttachmentId(link.regions), region)),
    ]),
  ];
}

function vpcAttachment(topology: Topology, vpc: Vpc): Wanted<VpcAttachment> {
  const zones = vpc.attachment.vSwitches.map((vSwitchId) => {
    const zone = vpc.vSwitches.find((vSwitch) => vSwitch.id === vSwitchId)?.zone;
    invariant(zone, `the topology was linted, yet VPC ${vpc.name} has no vSwitch ${vSwitchId}`);
    return { zone, vSwitchId };
  });
  zones.sort((a, b) => (`${a.zone} ${a.vSwitchId}` < `${b.zone} ${b.vSwitchId}` ? -1 : 1));
  return {
    id: vpcAttachmentId(vpc.name),
    desired: {
      kind: 'vpc-attachment',
      cen: cenId(topology.name),
      router: routerId(vpc.region),
      region: vpc.region,
      vpcId: vpc.id,
      zones,
    },
  };
}

/** Made once, from the region that sorts first; both routers see it. */
const peerAttachment = (topology: Topology, link: Link, bandwidthPackage: string | null): Wanted<PeerAttachment> => ({
  id: peerAttachmentId(link.regions),
  desired: {
    kind: 'peer-attachment',
    cen: cenId(topology.name),
    router: routerId(link.regions[0]),
    region: link.regions[0],
    peerRouter: routerId(link.regions[1]),
    peerRegion: link.regions[1],
    bandwidthMbps: link.bandwidthMbps,
    bandwidthPackage,
  },
});

const forwarding = (attachment: Wanted['id'], region: string): Wanted[] => [
  {
    id: associationId(attachment, region),
    desired: { kind: 'route-table-association', region, router: routerId(region), attachment },
  },
  {
    id: propagationId(attachment, region),
    desired: { kind: 'route-table-propagation', region, router: routerId(region), attachment },
  },
];
