/** RAM's own errors, as its error-code page lists them. */
import { ApiError } from '../rpc/action';

type Entity = 'Role' | 'Policy' | 'Policy.Version' | 'Role.Policy';

const MISSING: Record<Entity, string> = {
  Role: 'The role does not exist.',
  Policy: 'The policy does not exist.',
  'Policy.Version': 'The policy version does not exist.',
  'Role.Policy': 'The indicate policy attached to the role does not exist.',
};
export const notExist = (entity: Entity): ApiError => new ApiError(404, `EntityNotExist.${entity}`, MISSING[entity]);

const STANDING: Record<'Role' | 'Policy' | 'Role.Policy', string> = {
  Role: 'The role does already EXIST.',
  Policy: 'The policy does already EXIST.',
  'Role.Policy': 'The role has already been attached this policy.',
};
export const alreadyExists = (entity: keyof typeof STANDING): ApiError =>
  new ApiError(409, `EntityAlreadyExists.${entity}`, STANDING[entity]);

const CONFLICTS = {
  'Role.Policy': 'The role CAN NOT has any attached policy while deleting the role.',
  'Policy.Role': 'The policy CAN NOT been attached to any role while deleting the policy.',
  'Policy.Version': 'The policy CAN NOT has any version except the default version.',
  'Policy.Version.Default': 'The default policy version CAN NOT been deleted directly.',
} as const;
export const deleteConflict = (what: keyof typeof CONFLICTS): ApiError =>
  new ApiError(409, `DeleteConflict.${what}`, CONFLICTS[what]);

export const limitExceeded = (what: Entity): ApiError =>
  new ApiError(409, `LimitExceeded.${what}`, `The count of ${what} beyond the current limits.`);

export const malformed = (problem: string): ApiError => new ApiError(400, 'MalformedPolicyDocument', problem);
