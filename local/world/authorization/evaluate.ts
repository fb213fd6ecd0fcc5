/** The decision: what denies wins over what allows, and what nothing allows is denied. */
import { conditionHolds } from './conditions';
import type { Permission, Verdict } from './permission';
import type { PolicyDocument, Statement } from './policy-document';
import { matchesWildcard } from './wildcard';

export function evaluate(policies: readonly PolicyDocument[], asked: Permission): Verdict {
  const applying = policies.flatMap(({ Statement: statements }) => statements.filter((each) => applies(each, asked)));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'explicit';
  return applying.length > 0 ? 'allowed' : 'implicit';
}

/** What a session's own policy leaves of what the role may. */
export function narrowed(role: Verdict, session: Verdict): Verdict {
  if (role === 'explicit' || session === 'explicit') return 'explicit';
  return role === 'allowed' ? session : role;
}

function applies(
  { Action, Resource, Condition }: Statement,
  { action, resource, conditions = {} }: Permission,
): boolean {
  const wanted = action.toLowerCase();
  return (
    Action.some((pattern) => matchesWildcard(pattern, wanted)) &&
    Resource.some((pattern) => matchesWildcard(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, stated]) => conditionHolds(operator, conditions[key], stated)),
    )
  );
}
