/**
 * The basic edition as planned: every attached VPC's vSwitches, and what was published, stand in the table of every
 * region and are written into the other VPCs' system tables by themselves. Custom tables are not written.
 */
import type { ResourceId } from '../plan/desired';
import type { Backbone } from '../topology/topology';
import type { CenModel, VpcModel } from './model';
import { type PlanIndex, publishedByVpc } from './plan-index';
import { announced, synchronise } from './synchronise-routes';

type BasicCen = Extract<CenModel, { edition: 'basic' }>;

export function plannedBasicCen(plan: PlanIndex, cenId: ResourceId, vpcs: VpcModel[], backbone: Backbone): BasicCen {
  const ids = new Set(
    plan
      .of('cen-child-instance')
      .filter(({ desired }) => desired.cen === cenId)
      .map(({ desired }) => desired.vpcId),
  );
  const attached = vpcs.filter(({ id }) => ids.has(id));
  const published = publishedByVpc(plan);
  const routes = attached.flatMap((vpc) =>
    announced(vpc, published.get(vpc.id) ?? new Set()).map((destination) => ({
      destination,
      vpcId: vpc.id,
      region: vpc.region,
    })),
  );
  for (const vpc of attached) {
    const learned = routes
      .filter(({ vpcId }) => vpcId !== vpc.id)
      .map(({ destination, vpcId, region }) => ({ destination, nextHop: { kind: 'cen' as const, vpcId, region } }));
    const system = vpc.tables.find(({ kind }) => kind === 'system');
    if (system) synchronise(vpc, system, learned);
  }
  return {
    edition: 'basic',
    id: cenId,
    attachedVpcs: attached.map(({ id }) => id),
    tables: [...new Set(attached.map(({ region }) => region))].map((region) => ({ region, routes })),
    bandwidths: bandwidthsOf(plan, cenId, backbone),
  };
}

/** A limit is taken out of a package: without one bound, the cloud refuses it. One that the file does not name is bound already. */
function bandwidthsOf(plan: PlanIndex, cenId: ResourceId, { bandwidthPackage }: Backbone): BasicCen['bandwidths'] {
  const bound = plan.of('bandwidth-package').some(({ desired }) => desired.cen === cenId);
  if (bandwidthPackage !== null && !bound) return [];
  return plan
    .of('inter-region-bandwidth')
    .filter(({ desired }) => desired.cen === cenId)
    .map(({ desired: { regions, bandwidthMbps } }) => ({ regions, bandwidthMbps }));
}
