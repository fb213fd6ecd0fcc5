import { action } from '../rpc/action';
import type { Context } from '../world';
import { customPolicyOf, keepPolicy, wantPolicyDocument } from './lookups';
import { POLICY_DOCUMENT, POLICY_NAME } from './parameters';
import { quota } from './quotas';
import type { PolicyRecord } from './records';
import { limitExceeded } from './refusals';
import { versionView } from './views';

const ROTATE = 'DeleteOldestNonDefaultVersionWhenLimitExceeded';

export const createPolicyVersion = action({
  product: 'ram',
  name: 'CreatePolicyVersion',
  parameters: {
    PolicyName: POLICY_NAME,
    PolicyDocument: POLICY_DOCUMENT,
    SetAsDefault: { type: 'boolean' },
    RotateStrategy: { type: 'string', values: ['None', ROTATE] },
  },
  handle: (context, { PolicyName, PolicyDocument, SetAsDefault, RotateStrategy }) => {
    const standing = customPolicyOf(context.state, PolicyName);
    wantPolicyDocument(PolicyDocument);
    const versionsMade = standing.versionsMade + 1;
    const version = { id: `v${versionsMade}`, document: PolicyDocument, createdAt: context.now };
    const policy = {
      ...standing,
      versions: [...roomFor(context, standing, RotateStrategy === ROTATE), version],
      versionsMade,
      defaultVersion: SetAsDefault ? version.id : standing.defaultVersion,
      updatedAt: context.now,
    };
    keepPolicy(context.state, policy);
    return { PolicyVersion: versionView(policy, version) };
  },
});

/** The versions that stay: all, or where it is full all but the oldest that is not in force. */
function roomFor(context: Context, { versions, defaultVersion }: PolicyRecord, rotates: boolean) {
  if (versions.length < quota(context, 'versionsPerPolicy')) return versions;
  if (!rotates) throw limitExceeded('Policy.Version');
  const oldest = versions.find(({ id }) => id !== defaultVersion);
  return versions.filter((version) => version !== oldest);
}
