import type { Topology } from '../../topology/topology';
import { bandwidthPackageId, cenId, childInstanceId, interRegionBandwidthId } from './resource-ids';
import { needsBackbone } from './sites';
import type { Wanted } from './wanted';

/**
 * Basic edition, on an existing CEN instance: no new one can be made, and a bandwidth package is bound where the file
 * names one, never bought. Routes then flow by themselves, into system tables.
 */
export function basicBackbone(topology: Topology): Wanted[] {
  const { backbone } = topology;
  if (backbone.edition !== 'basic' || !needsBackbone(topology)) return [];
  const cen = cenId(topology.name);
  const { bandwidthPackage } = backbone;
  const packages: Wanted[] =
    bandwidthPackage === null
      ? []
      : [
          {
            id: bandwidthPackageId(bandwidthPackage),
            desired: { kind: 'bandwidth-package', cen, packageId: bandwidthPackage },
          },
        ];
  return [
    { id: cen, desired: { kind: 'cen', existingId: backbone.cen } },
    ...topology.vpcs.map(
      (vpc): Wanted => ({
        id: childInstanceId(vpc.name),
        desired: { kind: 'cen-child-instance', cen, region: vpc.region, vpcId: vpc.id },
      }),
    ),
    ...packages,
    ...backbone.links.map(
      ({ regions, bandwidthMbps }): Wanted => ({
        id: interRegionBandwidthId(regions),
        desired: { kind: 'inter-region-bandwidth', cen, regions: [...regions], bandwidthMbps },
      }),
    ),
  ];
}
