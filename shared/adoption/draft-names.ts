/** Names of a topology, made of the cloud's: a lower-case letter, then letters, digits and hyphens, each used once. */

export interface Namer {
  /** The name, or the other one where it makes none; with a number where that is taken. */
  of(name: string, otherwise: string): string;
}

/** The file's bound is 41. */
const LONGEST = 36;
/** Groups of the file. */
const RESERVED = ['offices', 'vpcs', 'applications', 'all'];

export function namer(): Namer {
  const taken = new Set(RESERVED);
  return {
    of: (name, otherwise) => {
      const word = wordOf(name) || wordOf(otherwise) || 'site';
      for (let number = 1; ; number += 1) {
        const candidate = number === 1 ? word : `${word}-${number}`;
        if (taken.has(candidate)) continue;
        taken.add(candidate);
        return candidate;
      }
    },
  };
}

export const wordOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
