import { isoSeconds } from '../../../shared/clock';
import { action } from '../rpc/action';
import { keepPolicy, wantPolicyDocument } from './lookups';
import { DESCRIPTION, POLICY_DOCUMENT, POLICY_NAME, TAGS, tagsOf } from './parameters';
import { quota } from './quotas';
import { nameKey, POLICIES, type PolicyRecord } from './records';
import { alreadyExists, limitExceeded } from './refusals';
import { systemPolicy } from './system-policies';
import { policySummary } from './views';

export const createPolicy = action({
  product: 'ram',
  name: 'CreatePolicy',
  parameters: { PolicyName: POLICY_NAME, PolicyDocument: POLICY_DOCUMENT, Description: DESCRIPTION, Tag: TAGS },
  handle: (context, input) => {
    const { state, now } = context;
    const key = nameKey(input.PolicyName);
    if (state.get(POLICIES, key) || systemPolicy(key)) throw alreadyExists('Policy');
    if (state.size(POLICIES) >= quota(context, 'customPolicies')) throw limitExceeded('Policy');
    wantPolicyDocument(input.PolicyDocument);
    const policy: PolicyRecord = {
      name: input.PolicyName,
      description: input.Description ?? '',
      versions: [{ id: 'v1', document: input.PolicyDocument, createdAt: now }],
      defaultVersion: 'v1',
      versionsMade: 1,
      tags: tagsOf(input.Tag),
      createdAt: now,
      updatedAt: now,
    };
    keepPolicy(state, policy);
    return { Policy: { ...policySummary('Custom', policy), CreateDate: isoSeconds(now) } };
  },
});
