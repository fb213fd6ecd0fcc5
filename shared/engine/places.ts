import type { Topology } from '../topology/topology';

/** What a topology takes for its network alone: its VPCs, and a CEN instance that it names. In a fixed order. */
export const placesOf = (topology: Topology): string[] => {
  const cen = topology.backbone.cen;
  return [...topology.vpcs.map((vpc) => `vpc/${vpc.id}`), ...(cen === null ? [] : [`cen/${cen}`])].sort();
};
