import type { Context } from '../world';
import { checkOptions } from './create-table';
import { description } from './describe-table';
import type { Operations, TableDescription } from './operations';
import { findTable, TABLES } from './table';
import { invalid } from './tablestore-error';

export function updateTable(context: Context, input: Operations['UpdateTable']['input']): TableDescription {
  const table = findTable(context, input.table);
  const { options, throughput } = input;
  if (options === null && throughput === null) throw invalid('No parameter is specified in table options.');
  const updated = {
    ...table,
    options: checkOptions({ ...table.options, ...options }),
    ...(throughput && { throughput: { ...table.throughput, ...throughput }, throughputChangedAt: context.now }),
  };
  context.state.put(TABLES, input.table, updated);
  return description(context, updated);
}
