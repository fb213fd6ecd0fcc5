/** Filters of reads and column conditions of writes: one language, evaluated over the columns at hand. */
import { invalid } from './tablestore-error';
import { type Column, compareValues, type Value } from './values';

export type Comparator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type Filter =
  | { type: 'column'; comparator: Comparator; name: string; value: Value; passIfMissing: boolean }
  | { type: 'not' | 'and' | 'or'; filters: Filter[] }
  /** Lets every row pass and keeps a window of its columns. */
  | { type: 'pagination'; offset: number; limit: number };

const MOST_FILTERS = 32;

/** Throws where the service refuses the filter, whatever the row. */
export function checkFilter(filter: Filter): void {
  if (countFilters(filter) > MOST_FILTERS) throw invalid(`The count of filter exceeds the max:${MOST_FILTERS}.`);
  checkShape(filter);
}

function checkShape(filter: Filter): void {
  if (filter.type === 'column') return;
  if (filter.type === 'pagination') {
    if (filter.offset < 0) throw invalid('Offset in ColumnPaginationFilter must be greater than or equal to 0.');
    if (filter.limit <= 0) throw invalid('Limit in ColumnPaginationFilter must be greater than 0.');
    return;
  }
  if (filter.type === 'not' && filter.filters.length !== 1)
    throw invalid('Invalid NOT operator: the number of sub-filters must be 1.');
  if (filter.type !== 'not' && filter.filters.length < 2)
    throw invalid('Invalid AND/OR operator: the number of sub-filters must be 2.');
  filter.filters.forEach(checkShape);
}

/** A row that does not exist is a row without columns. */
export function passes(filter: Filter, columns: readonly Column[]): boolean {
  switch (filter.type) {
    case 'pagination':
      return true;
    case 'not':
      return !filter.filters.every((part) => passes(part, columns));
    case 'and':
      return filter.filters.every((part) => passes(part, columns));
    case 'or':
      return filter.filters.some((part) => passes(part, columns));
    case 'column': {
      const column = columns.find(({ name }) => name === filter.name);
      return column ? holds(filter.comparator, compareValues(column.value, filter.value)) : filter.passIfMissing;
    }
  }
}

/** Values of different types are unequal, and neither is the greater. */
function holds(comparator: Comparator, order: number | null): boolean {
  if (order === null) return comparator === 'ne';
  switch (comparator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
  }
}

const countFilters = (filter: Filter): number =>
  filter.type === 'column' || filter.type === 'pagination'
    ? 1
    : filter.filters.reduce((sum, part) => sum + countFilters(part), 1);
