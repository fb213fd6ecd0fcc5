/** Gateways and attachments stand in two zones, each with a vSwitch of its own. */
import type { Vpc } from '../topology';
import { error, type Finding, type Lint } from './finding';

export const zones: Lint = ({ vpcs, offices }) =>
  vpcs.flatMap((vpc) => {
    const hasOffice = offices.some((office) => office.vpc === vpc.name);
    return [
      ...(hasOffice ? inTwoZones(vpc, vpc.gateway.vSwitches, 'gateway', 'The VPN gateway') : []),
      ...(vpcs.length > 1
        ? inTwoZones(vpc, vpc.attachment.vSwitches, 'attachment', 'The transit-router attachment')
        : []),
    ];
  });

function inTwoZones({ name, vSwitches }: Vpc, ids: readonly string[], key: string, what: string): Finding[] {
  const used = new Set(ids.map((id) => vSwitches.find((vSwitch) => vSwitch.id === id)?.zone));
  if (used.size >= 2) return [];
  const all = new Set(vSwitches.map(({ zone }) => zone));
  const remedy =
    all.size < 2
      ? `Add a vSwitch of ${name} in a second zone.`
      : `Choose vSwitches of two zones: ${[...all].join(', ')}.`;
  return [error(['vpcs', name, key], 'one-zone', `${what} of ${name} would stand in one zone only`, remedy)];
}
