/** What can carry tags, by the name that the tag actions give to its kind. */
import type { RpcContext } from '../rpc/action';
import type { State } from '../state';
import { regionOf } from './lookups';
import { CUSTOMER_GATEWAYS, ROUTE_TABLES, type Tag, VPCS, VPN_CONNECTIONS, VPN_GATEWAYS, VSWITCHES } from './records';
import { refusal } from './refusals';

export interface TaggedRecord {
  id: string;
  tags: Tag[];
}

/** As it is kept: what lies in a VPC has the VPC's region, and what the account's file states has no tags. */
interface StoredRecord {
  id: string;
  region?: string;
  vpcId?: string;
  tags?: Tag[];
}

interface TaggedKind {
  /** As the service spells it, which takes any case. */
  name: string;
  collection: string;
}

const KINDS: readonly TaggedKind[] = [
  { name: 'VPC', collection: VPCS },
  { name: 'VSWITCH', collection: VSWITCHES },
  { name: 'ROUTETABLE', collection: ROUTE_TABLES },
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

const regionOfRecord = (state: State, { region, vpcId }: StoredRecord): string =>
  region ?? regionOf(state, vpcId ?? '');

const withTags = (record: StoredRecord): TaggedRecord => ({ ...record, tags: record.tags ?? [] });

export const taggedOf = ({ state, region }: RpcContext, { collection }: TaggedKind): TaggedRecord[] =>
  state
    .values<StoredRecord>(collection)
    .filter((record) => regionOfRecord(state, record) === region)
    .map(withTags);

/** All of them, or none: one that is missing refuses the whole request. */
export const taggedRecords = (
  { state, region }: RpcContext,
  { collection }: TaggedKind,
  ids: readonly string[],
): TaggedRecord[] =>
  ids.map((id) => {
    const record = state.get<StoredRecord>(collection, id);
    if (!record || regionOfRecord(state, record) !== region) throw refusal('InvalidResourceId.NotFound');
    return withTags(record);
  });
