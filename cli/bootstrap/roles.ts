/**
 * A role for each function and trigger, with one policy of the same name. What carries another description is not
 * ours: it is neither used nor changed (W6).
 */
import * as z from 'zod';
import { type Place, ROLES, type RoleDefinition } from '../../functions/permissions';
import { policyDocument, roleName, trustDocument } from '../../functions/policy-documents';
import { type Cloud, type CloudRequest, cloudErrorOf } from '../../shared/engine/cloud';
import { TrunklineError } from '../../shared/errors';
import { canonicalJson } from '../../shared/json';
import type { Target } from '../connection';
import type { Found, Item } from './item';

const roleSchema = z.object({ Role: z.object({ Description: z.string(), AssumeRolePolicyDocument: z.string() }) });
const policySchema = z.object({
  Policy: z.object({ Description: z.string() }),
  DefaultPolicyVersion: z.object({ PolicyDocument: z.string() }),
});
const attachedSchema = z.object({ Policies: z.object({ Policy: z.array(z.object({ PolicyName: z.string() })) }) });
const versionsSchema = z.object({
  PolicyVersions: z.object({
    PolicyVersion: z.array(z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean() })),
  }),
});

interface Found3 {
  role: Found;
  policy: Found;
  attached: boolean;
}

export const roleItems = (target: Target, cloud: Cloud): Item[] => ROLES.map((role) => roleItem(target, cloud, role));

export const placeOf = ({ region, accountId, deployment, bucket, tablestoreInstance, logs }: Target): Place => ({
  region,
  account: accountId,
  deployment,
  bucket,
  instance: tablestoreInstance,
  logProject: logs.project,
  logStore: logs.store,
});

function roleItem(target: Target, cloud: Cloud, definition: RoleDefinition): Item {
  const place = placeOf(target);
  const name = roleName(place, definition);
  const { description } = definition;
  const [policy, trust] = [policyDocument(place, definition), trustDocument(definition)];
  const ask = ramOf(cloud);
  const named = { PolicyName: name, PolicyType: 'Custom' };

  const look = async (): Promise<Found3> => {
    const [role, held, attached] = await Promise.all([
      ask.find('GetRole', { RoleName: name }),
      ask.find('GetPolicy', named),
      ask.find('ListPoliciesForRole', { RoleName: name }),
    ]);
    return {
      role: roleFound(role, { name, description, trust }),
      policy: policyFound(held, { name, description, policy }),
      attached:
        attached !== null && attachedSchema.parse(attached).Policies.Policy.some((one) => one.PolicyName === name),
    };
  };
  return {
    kind: 'role',
    name,
    look: async () => {
      const found = await look();
      // A policy whose role somebody removed is still ours to take away.
      if (found.role === 'absent') return found.policy === 'absent' ? 'absent' : 'different';
      return found.role === 'there' && found.policy === 'there' && found.attached ? 'there' : 'different';
    },
    make: async () => {
      const found = await look();
      if (found.role === 'absent')
        await ask.call('CreateRole', { RoleName: name, Description: description, AssumeRolePolicyDocument: trust });
      if (found.role === 'different')
        await ask.call('UpdateRole', { RoleName: name, NewAssumeRolePolicyDocument: trust });
      if (found.policy === 'absent')
        await ask.call('CreatePolicy', { PolicyName: name, Description: description, PolicyDocument: policy });
      // RAM keeps five versions: the oldest makes room.
      const rotate = { SetAsDefault: true, RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded' };
      if (found.policy === 'different')
        await ask.call('CreatePolicyVersion', { PolicyName: name, PolicyDocument: policy, ...rotate });
      if (!found.attached) await ask.call('AttachPolicyToRole', { ...named, RoleName: name });
    },
    remove: async () => {
      const found = await look();
      if (found.attached) await ask.call('DetachPolicyFromRole', { ...named, RoleName: name });
      if (found.policy !== 'absent') await removePolicy(ask, name);
      if (found.role !== 'absent') await ask.call('DeleteRole', { RoleName: name });
    },
  };
}

interface Ram {
  call(action: string, parameters: CloudRequest['parameters']): Promise<unknown>;
  /** Null where RAM knows no such thing. */
  find(action: string, parameters: CloudRequest['parameters']): Promise<unknown>;
}

export function ramOf(cloud: Cloud): Ram {
  const call: Ram['call'] = (action, parameters) => cloud.call({ service: 'ram', region: null, action, parameters });
  return {
    call,
    find: async (action, parameters) => {
      try {
        return await call(action, parameters);
      } catch (error) {
        if (cloudErrorOf(error)?.code.startsWith('EntityNotExist')) return null;
        throw error;
      }
    },
  };
}

/** All versions but the default one go first; RAM insists. */
async function removePolicy(ask: Ram, name: string): Promise<void> {
  const { PolicyVersion } = versionsSchema.parse(
    await ask.call('ListPolicyVersions', { PolicyName: name, PolicyType: 'Custom' }),
  ).PolicyVersions;
  for (const { VersionId, IsDefaultVersion } of PolicyVersion)
    if (!IsDefaultVersion) await ask.call('DeletePolicyVersion', { PolicyName: name, VersionId });
  await ask.call('DeletePolicy', { PolicyName: name });
}

function roleFound(answer: unknown, wanted: { name: string; description: string; trust: string }): Found {
  if (answer === null) return 'absent';
  const { Role } = roleSchema.parse(answer);
  refuseForeign(`role ${wanted.name}`, Role.Description, wanted.description);
  return sameJson(Role.AssumeRolePolicyDocument, wanted.trust) ? 'there' : 'different';
}

function policyFound(answer: unknown, wanted: { name: string; description: string; policy: string }): Found {
  if (answer === null) return 'absent';
  const { Policy, DefaultPolicyVersion } = policySchema.parse(answer);
  refuseForeign(`policy ${wanted.name}`, Policy.Description, wanted.description);
  return sameJson(DefaultPolicyVersion.PolicyDocument, wanted.policy) ? 'there' : 'different';
}

function refuseForeign(what: string, description: string, wanted: string): void {
  if (description !== wanted)
    throw new TrunklineError(
      'InputInvalid',
      `the ${what} exists and is not Trunkline's: its description is not "${wanted}". Rename it, or choose another deployment`,
    );
}

function sameJson(a: string, b: string): boolean {
  try {
    return canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));
  } catch {
    return false;
  }
}
