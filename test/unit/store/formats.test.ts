/** What another version stored is refused by name and left as it is; what nobody of ours stored is refused as well. */
import { readFileSync } from 'node:fs';
import { holdTask } from '../../../shared/engine/hold-task';
import type { NetworkKey } from '../../../shared/engine/store';
import { REPORT, taskMessage } from '../../../shared/engine/task';
import { TrunklineError } from '../../../shared/errors';
import { runStore, taskStore } from '../../../shared/store/store';
import type { Columns, TableClient } from '../../../shared/store/table-client';
import { tables } from '../../../shared/store/tables';
import { ticketStore } from '../../../shared/tickets/ticket-store';
import { engineHarness, RUN } from '../../in-process/engine-harness';
import { type TicketHarness, ticketHarness } from '../../in-process/ticket-harness';
import { worldTables } from '../../in-process/world-tables';

const NAME = 'global-network';
const BODY = JSON.stringify({ topology: readFileSync('examples/global-network.yaml', 'utf8') });

/** The same rows, with one column of one table read as something else. */
function reading(client: TableClient, table: string, column: string, change: (text: string) => string): TableClient {
  const changed = (columns: Columns): Columns =>
    column in columns ? { ...columns, [column]: change(String(columns[column])) } : columns;
  return {
    ...client,
    get: async (name, key) => {
      const columns = await client.get(name, key);
      return columns && name === `test_${table}` ? changed(columns) : columns;
    },
    range: async (name, prefix) => {
      const rows = await client.range(name, prefix);
      return name === `test_${table}` ? rows.map((row) => ({ ...row, columns: changed(row.columns) })) : rows;
    },
    batchGet: async (name, keys) => {
      const rows = await client.batchGet(name, keys);
      return name === `test_${table}` ? rows.map((row) => ({ ...row, columns: changed(row.columns) })) : rows;
    },
  };
}

interface Subject {
  submission: string;
  run: string;
  owner: NetworkKey;
}

type Look = (rows: ReturnType<typeof tables>, subject: Subject) => Promise<unknown>;

const LOOKS: readonly [what: string, table: string, column: string, look: Look][] = [
  ['a network', 'networks', 'document', (rows) => runStore(rows).readNetwork(NAME)],
  ['all networks', 'networks', 'document', (rows) => runStore(rows).listNetworks()],
  ['a run', 'runs', 'document', (rows, { run }) => runStore(rows).readRun(run as never)],
  ['a task', 'tasks', 'definition', (rows, { run }) => taskStore(rows).readTask(run as never, REPORT)],
  ['all tasks', 'tasks', 'definition', (rows, { run }) => runStore(rows).readTasks(run as never)],
  [
    'the states of tasks',
    'tasks',
    'definition',
    (rows, { run }) => taskStore(rows).readTaskStates(run as never, [REPORT]),
  ],
  ['events', 'events', 'event', (rows, { run }) => runStore(rows).readEvents(run as never)],
  ['a record', 'records', 'record', (rows, { owner }) => runStore(rows).allRecords(owner)],
  ['a submission', 'submissions', 'document', (rows, { submission }) => ticketStore(rows).readSubmission(submission)],
];

async function filled(): Promise<{ harness: TicketHarness; subject: Subject }> {
  const harness = await ticketHarness();
  const answer = await harness.post(BODY);
  const submission = String(answer.body.submission);
  await harness.take(submission);
  const { run } = await harness.submission(submission);
  const owner = { network: NAME, incarnation: '00000001' };
  const record = {
    id: 'cen/acme' as never,
    kind: 'cen' as const,
    region: null,
    generation: 1,
    cloudId: 'cen-1',
    ownership: 'ours' as const,
    desiredHash: null,
    adopts: null,
    attributes: {},
    version: 0,
    marker: null,
    removal: null,
    parameters: null,
    recordedAt: null,
  };
  const { store } = harness.intake;
  await store.writeRecord(owner, record);
  const event = {
    at: 1 as never,
    task: 'cen/acme',
    wake: 1,
    epoch: 1,
    owner: 'o',
    what: 'done',
    calls: [],
    number: 1,
    previous: '',
  };
  await store.appendEvent(run as never, event);
  return { harness, subject: { submission, run: String(run), owner } };
}

const bumped = (text: string): string => JSON.stringify({ ...JSON.parse(text), format: 2, state: 'paused' });
const unnumbered = (text: string): string => {
  const { format: _format, ...rest } = JSON.parse(text);
  return JSON.stringify(rest);
};

let rows: Awaited<ReturnType<typeof filled>>;
beforeAll(async () => {
  rows = await filled();
});

describe.each(LOOKS)('%s', (_what, table, column, look) => {
  const as = async (change: (text: string) => string): Promise<unknown> => {
    const { harness, subject } = rows;
    const client = worldTables(harness.intake.inProcess);
    return look(tables(reading(client, table, column, change), 'test'), subject);
  };

  test('is stored with its format', async () => {
    const formats: unknown[] = [];
    await as((text) => {
      formats.push(JSON.parse(text).format);
      return text;
    });
    expect(new Set(formats)).toEqual(new Set([1]));
  });

  test('of a newer format is refused by name', async () => {
    await expect(as(bumped)).rejects.toMatchObject({ code: 'FormatUnknown' });
  });

  test('of before there were formats is read', async () => {
    expect(await as(unnumbered)).toEqual(await as((text) => text));
  });

  test.each(['', '{', 'null', '[]', '"text"', '{"format":1}', '\u0000', '{"__proto__":{"polluted":true}}'])(
    'of %p is refused by name, and not quoted',
    async (text) => {
      await expect(as(() => text)).rejects.toMatchObject({ code: 'StoredMalformed' });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});

test('a task whose record another version wrote costs no attempt, and its message comes again', async () => {
  const harness = await engineHarness({});
  await harness.start([
    {
      run: RUN,
      id: 'cen/acme' as never,
      resource: 'cen/acme' as never,
      step: 'cen',
      kind: 'cen',
      action: 'create',
      desired: null,
      desiredHash: null,
      adopts: null,
      needs: [],
      edges: [],
      dependents: [],
    },
  ]);
  const { settings, inProcess } = harness;
  const deps = {
    store: harness.store,
    queue: { send: async () => undefined },
    clock: inProcess.clock,
    settings,
    owner: 'older',
    jitter: () => 1,
    calls: () => [],
    crash: () => undefined,
  };
  const step = async () => {
    throw new TrunklineError('FormatUnknown', 'the record of a resource is of format 2');
  };
  const message = taskMessage(RUN, 'cen/acme' as never, 0);
  await expect(holdTask(deps, { deadline: () => settings.lease, step }, message)).rejects.toMatchObject({
    code: 'FormatUnknown',
  });
  expect(await harness.task('cen/acme')).toMatchObject({ state: 'open', attempts: 0, wake: 0, failure: null });
});
