/**
 * What a proof stands on, surveyed once: the compiled model, and the ends of the pairs with their addresses.
 *
 * A VPC's addresses are those of the vSwitches that the topology names: nothing else in the VPC can hold one that it
 * speaks of. A vSwitch with a custom table of its own that no application, gateway or attachment stands in is left
 * out: nothing of this network sends from there, and nobody writes the offices' routes into that table.
 */
import { type Cidr, type CidrRange, contains, rangeOf } from '../cidr';
import type { Application, Topology, Vpc } from '../topology/topology';
import { type Access, compileAccess } from './access';
import { type AddressSpace, atomsOf } from './address-space';
import { compileFabric, type Fabric } from './fabric';
import { createJudge, type Endpoint, type Judge } from './judge';
import type { NetworkModel } from './model';

/** A site or an application as one end of pairs. */
export interface End extends Endpoint {
  kind: 'vpc' | 'office' | 'application';
  ranges: CidrRange[];
}

/** All that a pair is judged by. */
export interface Ground {
  topology: Topology;
  fabric: Fabric;
  access: Access;
  judge: Judge;
  /** VPCs first, each in the file's order. */
  sites: End[];
  applications: Map<string, { application: Application; end: End }>;
}

export function surveyGround(topology: Topology, model: NetworkModel): Ground {
  const applications = topology.vpcs.flatMap((vpc) => vpc.applications);
  // Applications' addresses draw no line: no table tells them from their vSwitch's other addresses.
  const blocks = [
    ...topology.vpcs.flatMap((vpc) => blocksOf(vpc)),
    ...topology.offices.flatMap((office) => office.cidrs),
  ];
  const fabric = compileFabric(model, blocks);
  const end = (kind: End['kind'], name: string, site: string, cidrs: Cidr[]): End =>
    endOf(fabric.space, { kind, name, site, cidrs });
  return {
    topology,
    fabric,
    access: compileAccess(topology),
    judge: createJudge(fabric, topology),
    sites: [
      ...topology.vpcs.map((vpc) => end('vpc', vpc.name, vpc.name, blocksOf(vpc))),
      ...topology.offices.map(({ name, cidrs }) => end('office', name, name, cidrs)),
    ],
    applications: new Map(
      applications.map((application) => {
        const { ref, vpc, addresses } = application;
        return [ref, { application, end: end('application', ref, vpc, addresses.map(hostBlock)) }];
      }),
    ),
  };
}

function blocksOf({ applications, attachment, gateway, vSwitches }: Vpc): Cidr[] {
  const used = new Set([...applications.map(({ vSwitch }) => vSwitch), ...gateway.vSwitches, ...attachment.vSwitches]);
  return vSwitches.filter(({ id, routeTable }) => routeTable === null || used.has(id)).map(({ cidr }) => cidr);
}

const hostBlock = (address: string): Cidr => `${address}/32` as Cidr;

/** Blocks within others of the same end are asked about once. */
function endOf(space: AddressSpace, input: { kind: End['kind']; name: string; site: string; cidrs: Cidr[] }): End {
  const { kind, name, site, cidrs } = input;
  const all = cidrs.map(rangeOf);
  const ranges = all.filter(
    (range, index) =>
      !all.some((other, at) => at !== index && contains(other, range) && (at < index || !contains(range, other))),
  );
  return { kind, name, site, ranges, atoms: atomsOf(space, cidrs) };
}
