import type { JsonObject } from '../../../shared/json';
import { action } from '../rpc/action';
import { byNumber } from '../rpc/paging';
import type { State } from '../state';
import { FILTERS, FLAG, PAGE, TAGS, TEXT } from './parameters';
import {
  BANDWIDTH_LIMITS,
  BANDWIDTH_PACKAGES,
  type BandwidthLimitRecord,
  type BandwidthPackageRecord,
} from './records';
import { isCrossBorder, sameSpan, spanId, spanOf } from './regions';
import { cenTime } from './router-time';
import { matchesTags, tagList } from './tags';

export const describeCenBandwidthPackages = action({
  product: 'cbn',
  name: 'DescribeCenBandwidthPackages',
  parameters: {
    ...PAGE,
    Filter: FILTERS,
    IncludeReservationData: FLAG,
    IsOrKey: FLAG,
    ResourceGroupId: TEXT,
    Tag: TAGS,
  },
  handle({ state }, input) {
    const filters = input.Filter ?? [];
    const passes = (record: BandwidthPackageRecord): boolean => {
      const results = filters.map(({ Key, Value }) => (Value ?? []).includes(fieldOf(record, Key)));
      return filters.length === 0 || (input.IsOrKey ? results.includes(true) : !results.includes(false));
    };
    const packages = state
      .values<BandwidthPackageRecord>(BANDWIDTH_PACKAGES)
      .filter((record) => record.status !== 'Creating' && passes(record) && matchesTags(record.tags ?? [], input.Tag));
    const { items, paging } = byNumber(packages, input);
    return {
      ...paging,
      CenBandwidthPackages: { CenBandwidthPackage: items.map((record) => view(state, record)) },
    };
  },
});

function fieldOf(record: BandwidthPackageRecord, key: string | undefined): string {
  if (key === 'CenId') return record.cenId ?? '';
  if (key === 'Status') return record.status;
  if (key === 'CenBandwidthPackageId') return record.id;
  return key === 'Name' ? record.name : '';
}

const view = (state: State, record: BandwidthPackageRecord): JsonObject => ({
  CenBandwidthPackageId: record.id,
  Name: record.name,
  Description: record.description ?? '',
  Bandwidth: record.bandwidthMbps,
  BandwidthPackageChargeType: record.chargeType,
  BusinessStatus: 'Normal',
  Status: record.status,
  CreationTime: cenTime(record.createdAt),
  ExpiredTime: record.expiresAt === undefined ? '' : cenTime(record.expiresAt),
  GeographicRegionAId: (record.sides ?? record.areas)[0],
  GeographicRegionBId: (record.sides ?? record.areas)[1],
  GeographicSpanId: spanId(record.areas),
  IsCrossBorder: isCrossBorder(record.areas),
  CenIds: { CenId: record.cenId === null ? [] : [record.cenId] },
  OrginInterRegionBandwidthLimits: {
    OrginInterRegionBandwidthLimit: state
      .values<BandwidthLimitRecord>(BANDWIDTH_LIMITS)
      .filter(({ cenId, regions }) => cenId === record.cenId && sameSpan(spanOf(regions), record.areas))
      .map(({ regions, bandwidthMbps }) => ({
        BandwidthLimit: String(bandwidthMbps),
        LocalRegionId: regions[0],
        OppositeRegionId: regions[1],
        GeographicSpanId: spanId(record.areas),
      })),
  },
  Tags: { Tag: tagList(record.tags ?? []) },
});
