/** Tablestore's backup and its restore, and its loss: the rows of all tables as they were. */
import type { Columns, PrimaryKey, TableClient } from '../../shared/store/table-client';
import { tableSchemas } from '../../shared/store/tables';

export type Backup = ReadonlyMap<string, readonly { key: PrimaryKey; columns: Columns }[]>;

export const NOTHING_KEPT: Backup = new Map();

export async function backUp(client: TableClient, deployment: string): Promise<Backup> {
  const tables = tableSchemas(deployment).map(async ({ name }) => [name, await client.range(name, [])] as const);
  return new Map(await Promise.all(tables));
}

export async function restore(client: TableClient, deployment: string, backup: Backup): Promise<void> {
  for (const { name } of tableSchemas(deployment)) {
    for (const { key } of await client.range(name, [])) await client.delete(name, key, { row: 'ignore' });
    for (const { key, columns } of backup.get(name) ?? []) await client.put(name, key, columns, { row: 'ignore' });
  }
}
