/** TableClient straight over the local cloud's world: what the SDK adapter does, without HTTP. */

import {
  type OperationName,
  type Operations,
  type TablestoreInput,
  type TablestoreOutput,
  tablestoreRequest,
  type Write,
} from '../../local/world/tablestore/operations';
import type { KeyCell, KeyPart, Value, Row as WorldRow } from '../../local/world/tablestore/values';
import { TrunklineError } from '../../shared/errors';
import type { Columns, ColumnValue, Condition, PrimaryKey, Row, TableClient } from '../../shared/store/table-client';
import type { InProcess } from './in-process-world';

const NO_READING = { columns: [], maxVersions: 1, time: null, filter: null, startColumn: null, endColumn: null };

export function worldTables({ serve, caller }: InProcess): TableClient {
  const run = <K extends OperationName>(input: Extract<TablestoreInput, { operation: K }>): Operations[K]['result'] => {
    const output = serve(tablestoreRequest(caller, input)) as TablestoreOutput<K>;
    if (output.ok) return output.result;
    throw new TrunklineError('StoreUnavailable', output.code);
  };
  const write = (table: string, what: Write): boolean => {
    const output = serve(
      tablestoreRequest(caller, { operation: 'WriteRow', table, write: what }),
    ) as TablestoreOutput<'WriteRow'>;
    if (output.ok) return true;
    if (output.code === 'OTSConditionCheckFail') return false;
    throw new TrunklineError('StoreUnavailable', output.code);
  };
  const common = (key: PrimaryKey, condition: Condition) => ({
    primaryKey: cells(key),
    condition: conditionOf(condition),
    returnContent: { type: 'none' as const },
  });
  const keyNames = (table: string): string[] =>
    run<'DescribeTable'>({ operation: 'DescribeTable', table }).primaryKey.map(({ name }) => name);

  return {
    get: async (table, key) => {
      const { row } = run<'GetRow'>({ operation: 'GetRow', table, primaryKey: cells(key), reading: NO_READING });
      return row && rowOf(row).columns;
    },
    batchGet: async (table, keys) => {
      const unique = [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
      if (unique.length === 0) return [];
      const tables = [{ table, primaryKeys: unique.map(cells), reading: NO_READING }];
      const answer = run<'BatchGetRow'>({ operation: 'BatchGetRow', tables });
      return answer.tables.flatMap(({ rows }) =>
        rows.flatMap((entry) => (entry.ok && entry.row ? [rowOf(entry.row)] : [])),
      );
    },
    put: async (table, key, columns, condition) =>
      write(table, { type: 'put', ...common(key, condition), columns: values(columns) }),
    update: async (table, key, columns, condition) =>
      write(table, {
        type: 'update',
        ...common(key, condition),
        changes: values(columns).map((column) => ({ type: 'put' as const, ...column })),
      }),
    delete: async (table, key, condition) => write(table, { type: 'delete', ...common(key, condition) }),
    putAbsent: async (table, rows) => {
      const writes = rows.map(
        ({ key, columns }): Write => ({
          type: 'put',
          ...common(key, { row: 'expect-absent' }),
          columns: values(columns),
        }),
      );
      run<'BatchWriteRow'>({ operation: 'BatchWriteRow', tables: [{ table, writes }] });
    },
    range: async (table, prefix) => {
      const rest = keyNames(table).slice(prefix.length);
      const bound = (part: KeyPart): KeyCell[] => [...cells(prefix), ...rest.map((name) => ({ name, value: part }))];
      const rows: Row[] = [];
      let start: KeyCell[] = bound({ type: 'inf-min' });
      for (let page = 0; page < 1_000; page += 1) {
        const answer = run<'GetRange'>({
          operation: 'GetRange',
          table,
          direction: 'forward',
          start,
          end: bound({ type: 'inf-max' }),
          limit: null,
          reading: NO_READING,
        });
        rows.push(...answer.rows.map(rowOf));
        if (!answer.next) break;
        start = answer.next;
      }
      return rows;
    },
    ensureTable: async ({ name, key, timeToLive }) => {
      run<'CreateTable'>({
        operation: 'CreateTable',
        table: name,
        primaryKey: key.map(([column, type]) => ({ name: column, type, autoIncrement: false })),
        definedColumns: [],
        options: { timeToLive, maxVersions: 1 },
        throughput: { read: 0, write: 0 },
      });
    },
  };
}

const cellValue = (value: ColumnValue): Value => {
  if (typeof value === 'number') return { type: 'integer', value: String(value) };
  return typeof value === 'boolean' ? { type: 'boolean', value } : { type: 'string', value };
};

const cells = (key: PrimaryKey): KeyCell[] =>
  key.map(([name, value]) => ({ name, value: cellValue(value) as KeyPart }));

const values = (columns: Columns) =>
  Object.entries(columns).map(([name, value]) => ({ name, value: cellValue(value), timestamp: null }));

const plain = (value: Value): ColumnValue =>
  value.type === 'integer' ? Number(value.value) : (value.value as ColumnValue);

const rowOf = (row: WorldRow): Row => ({
  key: row.primaryKey.map(({ name, value }) => [name, plain(value) as string | number] as const),
  columns: Object.fromEntries(row.columns.map(({ name, value }) => [name, plain(value)])),
});

const EXISTENCE = { ignore: 'ignore', 'expect-exist': 'expect-exist', 'expect-absent': 'expect-not-exist' } as const;

function conditionOf({ row, columns }: Condition): Write['condition'] {
  const filters = Object.entries(columns ?? {}).map(([name, value]) => ({
    type: 'column' as const,
    comparator: 'eq' as const,
    name,
    value: cellValue(value),
    passIfMissing: false,
  }));
  const [first, ...more] = filters;
  const filter = first === undefined ? null : more.length === 0 ? first : { type: 'and' as const, filters };
  return { existence: EXISTENCE[row], filter };
}
