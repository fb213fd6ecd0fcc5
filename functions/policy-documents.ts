/** RAM's documents, generated from the table of permissions. Pure: the same table and place give the same bytes. */
import { canonicalJson } from '../shared/json';
import { type Grant, type Place, type RoleDefinition, USE_CASES } from './permissions';

export const roleName = ({ deployment }: Place, { name }: RoleDefinition): string => `${deployment}-${name}`;

/** What the role may, in one policy: statements of the same resources are joined. */
export function policyDocument(place: Place, { useCases }: RoleDefinition): string {
  const grants = useCases.flatMap((useCase): readonly Grant[] => USE_CASES[useCase]);
  const statements = new Map<string, { Effect: string; Action: string[]; Resource: string[] }>();
  for (const { actions, resources, deny } of grants) {
    const Effect = deny ? 'Deny' : 'Allow';
    const Resource = resources.map((resource) => placed(resource, place)).sort();
    const key = `${Effect} ${Resource.join(' ')}`;
    const Action = [...new Set([...(statements.get(key)?.Action ?? []), ...actions])].sort();
    statements.set(key, { Effect, Action, Resource });
  }
  return canonicalJson({ Version: '1', Statement: [...statements.values()] });
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
