import type { Context } from '../world';
import type { TableDescription } from './operations';
import { findTable, type TableRecord } from './table';

export const describeTable = (context: Context, { table }: { table: string }): TableDescription =>
  description(context, findTable(context, table));

export const description = (context: Context, { readyAt, ...table }: TableRecord): TableDescription => ({
  ...table,
  status: context.now < readyAt ? 'loading' : 'active',
});
