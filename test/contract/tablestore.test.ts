import TableStore from 'tablestore';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type LocalWire,
  STS_KEY_ID,
  STS_KEY_SECRET,
  STS_TOKEN,
  startLocalWire,
} from './local-wire';

// biome-ignore lint/suspicious/noExplicitAny: the SDK's published types lag behind it and miss what is checked here.
const sdk = TableStore as any;
const { Long } = sdk;

let wire: LocalWire;
// biome-ignore lint/suspicious/noExplicitAny: as above.
let client: any;

const clientWith = (options: object) =>
  new sdk.Client({
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: ACCESS_KEY_SECRET,
    endpoint: wire.endpoint,
    instancename: 'trunkline',
    maxRetries: 0,
    ...options,
  });

beforeAll(async () => {
  wire = await startLocalWire();
  client = clientWith({});
});
afterAll(() => wire.close());

const ignore = () => new sdk.Condition(sdk.RowExistenceExpectation.IGNORE, null);
const expectExist = (column: unknown = null) => new sdk.Condition(sdk.RowExistenceExpectation.EXPECT_EXIST, column);
const expectNotExist = () => new sdk.Condition(sdk.RowExistenceExpectation.EXPECT_NOT_EXIST, null);

const createTable = (tableName: string, primaryKey: object[]) =>
  client.createTable({
    tableMeta: { tableName, primaryKey },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1 },
  });

const keySchema = [
  { name: 'network', type: 'STRING' },
  { name: 'number', type: 'INTEGER' },
];
const key = (network: string, number: number) => [{ network }, { number: Long.fromNumber(number) }];
const columnsOf = (row: { attributes?: { columnName: string; columnValue: unknown }[] }) =>
  Object.fromEntries((row.attributes ?? []).map(({ columnName, columnValue }) => [columnName, String(columnValue)]));
const keyOf = (row: { primaryKey: { value: unknown }[] }) => row.primaryKey.map(({ value }) => String(value));

/** The SDK gives the HTTP status as code, and the service's code inside raw bytes. */
async function failureOf(promise: Promise<unknown>): Promise<{ status: number; code: string; message: string }> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason) => reason,
  );
  return { status: error.code, code: /OTS[A-Za-z]+/.exec(error.message)?.[0] ?? '', message: error.message };
}

describe('tables', () => {
  test('a table is made, described, listed, updated and deleted', async () => {
    await createTable('plans', keySchema);
    const described = await client.describeTable({ tableName: 'plans' });
    expect(described.tableMeta.tableName).toBe('plans');
    expect(
      described.tableMeta.primaryKey.map(({ name, type }: { name: string; type: number }) => [name, type]),
    ).toEqual([
      ['network', 2],
      ['number', 1],
    ]);
    expect(described.tableOptions.maxVersions).toBe(1);
    expect(described.tableStatus).toBe(1);
    expect((await client.listTable({})).tableNames).toContain('plans');
    await client.updateTable({ tableName: 'plans', tableOptions: { timeToLive: 172_800, maxVersions: 1 } });
    expect((await client.describeTable({ tableName: 'plans' })).tableOptions.timeToLive).toBe(172_800);
    await client.deleteTable({ tableName: 'plans' });
    expect((await client.listTable({})).tableNames).not.toContain('plans');
  });

  test('a second table of the name is OTSObjectAlreadyExist, one that is not there OTSObjectNotExist', async () => {
    await createTable('twice', keySchema);
    expect(await failureOf(createTable('twice', keySchema))).toMatchObject({
      status: 409,
      code: 'OTSObjectAlreadyExist',
    });
    expect(await failureOf(client.deleteTable({ tableName: 'never' }))).toMatchObject({
      status: 404,
      code: 'OTSObjectNotExist',
    });
  });
});

describe('rows', () => {
  beforeAll(() => createTable('rows', keySchema));

  test('values of every type come back as they were put', async () => {
    const attributeColumns = [
      { text: 'grün' },
      { flag: true },
      { ratio: 0.5 },
      { count: Long.fromString('9007199254740993') },
      { bytes: Buffer.from([0, 255, 7]) },
    ];
    await client.putRow({ tableName: 'rows', condition: ignore(), primaryKey: key('types', 1), attributeColumns });
    const { row, consumed } = await client.getRow({ tableName: 'rows', primaryKey: key('types', 1) });
    expect(consumed.capacityUnit.read).toBe(1);
    expect(keyOf(row)).toEqual(['types', '1']);
    const values = Object.fromEntries(
      row.attributes.map(({ columnName, columnValue }: { columnName: string; columnValue: unknown }) => [
        columnName,
        columnValue,
      ]),
    );
    expect(values).toMatchObject({ text: 'grün', flag: true, ratio: 0.5 });
    expect(String(values.count)).toBe('9007199254740993');
    expect([...values.bytes]).toEqual([0, 255, 7]);
  });

  test('a row that is not there is an empty row', async () => {
    expect((await client.getRow({ tableName: 'rows', primaryKey: key('nobody', 1) })).row).toEqual({});
  });

  test('the row existence is checked', async () => {
    const put = (condition: unknown) =>
      client.putRow({ tableName: 'rows', condition, primaryKey: key('exist', 1), attributeColumns: [{ a: '1' }] });
    expect(await failureOf(put(expectExist()))).toMatchObject({ status: 403, code: 'OTSConditionCheckFail' });
    await put(expectNotExist());
    expect(await failureOf(put(expectNotExist()))).toMatchObject({ status: 403, code: 'OTSConditionCheckFail' });
    await put(expectExist());
  });

  test('columns are compared, alone and combined, and a missing column passes only where it may', async () => {
    const primaryKey = key('compare', 1);
    await client.putRow({
      tableName: 'rows',
      condition: ignore(),
      primaryKey,
      attributeColumns: [{ state: 'running' }, { epoch: Long.fromNumber(3) }],
    });
    const update = (column: unknown) =>
      client.updateRow({
        tableName: 'rows',
        condition: expectExist(column),
        primaryKey,
        updateOfAttributeColumns: [{ PUT: [{ seen: 'yes' }] }],
      });
    const single = (name: string, value: unknown, comparator: number, passIfMissing = false) => {
      const condition = new sdk.SingleColumnCondition(name, value, comparator, passIfMissing);
      return condition;
    };
    const { EQUAL, GREATER_THAN, LESS_EQUAL, NOT_EQUAL } = sdk.ComparatorType;
    await update(single('state', 'running', EQUAL));
    await update(single('epoch', Long.fromNumber(2), GREATER_THAN));
    expect(await failureOf(update(single('epoch', Long.fromNumber(2), LESS_EQUAL)))).toMatchObject({ status: 403 });
    expect(await failureOf(update(single('absent', 'x', EQUAL)))).toMatchObject({ status: 403 });
    await update(single('absent', 'x', EQUAL, true));
    const both = new sdk.CompositeCondition(sdk.LogicalOperator.AND);
    both.addSubCondition(single('state', 'running', EQUAL));
    both.addSubCondition(single('epoch', Long.fromNumber(4), NOT_EQUAL));
    await update(both);
    const neither = new sdk.CompositeCondition(sdk.LogicalOperator.NOT);
    neither.addSubCondition(single('state', 'running', EQUAL));
    expect(await failureOf(update(neither))).toMatchObject({ status: 403, code: 'OTSConditionCheckFail' });
  });

  test('an update puts, deletes and counts, and gives the row back after it', async () => {
    const primaryKey = key('update', 1);
    await client.putRow({
      tableName: 'rows',
      condition: ignore(),
      primaryKey,
      attributeColumns: [{ gone: 'x' }, { count: Long.fromNumber(41) }],
    });
    const { row } = await client.updateRow({
      tableName: 'rows',
      condition: expectExist(),
      primaryKey,
      updateOfAttributeColumns: [
        { PUT: [{ kept: 'y' }] },
        { DELETE_ALL: ['gone'] },
        { INCREMENT: [{ count: Long.fromNumber(1) }] },
      ],
      returnContent: { returnType: sdk.ReturnType.AfterModify, returnColumns: ['count'] },
    });
    expect(columnsOf(row)).toEqual({ count: '42' });
    const after = await client.getRow({ tableName: 'rows', primaryKey });
    expect(columnsOf(after.row)).toEqual({ count: '42', kept: 'y' });
    await client.deleteRow({ tableName: 'rows', condition: expectExist(), primaryKey });
    expect((await client.getRow({ tableName: 'rows', primaryKey })).row).toEqual({});
  });

  test('AUTO_INCREMENT draws a number and RT_PK tells it', async () => {
    await createTable('events', [
      { name: 'run', type: 'STRING' },
      { name: 'sequence', type: 'INTEGER', option: 'AUTO_INCREMENT' },
    ]);
    const put = async () => {
      const { row } = await client.putRow({
        tableName: 'events',
        condition: ignore(),
        primaryKey: [{ run: 'r1' }, { sequence: sdk.PK_AUTO_INCR }],
        attributeColumns: [{ what: 'claimed' }],
        returnContent: { returnType: sdk.ReturnType.Primarykey },
      });
      return BigInt(keyOf(row)[1] as string);
    };
    const first = await put();
    expect(await put()).toBeGreaterThan(first);
  });

  test('columns and rows are filtered in reads', async () => {
    const primaryKey = key('filter', 1);
    await client.putRow({
      tableName: 'rows',
      condition: ignore(),
      primaryKey,
      attributeColumns: [{ a: '1' }, { b: '2' }],
    });
    const read = async (options: object) =>
      columnsOf((await client.getRow({ tableName: 'rows', primaryKey, ...options })).row);
    expect(await read({ columnsToGet: ['b'] })).toEqual({ b: '2' });
    const is = (value: string) => new sdk.SingleColumnCondition('a', value, sdk.ComparatorType.EQUAL);
    expect(await read({ columnFilter: is('1') })).toEqual({ a: '1', b: '2' });
    expect(await read({ columnFilter: is('2') })).toEqual({});
  });

  test.each([
    ['a dash in a column name', [{ 'e-1': 'x' }], /Invalid column name: 'e-1'/],
    ['a column name that begins with a digit', [{ '1e': 'x' }], /Invalid column name: '1e'/],
    ['a column named like the key', [{ network: 'x' }], /Duplicated attribute column name with primary key column/],
  ])('%s is OTSParameterInvalid', async (_, attributeColumns, message) => {
    const failure = await failureOf(
      client.putRow({ tableName: 'rows', condition: ignore(), primaryKey: key('names', 1), attributeColumns }),
    );
    expect(failure).toMatchObject({ status: 400, code: 'OTSParameterInvalid' });
    expect(failure.message).toMatch(message);
  });

  test('a key that is not the table’s is OTSInvalidPK', async () => {
    expect(await failureOf(client.getRow({ tableName: 'rows', primaryKey: [{ network: 'x' }] }))).toMatchObject({
      status: 400,
      code: 'OTSInvalidPK',
    });
  });
});

describe('ranges', () => {
  beforeAll(async () => {
    await createTable('ranges', keySchema);
    for (const [network, number] of [
      ['a', -5],
      ['a', 7],
      ['a', 1_000],
      ['ab', 1],
      ['b', 0],
    ] as const)
      await client.putRow({
        tableName: 'ranges',
        condition: ignore(),
        primaryKey: key(network, number),
        attributeColumns: [{ at: `${network}${number}` }],
      });
  });

  const range = async (direction: string, start: object[], end: object[], options: object = {}) => {
    const { rows, nextStartPrimaryKey } = await client.getRange({
      tableName: 'ranges',
      direction,
      inclusiveStartPrimaryKey: start,
      exclusiveEndPrimaryKey: end,
      maxVersions: 1,
      ...options,
    });
    return {
      keys: rows.map((row: { primaryKey: { value: unknown }[] }) => keyOf(row).join(':')),
      next: nextStartPrimaryKey?.map(({ value }: { value: unknown }) => String(value)) ?? null,
    };
  };
  const lowest = [{ network: sdk.INF_MIN }, { number: sdk.INF_MIN }];
  const highest = [{ network: sdk.INF_MAX }, { number: sdk.INF_MAX }];
  const { FORWARD, BACKWARD } = sdk.Direction;

  test('all rows come in key order, and in reverse', async () => {
    const keys = ['a:-5', 'a:7', 'a:1000', 'ab:1', 'b:0'];
    expect(await range(FORWARD, lowest, highest)).toEqual({ keys, next: null });
    expect(await range(BACKWARD, highest, lowest)).toEqual({ keys: [...keys].reverse(), next: null });
  });

  test('the start is included and the end is not, in both directions', async () => {
    expect((await range(FORWARD, key('a', 7), key('ab', 1))).keys).toEqual(['a:7', 'a:1000']);
    expect((await range(BACKWARD, key('ab', 1), key('a', 7))).keys).toEqual(['ab:1', 'a:1000']);
  });

  test('one value of the first column is a range of its own', async () => {
    const within = [{ network: 'a' }, { number: sdk.INF_MIN }];
    expect((await range(FORWARD, within, [{ network: 'a' }, { number: sdk.INF_MAX }])).keys).toEqual([
      'a:-5',
      'a:7',
      'a:1000',
    ]);
  });

  test('pages lead on to the next until none is left', async () => {
    const first = await range(FORWARD, lowest, highest, { limit: 2 });
    expect(first).toEqual({ keys: ['a:-5', 'a:7'], next: ['a', '1000'] });
    const second = await range(FORWARD, key('a', 1_000), highest, { limit: 3 });
    expect(second).toEqual({ keys: ['a:1000', 'ab:1', 'b:0'], next: null });
  });

  test('a start behind the end is OTSParameterInvalid', async () => {
    const failure = await failureOf(range(FORWARD, highest, lowest));
    expect(failure).toMatchObject({ status: 400, code: 'OTSParameterInvalid' });
    expect(failure.message).toMatch('Begin key must less than end key in FORWARD.');
  });
});

describe('batches', () => {
  beforeAll(() => createTable('batches', keySchema));

  const write = (number: number, condition: unknown = ignore()) => ({
    type: 'PUT',
    condition,
    primaryKey: key('batch', number),
    attributeColumns: [{ n: String(number) }],
  });

  test('rows succeed and fail one by one', async () => {
    const { tables } = await client.batchWriteRow({
      tables: [{ tableName: 'batches', rows: [write(1), write(2, expectExist()), write(3)] }],
    });
    expect(
      tables.map(({ isOk, errorCode }: { isOk: boolean; errorCode: string }) => [isOk, errorCode ?? null]),
    ).toEqual([
      [true, null],
      [false, 'OTSConditionCheckFail'],
      [true, null],
    ]);
    const read = await client.batchGetRow({
      tables: [{ tableName: 'batches', primaryKey: [key('batch', 1), key('batch', 2), key('batch', 3)] }],
    });
    expect(read.tables[0].map(({ isOk }: { isOk: boolean }) => isOk)).toEqual([true, true, true]);
    expect(read.tables[0].map(({ attributes }: { attributes?: unknown[] }) => attributes?.length ?? 0)).toEqual([
      1, 0, 1,
    ]);
  });

  test.each([
    ['201 rows', Array.from({ length: 201 }, (_, number) => write(number)), /Rows count exceeds the upper limit: 200/],
    ['one row twice', [write(9), write(9)], /Duplicate rows detected in MultiPut/],
    ['one row twice under a condition', [write(9, expectExist()), write(9)], /Repeated rows do not support row exist/],
  ])('%s are refused whole', async (_, rows, message) => {
    const failure = await failureOf(client.batchWriteRow({ tables: [{ tableName: 'batches', rows }] }));
    expect(failure).toMatchObject({ status: 400, code: 'OTSParameterInvalid' });
    expect(failure.message).toMatch(message);
    expect((await client.getRow({ tableName: 'batches', primaryKey: key('batch', 9) })).row).toEqual({});
  });
});

describe('credentials', () => {
  test.each([
    ['an unknown key', { accessKeyId: 'LTAInobody' }, 'The AccessKey ID does not exist.'],
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'Signature mismatch.'],
    [
      'temporary credentials without their token',
      { accessKeyId: STS_KEY_ID, secretAccessKey: STS_KEY_SECRET },
      'token',
    ],
  ])('%s is OTSAuthFailed', async (_, options, message) => {
    const failure = await failureOf(
      clientWith(options).putRow({
        tableName: 'rows',
        condition: ignore(),
        primaryKey: key('x', 1),
        attributeColumns: [],
      }),
    );
    expect(failure).toMatchObject({ status: 403, code: 'OTSAuthFailed' });
    expect(failure.message).toContain(message);
  });

  test('temporary credentials with their token are served', async () => {
    const temporary = clientWith({ accessKeyId: STS_KEY_ID, secretAccessKey: STS_KEY_SECRET, stsToken: STS_TOKEN });
    expect((await temporary.listTable({})).tableNames).toContain('rows');
  });
});
