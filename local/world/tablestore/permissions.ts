/** What each operation needs of RAM. A batch needs its own action on every table that it names. */
import type { Permission } from '../authorization/permission';
import type { Context, ServiceAuthorization } from '../world';
import type { TablestoreInput, TablestoreOutput } from './operations';

const WRITES = { put: 'ots:PutRow', update: 'ots:UpdateRow', delete: 'ots:DeleteRow' } as const;

export const tablestoreAuthorization: ServiceAuthorization = {
  permissions({ settings: { region, accountId } }: Context, given): Permission[] {
    // Made by `tablestoreRequest`: the world hands it through as it is.
    const input = given as TablestoreInput;
    const action = input.operation === 'WriteRow' ? WRITES[input.write.type] : `ots:${input.operation}`;
    // The service compares names of instances without regard to case, and policies write them in lower case.
    const instance = input.instance ? input.instance.toLowerCase() : '*';
    return tablesOf(input).map((table) => ({
      action,
      resource: `acs:ots:${region}:${accountId}:instance/${instance}/table/${table}`,
    }));
  },
  denied: (): TablestoreOutput => ({
    ok: false,
    status: 403,
    code: 'OTSNoPermissionAccess',
    message: 'You have no permission to access the requested resource, please contact the resource owner.',
  }),
};

function tablesOf(input: TablestoreInput): string[] {
  if (input.operation === 'ListTable') return ['*'];
  if ('tables' in input) return [...new Set(input.tables.map(({ table }) => table))];
  return [input.table];
}
