/** What the service refuses of a write before it looks at the table: names, sizes, combinations. */
import { checkFilter } from './filter';
import type { ColumnChange, Write } from './operations';
import { checkColumnName } from './table';
import { invalid } from './tablestore-error';
import { type KeyCell, sizeOf, type Value } from './values';

const MOST_COLUMNS = 1_024;
const MOST_KEY_BYTES = 1_024;
const MOST_VALUE_BYTES = 2 * 1_024 * 1_024;

export function checkWrite(write: Write): void {
  checkKeyCells(write.primaryKey);
  if (write.condition.filter) checkFilter(write.condition.filter);
  const { existence } = write.condition;
  const changes: readonly (ColumnChange | { name: string; value: Value })[] =
    write.type === 'put' ? write.columns : write.type === 'update' ? write.changes : [];
  if (write.type === 'update' && changes.length === 0)
    throw invalid('Invalid update row request: missing cells in request.');
  if (changes.length > MOST_COLUMNS)
    throw invalid(
      `The number of columns from the request exceeds the limit, limit count: ${MOST_COLUMNS}, column count: ${changes.length}.`,
    );
  if (write.type === 'delete' && existence === 'expect-not-exist')
    throw invalid('Invalid condition: EXPECT_NOT_EXIST while deleting row.');
  if (write.type === 'update' && existence === 'expect-not-exist')
    throw invalid('Invalid condition: EXPECT_NOT_EXIST while updating row.');
  const keyNames = new Set(write.primaryKey.map(({ name }) => name));
  for (const change of changes) {
    checkColumnName(change.name);
    if (keyNames.has(change.name))
      throw invalid(`Duplicated attribute column name with primary key column: '${change.name}'.`);
    if ('value' in change) checkValue(change.name, change.value);
  }
}

export function checkKeyCells(cells: readonly KeyCell[]): void {
  const seen = new Set<string>();
  for (const { name, value } of cells) {
    checkColumnName(name);
    if (seen.has(name)) throw invalid(`Duplicated primary key name: '${name}'.`);
    seen.add(name);
    const size = sizeOf(value);
    if (size > MOST_KEY_BYTES)
      throw invalid(
        `The length of primary key column: '${name}' exceeds the MaxLength: ${MOST_KEY_BYTES} with CurrentLength: ${size}.`,
      );
  }
}

function checkValue(name: string, value: Value): void {
  if (value.type === 'double' && Number.isNaN(value.value)) throw invalid("NaN can't be set to double value.");
  if (value.type === 'double' && !Number.isFinite(value.value)) throw invalid("Infinity can't be set to double value.");
  const size = sizeOf(value);
  if (size > MOST_VALUE_BYTES)
    throw invalid(
      `The length of attribute column: '${name}' exceeded the MaxLength:${MOST_VALUE_BYTES} with CurrentLength:${size}.`,
    );
}
