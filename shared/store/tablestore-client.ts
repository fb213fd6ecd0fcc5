/**
 * TableClient over the official SDK, and what the SDK makes necessary:
 * - its error's `code` is the HTTP status; the service's own code stands somewhere in the message as raw protobuf text;
 * - it retries reads, never writes, and has no time-out unless told;
 * - integers must be its Long; a plain number would be stored as a double, so every number here is an integer.
 *
 * Writes are sent again a few times when their fate is unclear. That is safe: each is conditional or writes the same
 * value, and the verbs read a refusal back.
 */

import TableStore from 'tablestore';
import * as z from 'zod';
import type { Credentials } from '../alicloud/credentials';
import { type DurationMs, durationMs } from '../clock';
import { TrunklineError } from '../errors';
import { revealed } from '../secret';
import type { Columns, ColumnValue, Condition, PrimaryKey, Row, TableClient, TableSchema } from './table-client';

export interface TablestoreOptions {
  endpoint: string;
  instance: string;
  credentials: Credentials;
  timeout: DurationMs;
  /** Between the tries of one write. */
  pause(delay: DurationMs): Promise<void>;
}

const TRIES = 3;
const MAXIMUM_SOCKETS = 50;
const PAGE_ROWS = 1_000;
/** 400,000 rows: more than any run has; past it something is wrong with the range. */
const MAXIMUM_PAGES = 400;

/** The official client, set up; for this file and for table-admin.ts. */
export const newTablestore = ({ endpoint, instance, credentials, timeout }: TablestoreOptions): TableStore.Client =>
  new TableStore.Client({
    endpoint,
    instancename: instance,
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: revealed(credentials.accessKeySecret),
    ...(credentials.securityToken ? { stsToken: revealed(credentials.securityToken) } : {}),
    maxRetries: 3,
    httpOptions: { timeout, maxSockets: MAXIMUM_SOCKETS },
  });

export function tablestoreClient(options: TablestoreOptions): TableClient {
  const client = newTablestore(options);
  const send = <T>(call: () => Promise<T>): Promise<T> => sendAgain(call, options.pause);
  const write = (call: () => Promise<unknown>): Promise<boolean> => accepted(() => send(call));

  return {
    get: async (tableName, key) => {
      const answer = await send(() => client.getRow({ tableName, primaryKey: keyInput(key), maxVersions: 1 }));
      return rowSchema.parse(answer).row?.columns ?? null;
    },
    batchGet: async (tableName, keys) => {
      if (keys.length === 0) return [];
      const primaryKey = keys.map(keyInput);
      const answer = await send(() => client.batchGetRow({ tables: [{ tableName, primaryKey, maxVersions: 1 }] }));
      return batchRows(answer);
    },
    put: (tableName, key, columns, when) =>
      write(() =>
        client.putRow({
          tableName,
          primaryKey: keyInput(key),
          attributeColumns: attributes(columns),
          condition: conditionOf(when),
        }),
      ),
    update: (tableName, key, columns, when) =>
      write(() =>
        client.updateRow({
          tableName,
          primaryKey: keyInput(key),
          updateOfAttributeColumns: [{ PUT: attributes(columns) }],
          condition: conditionOf(when),
        }),
      ),
    delete: (tableName, key, when) =>
      write(() => client.deleteRow({ tableName, primaryKey: keyInput(key), condition: conditionOf(when) })),
    putAbsent: async (tableName, rows) => {
      const condition = conditionOf({ row: 'expect-absent' });
      const answer = await send(() =>
        client.batchWriteRow({
          tables: [
            {
              tableName,
              rows: rows.map(({ key, columns }) => ({
                type: 'PUT' as const,
                condition,
                primaryKey: keyInput(key),
                attributeColumns: attributes(columns),
              })),
            },
          ],
        }),
      );
      refuseUnlessAbsent(answer);
    },
    range: (tableName, prefix) => allPages(client, tableName, prefix, send),
    ensureTable: (schema) => ensureTable(client, schema, send),
  };
}

const keyInput = (key: PrimaryKey): TableStore.PrimaryKeyInput =>
  key.map(([name, value]) => ({ [name]: typeof value === 'number' ? TableStore.Long.fromNumber(value) : value }));

const cell = (value: ColumnValue): TableStore.CellValue =>
  typeof value === 'number' ? TableStore.Long.fromNumber(value) : value;

const attributes = (columns: Columns): TableStore.AttributesInput =>
  Object.entries(columns).map(([name, value]) => ({ [name]: cell(value) }));

const ROW_EXPECTATION = {
  ignore: TableStore.RowExistenceExpectation.IGNORE,
  'expect-exist': TableStore.RowExistenceExpectation.EXPECT_EXIST,
  'expect-absent': TableStore.RowExistenceExpectation.EXPECT_NOT_EXIST,
} as const;

function conditionOf({ row, columns }: Condition): TableStore.Condition {
  const equalities = Object.entries(columns ?? {}).map(
    ([name, value]) => new TableStore.SingleColumnCondition(name, cell(value), TableStore.ComparatorType.EQUAL, false),
  );
  const [first] = equalities;
  if (equalities.length <= 1) return new TableStore.Condition(ROW_EXPECTATION[row], first ?? null);
  const all = new TableStore.CompositeCondition(TableStore.LogicalOperator.AND);
  for (const equality of equalities) all.addSubCondition(equality);
  return new TableStore.Condition(ROW_EXPECTATION[row], all);
}

/** A Long of the SDK, a string or a boolean; nothing else is ever written. */
const valueSchema = z.union([
  z.string(),
  z.boolean(),
  z.number(),
  z
    .custom<TableStore.int64>((value) => typeof (value as Partial<TableStore.int64>)?.toNumber === 'function')
    .transform((value) => value.toNumber()),
]);

const rowShape = z
  .object({
    primaryKey: z.array(z.object({ name: z.string(), value: valueSchema })).optional(),
    attributes: z.array(z.object({ columnName: z.string(), columnValue: valueSchema })).optional(),
  })
  .transform(({ primaryKey, attributes: cells }): Row | null =>
    primaryKey
      ? {
          key: primaryKey.map(({ name, value }) => [name, value as string | number] as const),
          columns: Object.fromEntries((cells ?? []).map(({ columnName, columnValue }) => [columnName, columnValue])),
        }
      : null,
  );

/** A row that is not there comes as `{}`. */
const rowSchema = z.object({ row: rowShape });

const rangeSchema = z.object({
  rows: z.array(rowShape),
  nextStartPrimaryKey: z.array(z.object({ name: z.string(), value: valueSchema })).nullish(),
});

const batchSchema = z.object({
  tables: z.array(
    z.array(z.looseObject({ isOk: z.boolean(), errorCode: z.string().nullish(), errorMessage: z.string().nullish() })),
  ),
});

function batchRows(answer: unknown): Row[] {
  return batchSchema
    .parse(answer)
    .tables.flat()
    .flatMap((entry) => {
      if (!entry.isOk) throw unavailable(`${entry.errorCode}: ${entry.errorMessage}`);
      const row = rowShape.parse({
        primaryKey: entry.primaryKey ?? undefined,
        attributes: entry.attributes ?? undefined,
      });
      return row ? [row] : [];
    });
}

const writeSchema = z.object({
  tables: z.array(
    z.looseObject({ isOk: z.boolean(), errorCode: z.string().nullish(), errorMessage: z.string().nullish() }),
  ),
});

function refuseUnlessAbsent(answer: unknown): void {
  const failed = writeSchema.parse(answer).tables.find((row) => !row.isOk && row.errorCode !== 'OTSConditionCheckFail');
  if (failed) throw unavailable(`${failed.errorCode}: ${failed.errorMessage}`);
}

type Send = <T>(call: () => Promise<T>) => Promise<T>;

async function allPages(client: TableStore.Client, tableName: string, prefix: PrimaryKey, send: Send): Promise<Row[]> {
  const names = await keyNames(client, tableName, send);
  const bound = (value: TableStore.VirtualData): TableStore.PrimaryKeyInput => {
    const open = names.slice(prefix.length).map((name): Record<string, TableStore.VirtualData> => ({ [name]: value }));
    return [...keyInput(prefix), ...open];
  };
  const rows: Row[] = [];
  let start = bound(TableStore.INF_MIN);
  for (let page = 0; page < MAXIMUM_PAGES; page += 1) {
    const inclusiveStartPrimaryKey = start;
    const answer = await send(() =>
      client.getRange({
        tableName,
        direction: TableStore.Direction.FORWARD,
        inclusiveStartPrimaryKey,
        exclusiveEndPrimaryKey: bound(TableStore.INF_MAX),
        limit: PAGE_ROWS,
        maxVersions: 1,
      }),
    );
    const { rows: found, nextStartPrimaryKey } = rangeSchema.parse(answer);
    rows.push(...found.filter((row) => row !== null));
    if (!nextStartPrimaryKey) return rows;
    start = keyInput(nextStartPrimaryKey.map(({ name, value }) => [name, value as string | number] as const));
  }
  throw unavailable(`${tableName} has more than ${MAXIMUM_PAGES * PAGE_ROWS} rows in one range`);
}

const metaSchema = z.object({ tableMeta: z.object({ primaryKey: z.array(z.object({ name: z.string() })) }) });
const knownKeys = new Map<string, string[]>();

/** The names of a table's key columns never change, so they are asked for once. */
async function keyNames(client: TableStore.Client, tableName: string, send: Send): Promise<string[]> {
  const known = knownKeys.get(tableName);
  if (known) return known;
  const answer = metaSchema.parse(await send(() => client.describeTable({ tableName })));
  const names = answer.tableMeta.primaryKey.map(({ name }) => name);
  knownKeys.set(tableName, names);
  return names;
}

async function ensureTable(client: TableStore.Client, schema: TableSchema, send: Send): Promise<void> {
  const primaryKey = schema.key.map(([name, type]) => ({
    name,
    type: type === 'string' ? TableStore.PrimaryKeyType.STRING : TableStore.PrimaryKeyType.INTEGER,
  }));
  await send(async () => {
    try {
      await client.createTable({
        tableMeta: { tableName: schema.name, primaryKey },
        tableOptions: { timeToLive: schema.timeToLive, maxVersions: 1 },
        reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
      });
    } catch (error) {
      if (tablestoreCode(error) !== 'OTSObjectAlreadyExist') throw error;
    }
  });
}

/** The service's code, dug out of the message. */
export function tablestoreCode(error: unknown): string | null {
  const text = error instanceof Error ? error.message : String(error);
  return /OTS[A-Za-z]+/.exec(text)?.[0] ?? null;
}

const unavailable = (message: string, cause?: unknown): TrunklineError =>
  new TrunklineError('StoreUnavailable', `Tablestore: ${message}`, { cause });

async function accepted(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (tablestoreCode(error instanceof TrunklineError ? error.cause : error) === 'OTSConditionCheckFail') return false;
    throw error;
  }
}

/** Codes that a second try cannot change. */
const FINAL = new Set([
  'OTSConditionCheckFail',
  'OTSParameterInvalid',
  'OTSInvalidPK',
  'OTSAuthFailed',
  'OTSNoPermissionAccess',
]);

async function sendAgain<T>(call: () => Promise<T>, pause: TablestoreOptions['pause']): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const code = tablestoreCode(error);
      const last = attempt >= TRIES || (code !== null && FINAL.has(code));
      if (last) throw unavailable(code ?? (error instanceof Error ? error.message : String(error)), error);
      await pause(durationMs(50 * 2 ** attempt));
    }
  }
}
