/** The known name that was probably meant, by edit distance; null where none is near. */
export function suggest(given: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - given.length) >= least) continue;
    const distance = editDistance(given, name);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

export const didYouMean = (given: string, known: Iterable<string>): string => {
  const name = suggest(given, known);
  return name === null ? '' : `; did you mean ${name}?`;
};

/** Levenshtein's, one row at a time. Names are short: at most 100 characters are looked at. */
function editDistance(first: string, second: string): number {
  const [a, b] = [first.slice(0, 100), second.slice(0, 100)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
