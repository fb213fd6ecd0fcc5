/** What can carry tags, by the name that the tag actions give to its kind. */
import type { RpcContext } from '../rpc/action';
import { CUSTOMER_GATEWAYS, type Tag, VPCS, VPN_CONNECTIONS, VPN_GATEWAYS } from './records';
import { refusal } from './refusals';

export interface TaggedRecord {
  id: string;
  region: string;
  tags: Tag[];
}

interface TaggedKind {
  /** As the service spells it, which takes any case. */
  name: string;
  collection: string;
}

/** vSwitches and route tables have tags on the service; here they come with the account and carry none. */
const KINDS: readonly TaggedKind[] = [
  { name: 'VPC', collection: VPCS },
  { name: 'VPNGATEWAY', collection: VPN_GATEWAYS },
  // Not in the documentation's list, but what well-known clients send.
  { name: 'CUSTOMERGATEWAY', collection: CUSTOMER_GATEWAYS },
  { name: 'VPNCONNECTION', collection: VPN_CONNECTIONS },
];

export function taggedKind(name: string): TaggedKind {
  const kind = KINDS.find((known) => known.name === name.toUpperCase());
  if (!kind) throw refusal('IllegalParam.ResourceType');
  return kind;
}

export const taggedOf = ({ state, region }: RpcContext, { collection }: TaggedKind): TaggedRecord[] =>
  state.values<TaggedRecord>(collection).filter((record) => record.region === region);

/** All of them, or none: one that is missing refuses the whole request. */
export const taggedRecords = (
  context: RpcContext,
  { collection }: TaggedKind,
  ids: readonly string[],
): TaggedRecord[] =>
  ids.map((id) => {
    const record = context.state.get<TaggedRecord>(collection, id);
    if (record?.region !== context.region) throw refusal('InvalidResourceId.NotFound');
    return record;
  });
