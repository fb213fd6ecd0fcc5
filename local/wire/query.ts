/** Query strings and forms as lists of pairs: order and repetition are kept, nothing is guessed. */

/** A pair whose value is null had no `=`: `?cors` and `?cors=` differ to a signature. */
export type Pair = readonly [name: string, value: string | null];

/** `plusIsSpace` is the rule of forms and of RPC queries; OSS and SMQ send a literal plus. */
export function parsePairs(text: string | null, { plusIsSpace }: { plusIsSpace: boolean }): Pair[] {
  if (!text) return [];
  const decode = (part: string) => percentDecode(plusIsSpace ? part.replaceAll('+', ' ') : part);
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? ([decode(part), null] as const)
        : ([decode(part.slice(0, equals)), decode(part.slice(equals + 1))] as const);
    });
}

/** The first value of a name; null where the name is absent, empty where it has no value. */
export function firstValue(pairs: readonly Pair[], name: string): string | null {
  const found = pairs.find(([key]) => key === name);
  return found ? (found[1] ?? '') : null;
}

/** What is not valid percent-encoding stays as it is: the signature decides what it was meant to be. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 3986: `encodeURIComponent` leaves five characters that signatures want escaped. */
export const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** By code units, as every canonical form of Alibaba Cloud sorts. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
