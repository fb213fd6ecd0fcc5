import type { Context } from '../world';
import { findTable, rowsOf, SEQUENCES, TABLES } from './table';

/** Its rows go with it: a table made again under the name begins empty. */
export function deleteTable(context: Context, { table }: { table: string }): Record<string, never> {
  findTable(context, table);
  const rows = rowsOf(table);
  for (const key of [...context.state.keysBetween(rows)]) context.state.delete(rows, key);
  context.state.delete(SEQUENCES, table);
  context.state.delete(TABLES, table);
  return {};
}
