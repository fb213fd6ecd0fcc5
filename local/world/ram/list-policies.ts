import { action } from '../rpc/action';
import { pageOf } from './paging';
import { PAGE, TAGS, tagsOf } from './parameters';
import { nameKey, POLICIES, type PolicyRecord, type PolicyType } from './records';
import { systemPolicies } from './system-policies';
import { carriesTags } from './tags';
import { policyView } from './views';

/** The service's own and the account's, of one type where that is asked for. */
export const listPolicies = action({
  product: 'ram',
  name: 'ListPolicies',
  parameters: { PolicyType: { type: 'string', values: ['System', 'Custom'] }, ...PAGE, Tag: TAGS },
  handle: ({ state }, { PolicyType: only, Tag, ...page }) => {
    const of = (type: PolicyType, policies: readonly PolicyRecord[]) =>
      only === undefined || only === type ? policies.map((policy) => ({ type, policy })) : [];
    const wanted = tagsOf(Tag);
    const all = [...of('System', systemPolicies()), ...of('Custom', state.values<PolicyRecord>(POLICIES))]
      .filter(({ policy }) => carriesTags(policy.tags, wanted))
      .sort((a, b) => (nameKey(a.policy.name) < nameKey(b.policy.name) ? -1 : 1));
    const { items, more } = pageOf(all, ({ policy }) => nameKey(policy.name), page);
    const Policy = items.map(({ type, policy }) => ({
      ...policyView(state, type, policy),
      Tags: { Tag: policy.tags.map((tag) => ({ ...tag })) },
    }));
    return { Policies: { Policy }, ...more };
  },
});
