import { after, durationMs } from '../../../shared/clock';
import type { Context } from '../world';
import type { Operations, TableOptions } from './operations';
import { checkColumnName, checkTableName, LOADING_MS, TABLES, type TableRecord } from './table';
import { invalid, tableExists, tooManyTables } from './tablestore-error';

const MOST_KEY_COLUMNS = 4;
const MOST_DEFINED_COLUMNS = 32;
const DEFAULT_MOST_TABLES = 64;
const DEFAULT_DEVIATION_SECONDS = 86_400;
const SHORTEST_TTL_SECONDS = 86_400;

type Input = Operations['CreateTable']['input'];

export function createTable(context: Context, input: Input): Operations['CreateTable']['result'] {
  checkTableName(input.table);
  checkKeySchema(input);
  const options = checkOptions({ maxTimeDeviation: DEFAULT_DEVIATION_SECONDS, allowUpdate: true, ...input.options });
  if (context.state.get(TABLES, input.table)) throw tableExists();
  if (context.state.size(TABLES) >= (context.settings.quotas['tablestore.tables'] ?? DEFAULT_MOST_TABLES))
    throw tooManyTables();
  context.state.put(TABLES, input.table, {
    table: input.table,
    primaryKey: input.primaryKey,
    definedColumns: input.definedColumns,
    options,
    throughput: input.throughput,
    throughputChangedAt: context.now,
    readyAt: after(context.now, durationMs(LOADING_MS * context.settings.durationFactor)),
  } satisfies TableRecord);
  return {};
}

function checkKeySchema({ primaryKey, definedColumns }: Input): void {
  if (primaryKey.length < 1 || primaryKey.length > MOST_KEY_COLUMNS)
    throw invalid(`The number of primary key columns must be in range: [1, ${MOST_KEY_COLUMNS}].`);
  if (definedColumns.length > MOST_DEFINED_COLUMNS)
    throw invalid(`The number of defined columns must be in range: [0, ${MOST_DEFINED_COLUMNS}].`);
  const seen = new Set<string>();
  for (const { name, type, autoIncrement } of primaryKey) {
    checkColumnName(name);
    if (seen.has(name)) throw invalid(`Duplicated primary key name: '${name}'.`);
    seen.add(name);
    if (autoIncrement && type !== 'integer') throw invalid('AUTO_INCREMENT primary key must be integer.');
  }
  if (primaryKey[0]?.autoIncrement) throw invalid('PkAutoIncr cannot be set as first pk column.');
  if (primaryKey.filter(({ autoIncrement }) => autoIncrement).length > 1)
    throw invalid('AUTO_INCREMENT primary key count must <= 1.');
  for (const { name } of definedColumns) {
    checkColumnName(name);
    if (seen.has(name)) throw invalid(`Duplicated attribute column name with primary key column: '${name}'.`);
  }
}

/** The real service keeps more versions than one; the local one says that it does not, instead of losing them. */
export function checkOptions(options: Partial<TableOptions>): TableOptions {
  const { timeToLive, maxVersions, maxTimeDeviation = DEFAULT_DEVIATION_SECONDS, allowUpdate = true } = options;
  if (timeToLive === undefined) throw invalid('Time-to-live is missing while creating table.');
  if (maxVersions === undefined) throw invalid('MaxVersions is missing while creating table.');
  if (timeToLive === 0 || timeToLive < -1) throw invalid('TimeToLive cannot be 0 or less than -1.');
  if (timeToLive !== -1 && timeToLive < SHORTEST_TTL_SECONDS)
    throw invalid(`TimeToLive cannot be less than ${SHORTEST_TTL_SECONDS}.`);
  if (maxVersions <= 0) throw invalid('The maximum versions cannot be less than or equal to 0.');
  if (maxVersions > 1) throw invalid('The local cloud keeps one version of a column: set MaxVersions to 1.');
  if (maxTimeDeviation < 0) throw invalid('The maximum deviation must be in range [0, INT64_MAX/1000000].');
  return { timeToLive, maxVersions, maxTimeDeviation, allowUpdate };
}
