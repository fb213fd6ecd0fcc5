/** What comes back from tables and bucket: what was written, or a named error that quotes nothing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { applyFile } from '../../../cli/apply-file';
import type { CommandContext } from '../../../cli/command';
import { type Connection, targetOf } from '../../../cli/connection';
import { readReport } from '../../../cli/follow-run';
import { watchRun } from '../../../cli/watch-run';
import { reportWork } from '../../../shared/engine/advance-report';
import type { Run, RunId } from '../../../shared/engine/run';
import { REPORT, type Task } from '../../../shared/engine/task';
import { TrunklineError } from '../../../shared/errors';
import { withFormat } from '../../../shared/format';
import { sha256Hex } from '../../../shared/json';
import { plannedModel } from '../../../shared/network/planned-model';
import { prove } from '../../../shared/network/prove';
import { desiredResources } from '../../../shared/plan/desired-resources';
import { runStore, taskStore } from '../../../shared/store/store';
import type { Columns, TableClient } from '../../../shared/store/table-client';
import { tables } from '../../../shared/store/tables';
import { freshTask, taskOf } from '../../../shared/store/task-row';
import { ticketStore } from '../../../shared/tickets/ticket-store';
import { parseTopology } from '../../../shared/topology/parse-topology';
import { type IntakeHarness, intakeHarness } from '../../in-process/intake-harness';
import { expectDiscreet, hostile } from './hostile';
import { mutatedBytes, mutatedJson, mutatedValue } from './mutations';

const EXAMPLE = readFileSync('examples/global-network.yaml', 'utf8');
const RUN = {
  id: 'acme.1.1',
  network: 'acme',
  incarnation: '1',
  revision: 1,
  topologyObject: 'revisions/a',
  planHash: 'h',
};
const DOCUMENTS = {
  runs: { format: 1, ...RUN, state: 'ready', startedAt: 1, endedAt: null, outcome: null, seal: null },
  networks: {
    format: 1,
    name: 'acme',
    incarnation: '1',
    source: 'oss:topologies/a.yaml',
    latest: 1,
    latestHash: 'h',
    latestObject: 'revisions/a',
    live: null,
    liveObject: null,
    activeRun: 'acme.1.1',
    runs: 1,
    lastRun: 'acme.1.1',
    outcome: null,
    question: {
      plan: 'p',
      reasons: ['r'],
      people: 1,
      validHours: 24,
      askedAt: 1,
      voices: [{ by: 'b', at: 1, agrees: true, reason: null }],
      asker: { kind: 'file', key: 'k' },
      revision: null,
    },
    version: 1,
  },
  records: {
    format: 1,
    id: 'cen/acme',
    kind: 'cen',
    region: null,
    generation: 1,
    cloudId: null,
    ownership: 'ours',
    desiredHash: null,
    desired: { kind: 'cen' },
    attributes: {},
    version: 1,
    marker: { token: 't', parameters: { a: 'b' }, at: 1, absentSince: null },
    removal: null,
    parameters: null,
    recordedAt: null,
  },
  submissions: {
    format: 1,
    id: 'a'.repeat(32),
    system: 'desk',
    ticket: null,
    network: 'acme',
    object: 'submissions/a.yaml',
    receivedAt: 1,
    state: 'received',
    revision: null,
    run: null,
    problems: [],
    record: null,
    statusUrl: 'https://x.example/v1/submissions/a',
    change: { change: 'remove-office', network: 'acme', name: 'office-1' },
    begun: false,
    events: [
      { kind: 'accepted', at: 1, revision: 1, run: 'acme.1.1', foreseen: null },
      { kind: 'progress', at: 1, run: 'acme.1.1', done: 1, total: 4 },
      { kind: 'outcome', at: 1 },
    ],
    told: 0,
    lost: 0,
    attempts: 0,
    nextAttemptAt: 1,
    version: 1,
  },
  events: {
    format: 1,
    at: 1,
    task: 'cen/acme',
    wake: 1,
    epoch: 1,
    owner: 'o',
    what: 'done',
    calls: [],
    number: 1,
    previous: '',
  },
} as const;

const TASK_ROW = freshTask(
  {
    run: 'acme.1.1' as RunId,
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
  1,
);

const NAMED = new Set(['FormatUnknown', 'StoredMalformed']);

async function expectNamed(read: () => Promise<unknown>, ...others: string[]): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(TrunklineError);
    const { code, message, cause } = error as TrunklineError;
    expect([...NAMED, ...others]).toContain(code);
    expect(message.length).toBeLessThan(300);
    expect(cause).toBeUndefined();
    expectDiscreet(message);
    return code;
  }
}

/** A table client that has one row, whatever it is asked for. */
const oneRow = (columns: Columns): TableClient => ({
  get: async () => columns,
  batchGet: async (_table, keys) => keys.map((key) => ({ key, columns })),
  put: async () => true,
  update: async () => true,
  delete: async () => true,
  putAbsent: async () => undefined,
  range: async () => [{ key: [['hash', 'h']], columns }],
  ensureTable: async () => undefined,
});

type Reader = (columns: Columns) => Promise<unknown>;
const rowsOf = (columns: Columns) => tables(oneRow(columns), 'test');
const READERS: Record<keyof typeof DOCUMENTS | 'tasks', { readers: Reader[]; column: string; columns: Columns }> = {
  tasks: {
    readers: [async (columns) => taskOf(columns), (columns) => runStore(rowsOf(columns)).readTasks('r' as RunId)],
    column: 'definition',
    columns: TASK_ROW,
  },
  runs: {
    readers: [(columns) => runStore(rowsOf(columns)).readRun('r' as RunId)],
    column: 'document',
    columns: { state: 'ready' },
  },
  networks: {
    readers: [
      (columns) => runStore(rowsOf(columns)).readNetwork('n'),
      (columns) => runStore(rowsOf(columns)).listNetworks(),
    ],
    column: 'document',
    columns: { version: 1 },
  },
  records: {
    readers: [
      (columns) => runStore(rowsOf(columns)).allRecords({ network: 'n', incarnation: '1' }),
      (columns) => taskStore(rowsOf(columns)).readRecords({ network: 'n', incarnation: '1' }, ['a' as never]),
    ],
    column: 'record',
    columns: { version: 1 },
  },
  submissions: {
    readers: [(columns) => ticketStore(rowsOf(columns)).readSubmission('s')],
    column: 'document',
    columns: { version: 1 },
  },
  events: { readers: [(columns) => runStore(rowsOf(columns)).readEvents('r' as RunId)], column: 'event', columns: {} },
};

const seedOf = (table: keyof typeof READERS): unknown =>
  table === 'tasks' ? JSON.parse(String(TASK_ROW['definition'])) : DOCUMENTS[table];

const damagedRow = fc.constantFrom(...(Object.keys(READERS) as (keyof typeof READERS)[])).chain((table) => {
  const { column, columns } = READERS[table];
  const whole = { ...columns, [column]: JSON.stringify(seedOf(table)) };
  const text = fc.oneof(
    mutatedJson([seedOf(table)]),
    mutatedBytes([JSON.stringify(seedOf(table))]).map((bytes) => bytes.toString('utf8')),
  );
  return fc.record({
    table: fc.constant(table),
    columns: fc.oneof(
      text.map((damaged) => ({ ...whole, [column]: damaged })),
      mutatedValue([whole]).map((value) => (typeof value === 'object' && value !== null ? (value as Columns) : {})),
    ),
  });
});

hostile(
  'stored row',
  damagedRow,
  async ({ table, columns }) => {
    for (const read of READERS[table].readers) {
      const code = await expectNamed(() => read(columns));
      expect(await expectNamed(() => read(columns))).toBe(code);
    }
  },
  120,
);

test.each(Object.keys(READERS) as (keyof typeof READERS)[])(
  'a whole row of %s is read, and one of format 2 is not',
  async (table) => {
    const { readers, column, columns } = READERS[table];
    const row = (changes: object) => ({
      ...columns,
      [column]: JSON.stringify({ ...(seedOf(table) as object), ...changes }),
    });
    for (const read of readers) {
      expect(await expectNamed(() => read(row({})))).toBeNull();
      expect(await expectNamed(() => read(row({ format: 2 })))).toBe('FormatUnknown');
    }
  },
);

/** Nobody listens at port 1. */
const LOCAL_CLOUD = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accountId: '1234567890123456',
  accessKeyId: 'k',
  accessKeySecret: 's',
  bucket: 'b',
  tablestoreInstance: 't',
  webhookUrl: 'http://127.0.0.1:1/',
  caFile: '/ca.pem',
};

describe('objects', () => {
  const { topology } = parseTopology(EXAMPLE, 'x');
  const model = plannedModel(topology!, desiredResources(topology!));
  const proof = prove(topology!, model);
  let harness: IntakeHarness;
  let run: Run;
  let task: Task;
  beforeAll(async () => {
    harness = await intakeHarness();
    const { run: id } = (await harness.submit(EXAMPLE)) as { run: RunId };
    run = (await harness.deps.runs.readRun(id))!;
    task = (await harness.deps.runs.readTasks(id)).find((one) => one.id === REPORT)!;
  });

  /** Read, proven or published is only what an earlier wake wrote; the rest is read again. */
  hostile(
    'report object',
    fc.record({
      phase: fc.constantFrom('prove' as const, 'decide' as const),
      bytes: fc.oneof(
        mutatedJson([withFormat(model), withFormat(proof)]).map((text) => Buffer.from(text)),
        mutatedBytes([JSON.stringify(withFormat(proof))]),
      ),
    }),
    async ({ phase, bytes }) => {
      const good = JSON.stringify(withFormat(phase === 'prove' ? model : proof));
      const object = `runs/${run.network}/${run.id}/${phase === 'prove' ? 'model' : 'proof'}.json`;
      const objects = {
        ...harness.deps.objects,
        get: async (key: string) => (key === object ? bytes : harness.deps.objects.get(key)),
      };
      const work = reportWork({ ...harness.deps, objects, readNetworkModel: async () => model });
      const step = await work.step(run, { ...task, progress: { phase, hash: sha256Hex(good) } }, 0 as never);
      const next = phase === 'prove' ? 'decide' : 'publish';
      expect(step).toMatchObject({
        kind: 'again',
        what: bytes.equals(Buffer.from(good)) ? `next: ${next}` : expect.stringContaining('read again'),
      });
    },
    8,
  );

  const REPORT_OBJECT = {
    format: 1,
    network: 'global-network',
    revision: 1,
    run: 'r',
    outcome: 'succeeded',
    tasks: { done: 1, failed: 0, undone: 0 },
    calls: 1,
    elapsedMs: 1,
    proof: proof.summary,
    failures: [{ task: 't', code: 'c', message: 'm', requestId: null }],
  };
  const screen: CommandContext['terminal'] = {
    ...({} as CommandContext['terminal']),
    paint: (_colour: string, text: string) => text,
    width: 80,
  } as CommandContext['terminal'];

  hostile(
    'CLI document',
    fc.record({
      report: fc.oneof(fc.constant(JSON.stringify(REPORT_OBJECT)), mutatedJson([REPORT_OBJECT])),
      proof: mutatedJson([withFormat(proof)]),
    }),
    async (given) => {
      const connection = {
        runs: {
          readRun: async () => ({ ...run, state: 'ended', outcome: 'failed' }),
          readTasks: async () => [],
          readEvents: async () => [],
          allRecords: async () => [],
        },
        objects: { get: async (key: string) => Buffer.from(key.endsWith('proof.json') ? given.proof : given.report) },
        target: { endpoint: null },
      } as unknown as Connection;
      await expectNamed(() => readReport(connection, run));
      const context = {
        terminal: screen,
        json: true,
        interrupted: new Promise(() => undefined),
        pause: async () => undefined,
      } as unknown as CommandContext;
      await expectNamed(() => watchRun(context, connection, run.id));
    },
    8,
  );

  const INTAKE = {
    format: 1,
    source: 'oss:topologies/a.yaml',
    hash: 'h',
    at: 1,
    outcome: 'refused',
    network: null,
    revision: null,
    run: null,
    problems: [{ severity: 'error', code: 'c', message: 'm', remedy: 'r', file: null, line: null, column: 1 }],
  };

  hostile('CLI document', mutatedJson([INTAKE]), async (text) => {
    let puts = 0;
    const objects = {
      // The second answer is another one than the first, so that what is whole is believed.
      get: async () => Buffer.from(puts === 0 ? text : text.replace('"at":1', '"at":2')),
      put: async () => {
        puts += 1;
      },
    };
    const runs = { readNetwork: async () => null, readRun: async () => null };
    const context = {
      terminal: screen,
      json: false,
      interrupted: new Promise(() => undefined),
      pause: async () => undefined,
    };
    const applied = applyFile(context as unknown as CommandContext, { objects, runs } as unknown as Connection, {
      name: 'a.yaml',
      bytes: Buffer.from('a'),
    });
    await expectNamed(() => applied, 'IntakeSilent');
  });

  hostile('CLI document', mutatedJson([LOCAL_CLOUD]), async (text) => {
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-hostile-'));
    try {
      mkdirSync(join(folder, '.trunkline'));
      writeFileSync(join(folder, '.trunkline', 'local.json'), text);
      const target = targetOf({ environment: {}, folder } as unknown as CommandContext, { local: true });
      await expect(target).rejects.toMatchObject({ code: 'LocalCloudMissing' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
