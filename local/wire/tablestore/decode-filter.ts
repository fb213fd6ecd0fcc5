import type { Filter } from '../../world/tablestore/filter';
import { invalid } from '../../world/tablestore/tablestore-error';
import { decode, type MessageOf } from './message';
import { ColumnFilter, CompositeFilter, FilterMessage, PaginationFilter } from './protocol';
import { decodeVariant } from './read-plainbuffer';

/** Recursion without a bound of its own would let a few KB of nesting exhaust the stack. */
const DEEPEST = 10;

/** Null where there is none: clients send empty bytes for it, too. */
export const decodeFilter = (bytes: Buffer | null): Filter | null =>
  bytes === null || bytes.length === 0 ? null : toFilter(decode(FilterMessage, bytes), 1);

function toFilter({ type, filter }: MessageOf<typeof FilterMessage>, depth: number): Filter {
  if (depth > DEEPEST) throw invalid('Deserialize composite filter failed.');
  if (type === 'pagination') return { type, ...decode(PaginationFilter, filter) };
  if (type === 'composite') {
    const { combinator, subFilters } = decode(CompositeFilter, filter);
    return { type: combinator, filters: subFilters.map((part) => toFilter(part, depth + 1)) };
  }
  const { comparator, columnName, columnValue, filterIfMissing } = decode(ColumnFilter, filter);
  return { type, comparator, name: columnName, value: decodeVariant(columnValue), passIfMissing: !filterIfMissing };
}
