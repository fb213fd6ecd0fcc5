/**
 * The matrix of site pairs and the list of what fails, as plain text of at most 80 columns. Colour is the caller's:
 * `paint` gets each verdict's mark and may wrap it in what takes no room on the screen.
 */
import type { PairProof, Proof, Verdict } from './proof';
import { groupSites, type SiteGroup, type SiteTable } from './site-groups';
import { WIDTH, wrap } from './wrap-text';

export type Paint = (verdict: Verdict, text: string) => string;

const MARK: Record<Verdict, string> = { reachable: '✓', assumed: '~', starved: '!', blocked: '✗' };
const WORST_FIRST: readonly Verdict[] = ['blocked', 'starved', 'assumed', 'reachable'];
/** Above it sites that are treated alike share a row. */
const MOST_SITES_APART = 20;
const MOST_ROWS = 60;
const LABEL = 22;
const CELL = 3;
/** More pairs than these are counted, not listed. */
const MOST_PAIRS_LISTED = 6;
const MOST_PLACES_LISTED = 4;
const MOST_FAILURES_LISTED = 40;

const plain: Paint = (_, text) => text;

export function drawMatrix(proof: Proof, paint: Paint = plain): string {
  const table = siteTable(proof);
  const groups =
    table.sites.length <= MOST_SITES_APART
      ? table.sites.map((name, index): SiteGroup => ({ name, members: [index] }))
      : groupSites(table);
  const shown = groups.slice(0, MOST_ROWS);
  const perBlock = Math.floor((WIDTH - LABEL - 6) / CELL);
  const lines: string[] = [];
  for (let first = 0; first < shown.length; first += perBlock) {
    const columns = shown.slice(first, first + perBlock);
    lines.push(
      `${'from \\ to'.padEnd(LABEL + 5)}${columns.map((_, index) => cell(String(first + index + 1))).join('')}`,
    );
    for (const [index, group] of shown.entries()) {
      const number = String(index + 1).padStart(3);
      const marks = columns.map((column) => markOf(table, group, column, paint)).join('');
      lines.push(`${number}  ${label(group).padEnd(LABEL)}${marks}`);
    }
    lines.push('');
  }
  if (groups.length > shown.length) lines.push(`… and ${groups.length - shown.length} more rows`, '');
  lines.push(legend(proof, paint), '');
  return `${lines.join('\n')}\n`;
}

/** What access asks for and the network does not carry, what it carries unasked, and the tests that do not hold. */
export function drawFailures(proof: Proof, paint: Paint = plain): string {
  const failed = proof.pairs.filter((pair) => pair.wanted && !pair.reachable);
  // By cause, not by place: one missing route is noticed at several tables, on the way there and on the way back.
  const groups = [...groupBy(failed, (pair) => [pair.verdict, pair.cause, pair.remedy].join('\n'))];
  const lines = groups.slice(0, MOST_FAILURES_LISTED).flatMap(([, pairs]) => failureLines(pairs, paint));
  if (groups.length > MOST_FAILURES_LISTED) lines.push(`… and ${groups.length - MOST_FAILURES_LISTED} more causes`, '');
  const unasked = proof.pairs.filter((pair) => !pair.wanted && pair.reachable && pair.port !== null);
  if (unasked.length > 0) lines.push('Carried, though access does not ask for it:', ...pairLines(unasked), '');
  for (const test of proof.tests.filter(({ holds }) => !holds))
    lines.push(...wrap(`Test does not hold: ${pairName(test)}, expected ${test.expect}`, 0), '');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function siteTable(proof: Proof): SiteTable {
  const pairs = proof.pairs.filter((pair) => pair.port === null);
  const index = new Map<string, number>();
  for (const { from, to } of pairs) for (const name of [from, to]) if (!index.has(name)) index.set(name, index.size);
  const verdicts = new Uint8Array(index.size ** 2).fill(NO_PAIR);
  for (const { from, to, verdict } of pairs)
    verdicts[(index.get(from) ?? 0) * index.size + (index.get(to) ?? 0)] = WORST_FIRST.indexOf(verdict);
  return { sites: [...index.keys()], verdicts };
}

const NO_PAIR = 255;

/** The worst verdict between two groups; a point where nobody in them has a pair (a site and itself). */
function markOf({ sites, verdicts }: SiteTable, from: SiteGroup, to: SiteGroup, paint: Paint): string {
  let worst = NO_PAIR;
  for (const row of from.members)
    for (const column of to.members) worst = Math.min(worst, verdicts[row * sites.length + column] ?? NO_PAIR);
  const verdict = WORST_FIRST[worst];
  if (!verdict) return cell('·');
  return ' '.repeat(CELL - 1) + paint(verdict, MARK[verdict]);
}

const cell = (text: string): string => text.padStart(CELL);

function label({ name, members }: SiteGroup): string {
  const more = members.length > 1 ? ` +${members.length - 1}` : '';
  const room = LABEL - more.length;
  return (name.length > room ? `${name.slice(0, room - 1)}…` : name) + more;
}

function legend(proof: Proof, paint: Paint): string {
  const present = new Set(proof.pairs.filter(({ port }) => port === null).map(({ verdict }) => verdict));
  const marks = WORST_FIRST.filter((verdict) => present.has(verdict))
    .reverse()
    .map((verdict) => `${paint(verdict, MARK[verdict])} ${verdict}`);
  const rests = present.has('assumed')
    ? proof.assumptions.flatMap(({ id, text }) => wrap(`${id}: ${text}`, 2)).map((line) => `\n${line}`)
    : [];
  return [marks.join('   '), ...rests].join('');
}

function failureLines(pairs: readonly PairProof[], paint: Paint): string[] {
  const [first] = pairs;
  if (!first) return [];
  const { verdict, cause, remedy } = first;
  const places = [...new Set(pairs.flatMap(({ blockedAt }) => blockedAt ?? []))];
  const others = places.length > MOST_PLACES_LISTED ? [`${places.length - MOST_PLACES_LISTED} more`] : [];
  const count = `${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'}`;
  return [
    `${paint(verdict, `${MARK[verdict]} ${verdict}`)}, ${count}`,
    ...wrap(`at     ${[...places.slice(0, MOST_PLACES_LISTED), ...others].join(', ')}`, 2, 9),
    ...wrap(`cause  ${cause ?? 'unknown'}`, 2, 9),
    ...wrap(`remedy ${remedy ?? 'unknown'}`, 2, 9),
    ...pairLines(pairs),
    '',
  ];
}

function pairLines(pairs: readonly PairProof[]): string[] {
  const listed = pairs.slice(0, MOST_PAIRS_LISTED).map(pairName);
  const more = pairs.length > listed.length ? [`and ${pairs.length - listed.length} more`] : [];
  return wrap([...listed, ...more].join(', '), 2, 4);
}

const pairName = ({ from, to, port }: Pick<PairProof, 'from' | 'to' | 'port'>): string =>
  `${from} → ${to}${port === null ? '' : ` ${port}`}`;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
