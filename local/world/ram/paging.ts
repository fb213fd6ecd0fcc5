/** Pages by a marker that clients hand back as they got it: the name of the last one, in a form that nobody reads. */
import { ApiError } from '../rpc/action';

const DEFAULT_ITEMS = 100;

interface Page<T> {
  items: T[];
  /** Empty on the last page. */
  more: { IsTruncated: boolean; Marker?: string };
}

/** `all` in the order of its keys. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems = DEFAULT_ITEMS }: { Marker?: string; MaxItems?: number },
): Page<T> {
  const after = Marker === undefined ? '' : keyIn(Marker);
  const rest = all.filter((item) => keyOf(item) > after);
  const items = rest.slice(0, MaxItems);
  const last = items.at(-1);
  if (rest.length === items.length || last === undefined) return { items, more: { IsTruncated: false } };
  return { items, more: { IsTruncated: true, Marker: Buffer.from(keyOf(last)).toString('base64url') } };
}

function keyIn(marker: string): string {
  const key = Buffer.from(marker, 'base64url').toString('utf8');
  if (Buffer.from(key).toString('base64url') !== marker)
    throw new ApiError(400, 'InvalidParameter.Marker', 'The parameter - "Marker" is incorrect.');
  return key;
}
