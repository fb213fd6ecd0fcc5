import type { JsonObject } from '../../../shared/json';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import type { State } from '../state';
import { FILTERS, PAGE, TAGS, TEXT } from './parameters';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord, CENS, type CenRecord } from './records';
import { cenTime } from './router-time';
import { matchesTags, tagList } from './tags';

export const describeCens = action({
  product: 'cbn',
  name: 'DescribeCens',
  parameters: { ...PAGE, Filter: FILTERS, ResourceGroupId: TEXT, Tag: TAGS },
  handle({ state }, input) {
    const wanted = (key: string, value: string): boolean =>
      (input.Filter ?? []).every((filter) => filter.Key !== key || (filter.Value ?? []).includes(value));
    const cens = state
      .values<CenRecord>(CENS)
      .filter((cen) => wanted('CenId', cen.id) && wanted('Name', cen.name) && matchesTags(cen.tags, input.Tag));
    const { items, paging } = byNumber(cens, input);
    return { ...paging, Cens: { Cen: items.map((cen) => view(state, cen)) } };
  },
});

const view = (state: State, cen: CenRecord): JsonObject => ({
  CenId: cen.id,
  Name: cen.name,
  Description: cen.description,
  ProtectionLevel: cen.protectionLevel,
  Status: cen.status,
  CreationTime: cenTime(cen.createdAt),
  Ipv6Level: 'DISABLED',
  ResourceGroupId: '',
  CenBandwidthPackageIds: {
    CenBandwidthPackageId: state
      .values<BandwidthPackageRecord>(BANDWIDTH_PACKAGES)
      .filter(({ cenId }) => cenId === cen.id)
      .map(({ id }) => id),
  },
  Tags: { Tag: tagList(cen.tags) },
});
