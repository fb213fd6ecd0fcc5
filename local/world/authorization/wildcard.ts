/**
 * Matches `*` (any text, none too), and `?` (one character) where asked, against the whole of a text.
 *
 * Two pointers and the last star, so that no pattern takes more than length times length: a regular expression of
 * twenty stars would hang the local cloud.
 */
export function matchesWildcard(pattern: string, text: string, single = false): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let retry = 0;
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at;
      retry = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === text[index] || (single && pattern[at] === '?'))) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      retry += 1;
      index = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
