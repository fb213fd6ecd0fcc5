/**
 * Enterprise transit routers as planned. Nothing is implicit (network-apis, rule 7): what enters from an attachment
 * is looked up only where it is associated, a table learns only where propagation is enabled, and a VPC's tables are
 * written only from the table that its attachment is associated with.
 *
 * 1. A VPC attachment announces the VPC's vSwitches and what was published.
 * 2. A peer attachment announces what the far table learned from its own VPCs, where it is associated with that
 *    table. Transit over a third region is unverified, so it is not promised.
 * 3. Of two routes to one block the first stands.
 */
import type { Cidr } from '../cidr';
import type { ResourceId } from '../plan/desired';
import type { TransitCen } from './fabric';
import type { RouterTable, VpcModel } from './model';
import { type PlanIndex, publishedByVpc, SYSTEM_TABLE } from './plan-index';
import { announced, synchronise } from './synchronise-routes';

interface Attachment {
  id: ResourceId;
  routerId: ResourceId;
  vpc: VpcModel;
  vSwitchIds: string[];
}

export function plannedTransitCen(plan: PlanIndex, cenId: ResourceId, vpcs: VpcModel[]): TransitCen {
  const routers = plan
    .of('transit-router')
    .filter(({ desired }) => desired.cen === cenId)
    .map(({ id, desired }) => ({ id, region: desired.region, table: emptyTable() }));
  const standing = new Set<string>(routers.map(({ id }) => id));
  const attachments = plannedAttachments(plan, cenId, vpcs).filter(({ routerId }) => standing.has(routerId));
  const peers = plan
    .of('peer-attachment')
    .filter(({ desired }) => standing.has(desired.router) && standing.has(desired.peerRouter))
    .map(({ id, desired: { router, peerRouter, bandwidthMbps } }) => ({
      id,
      routerIds: [router, peerRouter] as [ResourceId, ResourceId],
      bandwidthMbps,
    }));
  const cen: TransitCen = {
    edition: 'transit-router',
    id: cenId,
    routers: routers.map(({ id, region, table }) => ({ id, region, tables: [table] })),
    vpcAttachments: attachments.map(({ id, routerId, vpc, vSwitchIds }) => ({
      id,
      routerId,
      vpc: vpc.name,
      vSwitchIds,
    })),
    peerAttachments: peers,
    associations: plannedAssociations(plan, cenDoors(attachments, peers)),
  };
  const tables = new Map<string, RouterTable>(routers.map(({ id, table }) => [id, table]));
  const propagated = new Set(
    plan.of('route-table-propagation').map(({ desired }) => `${desired.router} ${desired.attachment}`),
  );
  const learnsFrom = (routerId: string, attachmentId: string) => propagated.has(`${routerId} ${attachmentId}`);
  learnFromVpcs(plan, attachments, tables, learnsFrom);
  learnFromPeers(cen, tables, learnsFrom);
  for (const attachment of attachments) writeIntoVpc(cen, attachment, tables.get(attachment.routerId));
  return cen;
}

const emptyTable = (): RouterTable => ({ id: SYSTEM_TABLE, routes: [] });

function plannedAttachments(plan: PlanIndex, cenId: ResourceId, vpcs: VpcModel[]): Attachment[] {
  return plan.of('vpc-attachment').flatMap(({ id, desired }): Attachment[] => {
    const vpc = vpcs.find((it) => it.id === desired.vpcId);
    if (!vpc || desired.cen !== cenId) return [];
    return [{ id, routerId: desired.router, vpc, vSwitchIds: desired.zones.map(({ vSwitchId }) => vSwitchId) }];
  });
}

/** Every attachment as each router that it opens into sees it. */
const cenDoors = (attachments: readonly Attachment[], peers: TransitCen['peerAttachments']): ReadonlySet<string> =>
  new Set([
    ...attachments.map(({ id, routerId }) => `${routerId} ${id}`),
    ...peers.flatMap(({ id, routerIds }) => routerIds.map((routerId) => `${routerId} ${id}`)),
  ]);

const plannedAssociations = (plan: PlanIndex, doors: ReadonlySet<string>): TransitCen['associations'] =>
  plan
    .of('route-table-association')
    .filter(({ desired }) => doors.has(`${desired.router} ${desired.attachment}`))
    .map(({ desired }) => ({ attachmentId: desired.attachment, routerId: desired.router, tableId: SYSTEM_TABLE }));

type LearnsFrom = (routerId: string, attachmentId: string) => boolean;

function learnFromVpcs(
  plan: PlanIndex,
  attachments: readonly Attachment[],
  tables: ReadonlyMap<string, RouterTable>,
  learnsFrom: LearnsFrom,
): void {
  const published = publishedByVpc(plan);
  for (const { id, routerId, vpc } of attachments) {
    if (!learnsFrom(routerId, id)) continue;
    learn(tables.get(routerId), announced(vpc, published.get(vpc.id) ?? new Set()), id);
  }
}

/** After the VPCs, and from what those taught alone: nothing learned from one peer goes on to another. */
function learnFromPeers(cen: TransitCen, tables: ReadonlyMap<string, RouterTable>, learnsFrom: LearnsFrom): void {
  const ownOf = new Map([...tables].map(([id, { routes }]) => [id, routes.map(({ destination }) => destination)]));
  for (const { id, routerIds } of cen.peerAttachments)
    for (const [near, far] of [routerIds, [...routerIds].reverse()])
      if (near !== undefined && far !== undefined && learnsFrom(near, id) && isAssociated(cen, far, id))
        learn(tables.get(near), ownOf.get(far) ?? [], id);
}

function learn(table: RouterTable | undefined, destinations: readonly Cidr[], attachmentId: string): void {
  if (!table) return;
  const taken = new Set(table.routes.map(({ destination }) => destination));
  for (const destination of destinations) {
    if (taken.has(destination)) continue;
    taken.add(destination);
    table.routes.push({ destination, nextHop: { kind: 'attachment', id: attachmentId } });
  }
}

/** Route synchronisation, on for every planned attachment, reaches custom tables too: their propagation is on by default. */
function writeIntoVpc(cen: TransitCen, { id, routerId, vpc }: Attachment, routerTable: RouterTable | undefined): void {
  if (!routerTable || !isAssociated(cen, routerId, id)) return;
  const learned = routerTable.routes
    .filter(({ nextHop }) => nextHop.kind === 'attachment' && nextHop.id !== id)
    .map(({ destination }) => ({ destination, nextHop: { kind: 'attachment' as const, id } }));
  for (const table of vpc.tables) synchronise(vpc, table, learned);
}

const isAssociated = (cen: TransitCen, routerId: string, attachmentId: string): boolean =>
  cen.associations.some((it) => it.attachmentId === attachmentId && it.routerId === routerId);
