import { invariant } from '../../errors';
import type { Office, Topology, Vpc } from '../../topology/topology';

export interface OfficeAtVpc {
  office: Office;
  vpc: Vpc;
}

/** Each office with the VPC that its tunnel ends in. */
export function officesAtVpcs(topology: Topology): OfficeAtVpc[] {
  const vpcs = new Map(topology.vpcs.map((vpc) => [vpc.name, vpc]));
  return topology.offices.map((office) => {
    const vpc = vpcs.get(office.vpc);
    invariant(vpc, `the topology was linted, yet office ${office.name} names an unknown VPC ${office.vpc}`);
    return { office, vpc };
  });
}

/** Only VPCs that an office comes in by have a gateway: another would be paid for and carry nothing. */
export function vpcsWithOffices(topology: Topology): Vpc[] {
  const used = new Set(topology.offices.map((office) => office.vpc));
  return topology.vpcs.filter((vpc) => used.has(vpc.name));
}

/** One VPC has nobody to be joined to: its offices meet on its own gateway. */
export const needsBackbone = (topology: Topology): boolean => topology.vpcs.length > 1;
