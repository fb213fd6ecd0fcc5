/** Gateways and attachments stand in two zones: the loss of one must not be the loss of the network. */
import { error, type Finding, warning } from '../finding';
import type { Vpc } from '../topology';
import type { Lint } from './lint';

export const zones: Lint = ({ topology: { vpcs, offices, backbone } }) => {
  const withOffice = new Set(offices.map(({ vpc }) => vpc));
  const isAttached = vpcs.length > 1 && backbone.edition === 'transit-router';
  return vpcs.flatMap((vpc) => {
    const { gateway, attachment, vSwitches } = vpc;
    // One id twice: which zone it stands in is the question, and is told (vpc-ids.ts).
    if (new Set(vSwitches.map(({ id }) => id)).size < vSwitches.length) return ofAnotherRegion(vpc);
    const ofGateway = withOffice.has(vpc.name) ? gatewayZones(vpc) : [];
    // The attachment follows the gateway where it is not stated, and so does its problem.
    const isTold = ofGateway.length > 0 && attachment.vSwitches.every((id) => gateway.vSwitches.includes(id));
    return [...ofAnotherRegion(vpc), ...ofGateway, ...(isAttached && !isTold ? attachmentZones(vpc) : [])];
  });
};

const ofAnotherRegion = ({ name, region, vSwitches }: Vpc): Finding[] =>
  vSwitches.flatMap(({ id, zone }, index) => {
    if (zone.startsWith(region)) return [];
    return error(['vpcs', name, 'vSwitches', index, 'zone'], {
      code: 'zone-of-another-region',
      message: `${id} stands in ${zone}, and ${name} is in ${region}`,
      remedy: 'Correct the zone or the region.',
    });
  });

const zonesOf = ({ vSwitches }: Vpc, ids: readonly string[]): string[] => {
  const zoneOf = new Map(vSwitches.map(({ id, zone }) => [id, zone]));
  return ids.flatMap((id) => zoneOf.get(id) ?? []);
};

/** The service refuses a gateway without two vSwitches where it makes dual tunnels, which is nearly everywhere. */
function gatewayZones(vpc: Vpc): Finding[] {
  const { name, gateway, vSwitches } = vpc;
  const used = new Set(zonesOf(vpc, gateway.vSwitches));
  if (used.size >= 2) return [];
  const all = new Set(vSwitches.map(({ zone }) => zone));
  return [
    error(all.size < 2 ? ['vpcs', name, 'vSwitches'] : ['vpcs', name, 'gateway', 'vSwitches'], {
      code: 'one-zone',
      message: `the VPN gateway of ${name} would stand in ${[...used].join('')} alone; it needs vSwitches of two zones`,
      remedy:
        all.size < 2
          ? `Make a vSwitch in a second zone of ${vpc.region} and name it here.`
          : `Name vSwitches of two of its zones: ${[...all].join(', ')}.`,
    }),
  ];
}

/** One zone is allowed here; two vSwitches of one are not. */
function attachmentZones(vpc: Vpc): Finding[] {
  const { name, attachment } = vpc;
  const path = ['vpcs', name, 'attachment', 'vSwitches'];
  const used = zonesOf(vpc, attachment.vSwitches);
  const count = new Set(used).size;
  if (count < used.length)
    return [
      error(path, {
        code: 'attachment-zone-twice',
        message: `the attachment of ${name} has two vSwitches of one zone; it takes one a zone`,
        remedy: 'Name one vSwitch of each zone.',
      }),
    ];
  if (count > 1) return [];
  return [
    warning(path, {
      code: 'attachment-one-zone',
      message: `the attachment of ${name} stands in ${used.join('')} alone: with that zone the VPC loses the backbone`,
      remedy: 'Name a vSwitch of a second zone.',
    }),
  ];
}
