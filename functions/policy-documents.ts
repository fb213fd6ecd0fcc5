/** RAM's documents, generated from the table of permissions. Pure: the same table and place give the same bytes. */
import { canonicalJson, type JsonObject } from '../shared/json';
import { type Grant, type Place, type RoleDefinition, USE_CASES } from './permissions';

export const roleName = ({ deployment }: Place, { name }: RoleDefinition): string => `${deployment}-${name}`;

/**
 * What the role may, in one policy: each resource once, with all that may be done to it, beside those of which the same
 * holds. It says neither more nor less than the table, and stays below RAM's 6,144 characters with the longest names.
 */
export function policyDocument(place: Place, { useCases }: RoleDefinition): string {
  const grants = useCases.flatMap((useCase): readonly Grant[] => USE_CASES[useCase]);
  return canonicalJson({
    Version: '1',
    Statement: [...statements(place, grants, 'Deny'), ...statements(place, grants, 'Allow')],
  });
}

function statements(place: Place, grants: readonly Grant[], Effect: 'Allow' | 'Deny'): JsonObject[] {
  const actionsOn = new Map<string, Set<string>>();
  for (const { actions, resources, deny = false } of grants)
    for (const resource of deny === (Effect === 'Deny') ? resources : []) {
      const on = placed(resource, place);
      actionsOn.set(on, new Set([...(actionsOn.get(on) ?? []), ...actions]));
    }
  const resourcesOf = new Map<string, { Action: string[]; Resource: string[] }>();
  for (const [resource, actions] of actionsOn) {
    const Action = [...actions].sort();
    const Resource = [...(resourcesOf.get(Action.join(' '))?.Resource ?? []), resource].sort();
    resourcesOf.set(Action.join(' '), { Action, Resource });
  }
  return [...resourcesOf.values()].map((statement) => ({ Effect, ...statement }));
}

/** Who may take the role on. */
export const trustDocument = ({ trusts }: RoleDefinition): string =>
  canonicalJson({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [trusts] } }],
  });

/** Names of tables have underscores where the deployment has hyphens (shared/store/tables.ts). */
export const placed = (pattern: string, place: Place): string =>
  pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'tables') return place.deployment.replaceAll('-', '_');
    return Object.hasOwn(place, name) ? place[name as keyof Place] : whole;
  });
