/** Who may take a role: RAM as STS and Function Compute ask it. */
import { type Principal, parseTrustPolicy, trusts } from '../authorization/trust-policy';
import type { State } from '../state';
import { findRole } from './role-policies';

/** Whether the role lets the principal take it. `fc.aliyuncs.com` takes a function's, before it starts an instance. */
export function roleTrusts(state: State, arn: string, principal: Principal | string): 'ok' | 'no-role' | 'not-trusted' {
  const role = findRole(state, arn);
  if (!role) return 'no-role';
  const parsed = parseTrustPolicy(role.trustPolicy);
  const wanted = typeof principal === 'string' ? { service: principal } : principal;
  return parsed.ok && trusts(parsed.document, wanted) ? 'ok' : 'not-trusted';
}
