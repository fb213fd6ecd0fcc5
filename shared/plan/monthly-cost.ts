/**
 * What a network costs a month by a table of prices that its users keep, since the service tells none: dated, so that
 * everybody sees how old it is. Traffic is not in it; nobody knows that before.
 */
import * as z from 'zod';
import { readSettings } from '../topology/read-settings';
import type { Desired, DesiredResource } from './desired';

export interface PriceTable {
  /** `2026-11-01` */
  dated: string;
  /** `USD` */
  currency: string;
  /**
   * By kind, and where it differs by region, bandwidth in Mbit/s, or both: `vpn-gateway`, `vpn-gateway/us-east-1`,
   * `vpn-gateway/100`, `vpn-gateway/us-east-1/100`. The most particular one is taken.
   */
  monthly: Readonly<Record<string, number>>;
}

/** The kinds that are paid for by time. */
const BILLED = ['vpn-gateway', 'vpc-attachment', 'peer-attachment', 'inter-region-bandwidth'] as const;

const priceSchema: z.ZodType<PriceTable> = z.strictObject({
  dated: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  monthly: z.record(
    z.string().regex(new RegExp(`^(${BILLED.join('|')})(/[a-z][a-z0-9-]{1,40})?(/\\d{1,6})?$`)),
    z.number().min(0).max(1_000_000_000),
  ),
});

export const parsePrices = (source: Uint8Array, file: string) =>
  readSettings(priceSchema, { source, file, remedy: REMEDY });

const REMEDY =
  'Write it as `{dated: 2026-11-01, currency: USD, monthly: {vpn-gateway/100: 191, vpc-attachment: 36, peer-attachment: 36}}`.';

/** Null where the table does not name all of it. */
export function monthlyCost(resources: readonly DesiredResource[], { monthly }: PriceTable): number | null {
  let total = 0;
  for (const { desired } of resources) {
    if (!BILLED.some((kind) => kind === desired.kind)) continue;
    const key = keysOf(desired).find((one) => Object.hasOwn(monthly, one));
    if (key === undefined) return null;
    total += monthly[key] ?? 0;
  }
  return total;
}

function keysOf(desired: Desired): string[] {
  const { kind } = desired;
  const region = 'region' in desired ? desired.region : null;
  const mbps = 'bandwidthMbps' in desired ? String(desired.bandwidthMbps) : null;
  const parts = [[region, mbps], [mbps], [region], []];
  return parts.flatMap((more) => (more.includes(null) ? [] : [[kind, ...more].join('/')]));
}
