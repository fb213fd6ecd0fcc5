/** What only the operator's command line does with tables: look which are there, and take them away. */
import * as z from 'zod';
import { newTablestore, type TablestoreOptions, tablestoreCode } from './tablestore-client';

export interface TableAdmin {
  names(): Promise<string[]>;
  /** One that is gone already is no error. */
  remove(table: string): Promise<void>;
}

const listSchema = z.object({ tableNames: z.array(z.string()).default([]) });

export function tableAdmin(options: TablestoreOptions): TableAdmin {
  const client = newTablestore(options);
  return {
    names: async () => listSchema.parse(await client.listTable({})).tableNames,
    remove: async (tableName) => {
      try {
        await client.deleteTable({ tableName });
      } catch (error) {
        if (tablestoreCode(error) !== 'OTSObjectNotExist') throw error;
      }
    },
  };
}
