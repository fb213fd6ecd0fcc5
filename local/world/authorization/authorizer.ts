/** Asks RAM for every request that a role makes: what the role's policies allow, narrowed by its session's own. */
import { type EpochMs, isoSeconds } from '../../../shared/clock';
import { policiesVersion, rolePolicies } from '../ram/role-policies';
import { keptDocument } from '../ram/system-policies';
import type { State } from '../state';
import { CREDENTIALS, type CredentialRecord } from '../sts/credentials';
import { evaluate, narrowed } from './evaluate';
import type { AuthorizationObserver, Denial, Permission, Verdict } from './permission';
import type { PolicyDocument } from './policy-document';

/** Sessions with a policy of their own that are held parsed. */
const MOST_SESSIONS = 1_000;

export interface RoleCaller {
  accessKeyId: string;
  roleArn: string;
}

/** The first permission that is refused; null where none is. */
export type Authorizer = (now: EpochMs, caller: RoleCaller, needed: readonly Permission[]) => Denial | null;

export function authorizer(state: State, observe?: AuthorizationObserver): Authorizer {
  const policiesOf = heldPolicies(state);
  const sessionOf = heldSessions(state);
  return (now, { accessKeyId, roleArn }, needed) => {
    const policies = policiesOf(roleArn);
    const session = sessionOf(accessKeyId);
    const role = { policies, ofPlatform: ofPlatform(state, accessKeyId) };
    const denials = needed.flatMap((permission): Denial[] => {
      const asked = { ...permission, conditions: { 'acs:CurrentTime': isoSeconds(now), ...permission.conditions } };
      const verdict = verdictOf(role, session, asked);
      const { action, resource } = permission;
      observe?.({ roleArn, action, resource, allowed: verdict === 'allowed' });
      return verdict === 'allowed' ? [] : [{ ...permission, roleArn, verdict }];
    });
    return denials[0] ?? null;
  };
}

interface RoleRights {
  policies: PolicyDocument[] | null;
  ofPlatform: boolean;
}

function verdictOf({ policies, ofPlatform }: RoleRights, session: PolicyDocument | null, asked: Permission): Verdict {
  const unknown = ofPlatform ? 'allowed' : 'implicit';
  const role = policies === null ? unknown : evaluate(policies, asked);
  return session === null ? role : narrowed(role, evaluate([session], asked));
}

const ofPlatform = (state: State, accessKeyId: string): boolean =>
  state.get<CredentialRecord>(CREDENTIALS, accessKeyId)?.ofPlatform ?? false;

/** Parsed once for every change in RAM, not for every request. */
function heldPolicies(state: State): (roleArn: string) => PolicyDocument[] | null {
  const held = new Map<string, PolicyDocument[] | null>();
  let version = -1;
  return (roleArn) => {
    const current = policiesVersion(state);
    if (current !== version) held.clear();
    version = current;
    const known = held.get(roleArn);
    if (known !== undefined) return known;
    const policies = rolePolicies(state, roleArn);
    held.set(roleArn, policies);
    return policies;
  };
}

function heldSessions(state: State): (accessKeyId: string) => PolicyDocument | null {
  const held = new Map<string, PolicyDocument>();
  return (accessKeyId) => {
    const text = state.get<CredentialRecord>(CREDENTIALS, accessKeyId)?.policy ?? null;
    if (text === null) return null;
    const document = held.get(text) ?? keptDocument(text);
    if (held.size >= MOST_SESSIONS) held.clear();
    held.set(text, document);
    return document;
  };
}
