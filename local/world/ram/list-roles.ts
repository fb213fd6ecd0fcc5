import { action } from '../rpc/action';
import { pageOf } from './paging';
import { PAGE, TAGS, tagsOf } from './parameters';
import { nameKey, ROLES, type RoleRecord } from './records';
import { carriesTags } from './tags';
import { listedRole } from './views';

export const listRoles = action({
  product: 'ram',
  name: 'ListRoles',
  parameters: { ...PAGE, Tag: TAGS },
  handle: (context, { Tag, ...page }) => {
    const { state } = context;
    const wanted = tagsOf(Tag);
    const roles = state
      .keysBetween(ROLES)
      .flatMap((key) => state.get<RoleRecord>(ROLES, key) ?? [])
      .filter(({ tags }) => carriesTags(tags, wanted));
    const { items, more } = pageOf(roles, ({ name }) => nameKey(name), page);
    const Role = items.map((role) => ({
      ...listedRole(context, role),
      Tags: { Tag: role.tags.map((tag) => ({ ...tag })) },
    }));
    return { Roles: { Role }, ...more };
  },
});
