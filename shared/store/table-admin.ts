/** What only the operator's command line does with tables: look which are there, and take them away. */
import * as z from 'zod';
import { newTablestore, type TablestoreOptions, tablestoreCode } from './tablestore-client';

export interface TableAdmin {
  names(): Promise<string[]>;
  /** The columns of its primary key, in order. */
  key(table: string): Promise<(readonly [name: string, type: string])[]>;
  /** One that is gone already is no error. */
  remove(table: string): Promise<void>;
}

const metaSchema = z.object({
  tableMeta: z.object({ primaryKey: z.array(z.object({ name: z.string(), type: z.number() })) }),
});
/** As the SDK numbers them; binary is the third. */
const TYPES: Readonly<Record<number, string>> = { 1: 'integer', 2: 'string', 3: 'binary' };
const listSchema = z.object({ tableNames: z.array(z.string()).default([]) });

export function tableAdmin(options: TablestoreOptions): TableAdmin {
  const client = newTablestore(options);
  return {
    names: async () => listSchema.parse(await client.listTable({})).tableNames,
    key: async (tableName) => {
      const { tableMeta } = metaSchema.parse(await client.describeTable({ tableName }));
      return tableMeta.primaryKey.map(({ name, type }) => [name, TYPES[type] ?? 'unknown'] as const);
    },
    remove: async (tableName) => {
      try {
        await client.deleteTable({ tableName });
      } catch (error) {
        if (tablestoreCode(error) !== 'OTSObjectNotExist') throw error;
      }
    },
  };
}
