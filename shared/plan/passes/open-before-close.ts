import { canonicalJson, type Json } from '../../json';
import type { SecurityGroupRules } from '../desired';
import type { Change } from './change';

/**
 * Rules of security groups that are added before those that are taken away, one task after another: an application that
 * moves from one group to another is reachable all the while. Each ends however it ends, so that a rule which cannot be
 * added does not keep another open. Empty where nothing is taken away, or nothing added.
 */
export function openBeforeClose(changes: readonly Change[]): Change[] {
  const ours = changes.flatMap((change) => {
    if (change.kind !== 'security-group-rules' || change.action === 'keep') return [];
    // What is made anew goes before it comes, whatever others do.
    if (change.id !== change.resource) return [];
    const [before, after] = [rulesOf(change.previous), rulesOf(change.desired)];
    return { change, opens: lacks(after, before), closes: lacks(before, after) };
  });
  if (!ours.some(({ opens }) => opens) || !ours.some(({ closes }) => closes)) return [];
  const rank = ({ opens, closes }: (typeof ours)[number]): number => (opens ? 0 : 2) + (closes ? 1 : 0);
  return ours.sort((a, b) => rank(a) - rank(b) || (a.change.id < b.change.id ? -1 : 1)).map(({ change }) => change);
}

const rulesOf = (desired: Change['desired']): Set<string> =>
  new Set(desired?.kind === 'security-group-rules' ? desired.rules.map(textOf) : []);

const textOf = (rule: SecurityGroupRules['rules'][number]): string => canonicalJson(rule as unknown as Json);

/** Whether some of the first are not among the others. */
const lacks = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((one) => !others.has(one));
