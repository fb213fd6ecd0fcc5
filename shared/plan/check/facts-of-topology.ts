/**
 * What a topology asks for, as statements about the cloud without any of our ids: read once more from the file, on
 * purpose not by way of shared/plan/desired/. facts-of-plan.ts makes the same statements about a plan.
 */
import { canonicalJson, type Json } from '../../json';
import type { Office, Topology, Vpc } from '../../topology/topology';

export const fact = (...values: unknown[]): string => canonicalJson(values as Json);
export const inOrder = (values: Iterable<unknown>): unknown[] =>
  [...values].sort((a, b) => (canonicalJson(a as Json) < canonicalJson(b as Json) ? -1 : 1));

/** With repetitions, where two resources of one content are meant. Security groups are checked apart. */
export function factsOfTopology(topology: Topology): string[] {
  const joined = topology.vpcs.length > 1;
  return [
    ...topology.vpcs.flatMap((vpc) => vpcFacts(topology, vpc, joined)),
    ...(joined ? backboneFacts(topology) : []),
    ...new Set(
      topology.vpcs.flatMap((vpc) =>
        officesOf(topology, vpc).map(({ address }) => fact('customer-gateway', vpc.region, address)),
      ),
    ),
  ];
}

const officesOf = (topology: Topology, vpc: Vpc): Office[] =>
  topology.offices.filter((office) => office.vpc === vpc.name);

function vpcFacts(topology: Topology, vpc: Vpc, joined: boolean): string[] {
  const offices = officesOf(topology, vpc);
  const blocks = offices.flatMap((office) => [...new Set(office.cidrs)]);
  const { vSwitches, bandwidthMbps } = vpc.gateway;
  const gateway = fact('vpn-gateway', vpc.region, vpc.id, inOrder(vSwitches), bandwidthMbps);
  const entered = new Set([...vSwitches, ...vpc.applications.map((application) => application.vSwitch)]);
  if (joined) for (const vSwitch of vpc.attachment.vSwitches) entered.add(vSwitch);
  const tables = new Set(
    vpc.vSwitches.filter((vSwitch) => entered.has(vSwitch.id)).map((vSwitch) => vSwitch.routeTable),
  );
  tables.delete(null);
  const repaired = topology.backbone.edition === 'transit-router' ? [...tables] : [];
  return [
    ...(offices.length > 0 ? [gateway] : []),
    ...offices.flatMap((office) => officeFacts(topology, vpc, office)),
    ...repaired.flatMap((table) => blocks.map((block) => fact('vpc-route', vpc.region, vpc.id, table, block, vpc.id))),
    ...(joined ? blocks.map((block) => fact('cen-route', vpc.region, vpc.id, block)) : []),
  ];
}

function officeFacts(topology: Topology, vpc: Vpc, office: Office): string[] {
  const { region, id } = vpc;
  const { name, address, selectors, presharedKeySecret, keepsKey, cidrs } = office;
  const secret = keepsKey ? 'kept' : (presharedKeySecret ?? `${topology.name}/${name}`);
  const sides = [inOrder(new Set(selectors.cloudSide)), inOrder(new Set(selectors.officeSide))];
  return [
    ...(keepsKey ? [] : [fact('pre-shared-key', region, secret, presharedKeySecret !== null)]),
    fact('vpn-connection', region, id, address, secret, ...sides, topology.tunnel),
    ...[...new Set(cidrs)].map((block) => fact('vpn-route', region, id, address, block)),
  ];
}

function backboneFacts({ backbone, vpcs }: Topology): string[] {
  const facts = [fact('cen', backbone.cen)];
  if (backbone.edition === 'basic') {
    for (const vpc of vpcs) facts.push(fact('cen-child-instance', vpc.region, vpc.id));
    if (backbone.bandwidthPackage !== null) facts.push(fact('bandwidth-package', backbone.bandwidthPackage));
    for (const { regions, bandwidthMbps } of backbone.links) {
      facts.push(fact('inter-region-bandwidth', inOrder(regions), bandwidthMbps));
    }
    return facts;
  }
  for (const region of new Set(vpcs.map((vpc) => vpc.region))) facts.push(fact('transit-router', region));
  for (const vpc of vpcs) {
    const zones = vpc.attachment.vSwitches.map((id) => [vpc.vSwitches.find((one) => one.id === id)?.zone ?? null, id]);
    facts.push(fact('vpc-attachment', vpc.region, vpc.region, vpc.id, inOrder(zones)));
    facts.push(fact('route-table-association', vpc.region, vpc.region, [vpc.id]));
    facts.push(fact('route-table-propagation', vpc.region, vpc.region, [vpc.id]));
  }
  for (const { regions, bandwidthMbps } of backbone.links) {
    const ends = inOrder(regions.map((region) => [region, region]));
    facts.push(fact('peer-attachment', ends, bandwidthMbps, backbone.bandwidthPackage));
    for (const region of regions) {
      facts.push(fact('route-table-association', region, region, inOrder(regions)));
      facts.push(fact('route-table-propagation', region, region, inOrder(regions)));
    }
  }
  return facts;
}
