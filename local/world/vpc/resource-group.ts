/**
 * Resource groups are Resource Management's, which keeps none here: any id of their form is taken for a group that is
 * there, so that what a client moves stays where it was moved.
 */
import type { RpcContext } from '../rpc/action';
import { CUSTOMER_GATEWAYS, VPCS, VPN_GATEWAYS } from './records';
import { refusal } from './refusals';

interface GroupedRecord {
  id: string;
  region: string;
  resourceGroupId?: string;
}

/** Collections by the name that an action gives to their kind, in lower case: the service takes any. */
export type GroupedKinds = Readonly<Record<string, string>>;

export const VPC_KINDS: GroupedKinds = { vpc: VPCS };
export const VPN_KINDS: GroupedKinds = { vpngateway: VPN_GATEWAYS, customergateway: CUSTOMER_GATEWAYS };

/** For a new record: nothing where no group was named. */
export function groupNamed(id: string | undefined): { resourceGroupId?: string } {
  if (id === undefined) return {};
  if (!/^rg-[A-Za-z0-9]{1,40}$/.test(id)) throw refusal('InvalidResourceGroup.NotFound');
  return { resourceGroupId: id };
}

/** A filter that is not given lets everything pass. */
export const isInGroup = (record: { resourceGroupId?: string } | undefined, wanted: string | undefined): boolean =>
  wanted === undefined || record?.resourceGroupId === wanted;

interface Move {
  id: string;
  type: string;
  resourceGroupId: string;
}

/** At once, whatever state the resource is in. */
export function moveToGroup({ state, region }: RpcContext, kinds: GroupedKinds, move: Move): void {
  const collection = kinds[move.type.toLowerCase()];
  if (collection === undefined) throw refusal('IllegalParam.ResourceType');
  const record = state.get<GroupedRecord>(collection, move.id);
  if (record?.region !== region) throw refusal('InvalidResourceId.NotFound');
  state.put(collection, record.id, { ...record, ...groupNamed(move.resourceGroupId) });
}
