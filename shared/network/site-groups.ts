/**
 * Sites that are treated alike share a row: a thousand offices that all reach everything are one. Found by splitting,
 * from one group of all, until no group holds two sites that see another group differently.
 */
export interface SiteTable {
  sites: readonly string[];
  /** Row by row, from site to site. */
  verdicts: Uint8Array;
}

export interface SiteGroup {
  /** Its first member's. */
  name: string;
  members: number[];
}

/** Each round splits at least one group, or is the last; networks that people build settle in three or four. */
const MOST_ROUNDS = 12;

export function groupSites({ sites, verdicts }: SiteTable): SiteGroup[] {
  const count = sites.length;
  let groupOf = new Int32Array(count);
  let groups = 1;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const signatures = new Map<string, number>();
    const next = new Int32Array(count);
    for (let site = 0; site < count; site += 1) {
      const signature = signatureOf(site, count, verdicts, groupOf);
      const group = signatures.get(signature) ?? signatures.size;
      signatures.set(signature, group);
      next[site] = group;
    }
    groupOf = next;
    if (signatures.size === groups) break;
    groups = signatures.size;
  }
  const members: number[][] = [];
  for (const [site, group] of groupOf.entries()) {
    const own = members[group] ?? [];
    own.push(site);
    members[group] = own;
  }
  return members.map((indexes) => ({ name: sites[indexes[0] ?? 0] ?? '', members: indexes }));
}

/** Which verdicts a site has to and from each group; the pair of a site with itself is none. */
function signatureOf(site: number, count: number, verdicts: Uint8Array, groupOf: Int32Array): string {
  const seen = new Set<number>();
  for (let other = 0; other < count; other += 1) {
    if (other === site) continue;
    const there = verdicts[site * count + other] ?? 0;
    const back = verdicts[other * count + site] ?? 0;
    seen.add(((groupOf[other] ?? 0) * 256 + there) * 256 + back);
  }
  return `${groupOf[site]}:${[...seen].sort((a, b) => a - b).join(',')}`;
}
