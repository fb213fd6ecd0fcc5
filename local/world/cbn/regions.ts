/**
 * Geographic areas, as bandwidth packages count them. cn-hongkong lies outside the mainland's area, so a link to it
 * from a mainland region crosses the border. Source: network-apis, section 10.3; the areas of na-south-1 and of the
 * Middle East are unverified.
 */
import { refusal } from './refusals';

const AREAS: Readonly<Record<string, readonly string[]>> = {
  china: [
    'cn-qingdao',
    'cn-beijing',
    'cn-zhangjiakou',
    'cn-huhehaote',
    'cn-wulanchabu',
    'cn-hangzhou',
    'cn-shanghai',
    'cn-shenzhen',
    'cn-heyuan',
    'cn-guangzhou',
    'cn-chengdu',
    'cn-nanjing',
    'cn-fuzhou',
  ],
  'north-america': ['us-west-1', 'us-east-1', 'na-south-1'],
  'asia-pacific': [
    'cn-hongkong',
    'ap-southeast-1',
    'ap-southeast-3',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ap-northeast-1',
    'ap-northeast-2',
  ],
  europe: ['eu-central-1', 'eu-west-1'],
  'middle-east': ['me-east-1', 'me-central-1'],
};

const AREA_OF = new Map(Object.entries(AREAS).flatMap(([area, regions]) => regions.map((region) => [region, area])));

export function areaOf(region: string): string {
  const area = AREA_OF.get(region);
  if (area === undefined) throw refusal('IllegalParam.RegionId');
  return area;
}

export type Span = readonly [string, string];

/** The two areas of a link, sorted. */
export function spanOf(regions: Span): Span {
  const [a, b] = regions.map(areaOf).sort();
  return [a ?? '', b ?? ''];
}

/** An area of a request, which writes `North-America`. */
export function areaNamed(text: string): string {
  const area = text.toLowerCase();
  if (!Object.hasOwn(AREAS, area)) throw refusal('InvalidParameter');
  return area;
}

/** Sorted, as packages are kept; either order of a request is the same span. */
export function spanNamed(one: string, other: string): Span {
  const [a, b] = [areaNamed(one), areaNamed(other)].sort();
  return [a ?? '', b ?? ''];
}

export const regionsOf = (area: string): readonly string[] => AREAS[area] ?? [];

/** Every pair that a package can be bought for, an area with itself among them. */
export const allSpans = (): Span[] => {
  const areas = Object.keys(AREAS).sort();
  return areas.flatMap((one, index) => areas.slice(index).map((other): Span => [one, other]));
};

/** `north-america_china`: China stands last where it is one of two. */
export const spanId = ([a, b]: Span): string => (a === 'china' ? `${b}_${a}` : `${a}_${b}`);

export const sameSpan = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];

/** Between mainland China and anywhere else. */
export const isCrossBorder = ([a, b]: Span): boolean => (a === 'china') !== (b === 'china');
