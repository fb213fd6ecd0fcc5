import {
  type OperationName,
  type Operations,
  type Reading,
  type TablestoreInput,
  type TablestoreOutput,
  tablestoreRequest,
  type Write,
} from '../../../../local/world/tablestore/operations';
import { tablestore } from '../../../../local/world/tablestore/service';
import type { KeyPart, Value } from '../../../../local/world/tablestore/values';
import { World } from '../../../../local/world/world';
import { epochMs } from '../../../../shared/clock';

const START = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400;
const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };

function setUp({ durationFactor = 0 } = {}) {
  const world = new World(
    { seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor },
    { tablestore },
  );
  const clock = { now: START };
  const call = (input: TablestoreInput): TablestoreOutput =>
    world.handle(epochMs(clock.now), tablestoreRequest(caller, input)).response.output as TablestoreOutput;
  const done = <K extends OperationName>(operation: K, input: Operations[K]['input']): Operations[K]['result'] => {
    const output = call({ operation, ...input } as unknown as TablestoreInput) as TablestoreOutput<K>;
    if (!output.ok) throw new Error(`${output.status} ${output.code}: ${output.message}`);
    return output.result;
  };
  return { world, clock, call, done };
}

const text = (value: string): Value & KeyPart => ({ type: 'string', value });
const integer = (value: number): Value & KeyPart => ({ type: 'integer', value: String(value) });
const reading = (parts: Partial<Reading> = {}): Reading => ({
  columns: [],
  maxVersions: 1,
  time: null,
  filter: null,
  startColumn: null,
  endColumn: null,
  ...parts,
});
const key = (name: string) => [{ name: 'id', value: text(name) }];
const always = { existence: 'ignore', filter: null } as const;
const put = (name: string, columns: Record<string, Value>, more: Partial<Write> = {}): Write =>
  ({
    type: 'put',
    primaryKey: key(name),
    condition: always,
    returnContent: { type: 'none' },
    columns: Object.entries(columns).map(([column, value]) => ({ name: column, value, timestamp: null })),
    ...more,
  }) as Write;

const createTable = (timeToLive = -1): TablestoreInput => ({
  operation: 'CreateTable',
  table: 't',
  primaryKey: [{ name: 'id', type: 'string', autoIncrement: false }],
  definedColumns: [],
  options: { timeToLive, maxVersions: 1 },
  throughput: { read: 0, write: 0 },
});

const range = (from: KeyPart['type'], to: KeyPart['type'], parts: object = {}) => ({
  table: 't',
  direction: 'forward' as const,
  start: [{ name: 'id', value: { type: from } as KeyPart }],
  end: [{ name: 'id', value: { type: to } as KeyPart }],
  limit: null,
  reading: reading(),
  ...parts,
});

test('a new table is not ready for rows at once, and then it is', () => {
  const { call, clock, done } = setUp({ durationFactor: 1 });
  call(createTable());
  const write: TablestoreInput = { operation: 'WriteRow', table: 't', write: put('a', {}) };
  expect(call(write)).toMatchObject({ ok: false, status: 404, code: 'OTSTableNotReady' });
  expect(done('DescribeTable', { table: 't' }).status).toBe('loading');
  clock.now += 3_000;
  expect(call(write)).toMatchObject({ ok: true });
  expect(done('DescribeTable', { table: 't' }).status).toBe('active');
});

test('a table that is made again begins empty', () => {
  const { call, done } = setUp();
  call(createTable());
  done('WriteRow', { table: 't', write: put('a', { n: integer(1) }) });
  done('DeleteTable', { table: 't' });
  call(createTable());
  expect(done('GetRange', range('inf-min', 'inf-max')).rows).toEqual([]);
});

test('a column outlives its time to live in no read, and its row goes with the last one', () => {
  const { call, clock, done } = setUp();
  call(createTable(DAY));
  done('WriteRow', { table: 't', write: put('a', { early: integer(1) }) });
  clock.now += (DAY - 1) * 1_000;
  const late = [{ type: 'put', name: 'late', value: integer(2), timestamp: null }] as const;
  done('WriteRow', { table: 't', write: { ...put('a', {}), type: 'update', changes: [...late] } });
  clock.now += 1_000;
  const get = () => done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() }).row;
  expect(get()?.columns.map(({ name }) => name)).toEqual(['late']);
  clock.now += DAY * 1_000;
  expect(get()).toBeNull();
  const expectNone = put('a', {}, { condition: { existence: 'expect-not-exist', filter: null } });
  expect(call({ operation: 'WriteRow', table: 't', write: expectNone })).toMatchObject({ ok: true });
});

test('a refused write leaves no trace', () => {
  const { call, done, world } = setUp();
  call(createTable());
  done('WriteRow', { table: 't', write: put('a', { n: integer(1) }) });
  const refused = put('a', { n: integer(2) }, { condition: { existence: 'expect-not-exist', filter: null } });
  expect(call({ operation: 'WriteRow', table: 't', write: refused })).toMatchObject({ code: 'OTSConditionCheckFail' });
  const { row } = done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() });
  expect(row?.columns.map(({ value }) => value)).toEqual([integer(1)]);
  expect(world.state.size('tablestore.rows/t')).toBe(1);
});

test('of two versions the newer is kept, whichever comes last', () => {
  const { call, clock, done } = setUp();
  call(createTable());
  const update = (value: string, timestamp: number) =>
    done('WriteRow', {
      table: 't',
      write: { ...put('a', {}), type: 'update', changes: [{ type: 'put', name: 'c', value: text(value), timestamp }] },
    });
  update('newer', clock.now);
  update('older', clock.now - 1_000);
  const { row } = done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() });
  expect(row?.columns).toEqual([{ name: 'c', value: text('newer'), timestamp: START }]);
});

describe('updates', () => {
  const update = (changes: Extract<Write, { type: 'update' }>['changes']): Write =>
    ({ ...put('a', {}), type: 'update', changes }) as Write;

  test('deleting columns of a row that is not there makes none', () => {
    const { call, done } = setUp();
    call(createTable());
    done('WriteRow', { table: 't', write: update([{ type: 'delete-all', name: 'c' }]) });
    expect(done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() }).row).toBeNull();
  });

  test('a row whose last column is deleted stays', () => {
    const { call, done } = setUp();
    call(createTable());
    done('WriteRow', { table: 't', write: put('a', { c: integer(1) }) });
    done('WriteRow', { table: 't', write: update([{ type: 'delete-all', name: 'c' }]) });
    expect(done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() }).row).toEqual({
      primaryKey: key('a'),
      columns: [],
    });
  });

  test('a version is deleted only where it is the one named', () => {
    const { call, done } = setUp();
    call(createTable());
    done('WriteRow', { table: 't', write: put('a', { c: integer(1), d: integer(1) }) });
    done('WriteRow', {
      table: 't',
      write: update([
        { type: 'delete-version', name: 'c', timestamp: START },
        { type: 'delete-version', name: 'd', timestamp: START - 1 },
      ]),
    });
    const { row } = done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() });
    expect(row?.columns.map(({ name }) => name)).toEqual(['d']);
  });

  test('counting begins at nought, keeps 64 bits, and refuses a text', () => {
    const { call, done } = setUp();
    call(createTable());
    const add = (name: string, value: string): TablestoreInput => ({
      operation: 'WriteRow',
      table: 't',
      write: update([{ type: 'increment', name, value: { type: 'integer', value }, timestamp: null }]),
    });
    call(add('n', '9223372036854775807'));
    call(add('n', '1'));
    const { row } = done('GetRow', { table: 't', primaryKey: key('a'), reading: reading() });
    expect(row?.columns[0]?.value).toEqual({ type: 'integer', value: '-9223372036854775808' });
    done('WriteRow', { table: 't', write: put('a', { n: text('x') }) });
    expect(call(add('n', '1'))).toMatchObject({ ok: false, code: 'OTSParameterInvalid' });
  });
});

describe('reads', () => {
  const seen = (parts: Partial<Reading>) => {
    const { call, done } = setUp();
    call(createTable());
    done('WriteRow', { table: 't', write: put('a', { b: text('1'), c: text('2'), d: text('3') }) });
    const { row } = done('GetRow', { table: 't', primaryKey: key('a'), reading: reading(parts) });
    return row?.columns.map(({ name }) => name) ?? null;
  };
  const column = (name: string, value: string, passIfMissing: boolean) =>
    ({ type: 'column', comparator: 'eq', name, value: text(value), passIfMissing }) as const;

  test.each<[string, Partial<Reading>, string[] | null]>([
    ['columns asked for', { columns: ['d', 'b'] }, ['b', 'd']],
    ['none of the columns asked for is there', { columns: ['x'] }, null],
    ['the key alone asked for', { columns: ['id'] }, []],
    ['columns between two names', { startColumn: 'c', endColumn: 'd' }, ['c']],
    ['a filter that holds', { filter: column('b', '1', false) }, ['b', 'c', 'd']],
    ['a filter that does not', { filter: column('b', '2', true) }, null],
    ['a filter sees only the columns asked for', { columns: ['c'], filter: column('b', '1', false) }, null],
    ['a window of columns', { filter: { type: 'pagination', offset: 1, limit: 1 } }, ['c']],
    ['versions of a time', { time: { from: START, to: START + 1 } }, ['b', 'c', 'd']],
    ['versions of another time', { time: { from: 0, to: START } }, []],
  ])('%s', (_, parts, expected) => {
    expect(seen(parts)).toEqual(expected);
  });

  test('a read must say which versions', () => {
    expect(() => seen({ maxVersions: null })).toThrow(/No version condition is specified/);
  });
});

describe('a page of a range', () => {
  test('ends after 5000 rows and says where the next begins', () => {
    const { call, done, world } = setUp();
    call(createTable());
    const name = (number: number) => `r${String(number).padStart(5, '0')}`;
    for (let number = 0; number < 5_002; number += 1)
      world.state.put('tablestore.rows/t', `${name(number)} `, { key: [text(name(number))], columns: [] });
    const page = done('GetRange', range('inf-min', 'inf-max'));
    expect(page.rows).toHaveLength(5_000);
    expect(page.next).toEqual(key('r05000'));
  });

  test('ends after 4 MB', () => {
    const { call, done } = setUp();
    call(createTable());
    for (const name of ['a', 'b', 'c', 'd'])
      done('WriteRow', { table: 't', write: put(name, { big: text('x'.repeat(2_000_000)) }) });
    const page = done('GetRange', range('inf-min', 'inf-max'));
    expect(page.rows).toHaveLength(3);
    expect(page.next).toEqual(key('d'));
  });

  test('counts the rows it shows, and passes over those that the filter hides', () => {
    const { call, done } = setUp();
    call(createTable());
    for (const name of ['a', 'b', 'c', 'd']) done('WriteRow', { table: 't', write: put(name, { name: text(name) }) });
    const filter = { type: 'column', comparator: 'gt', name: 'name', value: text('b'), passIfMissing: false } as const;
    const page = done('GetRange', range('inf-min', 'inf-max', { limit: 1, reading: reading({ filter }) }));
    expect(page.rows.map(({ primaryKey }) => primaryKey)).toEqual([key('c')]);
    expect(page.next).toEqual(key('d'));
  });
});

test.each([
  ['no column in an update', { ...put('a', {}), type: 'update', changes: [] }, /missing cells/],
  ['a key too long', put('k'.repeat(1_025), {}), /exceeds the MaxLength: 1024 with CurrentLength: 1025/],
  ['NaN', put('a', { n: { type: 'double', value: Number.NaN } }), /NaN can't be set/],
  [
    'too many columns',
    put('a', Object.fromEntries(Array.from({ length: 1_025 }, (_, n) => [`c${n}`, integer(n)]))),
    /limit count: 1024, column count: 1025/,
  ],
  [
    'a version too far from now',
    { ...put('a', {}), columns: [{ name: 'c', value: integer(1), timestamp: START - (DAY + 1) * 1_000 }] },
    /Invalid timestamp/,
  ],
  [
    'an update that expects no row',
    {
      ...put('a', {}),
      type: 'update',
      changes: [{ type: 'delete-all', name: 'c' }],
      condition: { existence: 'expect-not-exist', filter: null },
    },
    /EXPECT_NOT_EXIST while updating row/,
  ],
])('%s is refused', (_, write, message) => {
  const { call, done } = setUp();
  call(createTable());
  expect(() => done('WriteRow', { table: 't', write: write as Write })).toThrow(message);
});

test('names that objects inherit are names like any other', () => {
  const { call, done } = setUp();
  call(createTable());
  done('WriteRow', { table: 't', write: put('__proto__', { ['__proto__']: text('x'), constructor: text('y') }) });
  const { row } = done('GetRow', { table: 't', primaryKey: key('__proto__'), reading: reading() });
  expect(row?.columns.map(({ name, value }) => [name, value.value])).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});
