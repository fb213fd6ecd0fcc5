import { action } from '../rpc/action';
import { isOpened } from './lookups';
import { DESCRIPTION, FLAG, NAME, REQUIRED, TAGS, TEXT } from './parameters';
import { BANDWIDTH_PACKAGES, type BandwidthPackageRecord } from './records';
import { refusal } from './refusals';
import { areaNamed, isCrossBorder, spanNamed } from './regions';
import { settleAfter } from './settle';
import { tagsOf } from './tags';

const MONTH_MS = 30 * 86_400_000;
const MONTHS = { Month: 1, Year: 12 } as const;

/** In Mbit/s; no package of the service is smaller or larger. */
export const BANDWIDTH = { type: 'integer', minimum: 2, maximum: 10_000 } as const;

/**
 * Seen a moment later. Across the mainland's border it wants the grant; an order that is not paid gives an id and no
 * package. Renewal is taken and not obeyed: nothing ends here by itself.
 */
export const createCenBandwidthPackage = action({
  product: 'cbn',
  name: 'CreateCenBandwidthPackage',
  parameters: {
    ClientToken: TEXT,
    Name: NAME,
    Description: DESCRIPTION,
    Bandwidth: { ...BANDWIDTH, required: true },
    GeographicRegionAId: REQUIRED,
    GeographicRegionBId: REQUIRED,
    /** By the hour is what accounts of the international site still have. */
    BandwidthPackageChargeType: { type: 'string', values: ['PREPAY', 'POSTPAY'] },
    Period: { type: 'integer', minimum: 1, maximum: 12 },
    PricingCycle: { type: 'string', values: ['Month', 'Year'] },
    AutoPay: FLAG,
    AutoRenew: FLAG,
    AutoRenewDuration: { type: 'integer', minimum: 1, maximum: 12 },
    Tag: TAGS,
  },
  handle(context, input) {
    const areas = spanNamed(input.GeographicRegionAId, input.GeographicRegionBId);
    if (isCrossBorder(areas) && !isOpened(context, 'cross-border'))
      throw refusal('OperationInvalid.UserCanNotBuyCrossBorderBwp');
    const chargeType = input.BandwidthPackageChargeType ?? 'PREPAY';
    const id = context.newId('cenbwp-');
    const order =
      chargeType === 'PREPAY' ? { CenBandwidthPackageOrderId: String(Math.trunc(context.now / 1_000)) } : {};
    const answer = { CenBandwidthPackageId: id, CenBandwidthPackageOrderId: '', ...order };
    if (chargeType === 'PREPAY' && input.AutoPay !== true) return answer;
    const months = (input.Period ?? 1) * MONTHS[input.PricingCycle ?? 'Month'];
    const record: BandwidthPackageRecord = {
      id,
      name: input.Name ?? '',
      description: input.Description ?? '',
      bandwidthMbps: input.Bandwidth,
      areas: [...areas],
      sides: [areaNamed(input.GeographicRegionAId), areaNamed(input.GeographicRegionBId)],
      status: 'Creating',
      cenId: null,
      chargeType,
      ...(chargeType === 'PREPAY' ? { expiresAt: context.now + months * MONTH_MS } : {}),
      createdAt: context.now,
      tags: tagsOf(input.Tag),
    };
    context.state.put(BANDWIDTH_PACKAGES, id, record);
    settleAfter(context, 'packageCreate', { collection: BANDWIDTH_PACKAGES, key: id, from: 'Creating', to: 'Idle' });
    return answer;
  },
});
