import { existsSync, readFileSync } from 'node:fs';
import type { CommandContext, Options, Result } from '../../../cli/command';
import { bootstrap } from '../../../cli/commands/bootstrap';
import { plan } from '../../../cli/commands/plan';
import { prove } from '../../../cli/commands/prove';
import { validate } from '../../../cli/commands/validate';
import { DOCUMENTS, documentsJsonSchema } from '../../../cli/documents';
import { exitCodeOf, idleDocument, runDocument } from '../../../cli/run-view';
import { terminal } from '../../../cli/terminal';
import { epochMs, systemClock } from '../../../shared/clock';
import type { Run, RunId } from '../../../shared/engine/run';

const context = (json = false): CommandContext => ({
  environment: {},
  folder: process.cwd(),
  terminal: terminal({ out: { write: () => true }, error: { write: () => true } }, {}),
  clock: systemClock(),
  json,
  interrupted: new Promise(() => undefined),
  pause: async () => undefined,
});

const run = (
  command: { run(c: CommandContext, a: string, o: Options): Promise<Result> },
  file: string,
  options: Options = {},
) => command.run(context(), file, options);

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('validate', () => {
  test('a valid file: exit code 0, its warnings, the contract’s document', async () => {
    const result = await run(validate, 'examples/global-network.yaml');
    expect(result.exitCode).toBe(0);
    expect(DOCUMENTS.validate.parse(result.document)).toMatchObject({ ok: true });
    expect(result.text).toContain('examples/global-network.yaml: valid, 0 errors');
  });

  test('a broken file: exit code 2, its problems are the result, and in the document too', async () => {
    const result = await run(validate, 'test/unit/cli/broken.yaml');
    const document = DOCUMENTS.validate.parse(result.document);
    expect(result.exitCode).toBe(2);
    expect(result.complaint).toBeUndefined();
    expect(document).toMatchObject({ ok: false, problems: [{ severity: 'error', line: 3, column: 11 }] });
  });

  test('a file that does not exist is wrong usage', async () => {
    await expect(run(validate, 'examples/nowhere.yaml')).rejects.toThrow('cannot read examples/nowhere.yaml: ENOENT');
  });
});

describe('plan', () => {
  test('from nothing, everything is created: exit code 0, or 3 where asked for', async () => {
    const result = await run(plan, 'examples/global-network.yaml');
    const document = DOCUMENTS.plan.parse(result.document);
    expect(result.exitCode).toBe(0);
    expect(document).toMatchObject({ network: 'global-network', revision: 1, base: null });
    expect(document.summary).toMatchObject({ update: 0, replace: 0, remove: 0, keep: 0 });
    expect(document.summary.create).toBe(document.tasks.length);
    expect((await run(plan, 'examples/global-network.yaml', { detailedExitcode: true })).exitCode).toBe(3);
  });

  test('of a broken file is its problems, on standard error', async () => {
    const result = await run(plan, 'test/unit/cli/broken.yaml');
    expect(DOCUMENTS.validate.parse(result.document).ok).toBe(false);
    expect(result).toMatchObject({ exitCode: 2, complaint: true });
  });

  test('the text ends its last line', async () => {
    expect((await run(plan, 'examples/global-network.yaml')).text).toMatch(/[^\n]\n$/);
  });

  test('the tree fits 80 columns', async () => {
    const { text } = await run(plan, 'examples/global-network.yaml');
    const tree = text.slice(text.indexOf('global-network'));
    expect(
      widest(
        tree
          .split('\n')
          .filter((line) => !line.includes('warning') && !line.startsWith('    '))
          .join('\n'),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

describe('prove', () => {
  test('the example: 30 of 30, exit code 0', async () => {
    const result = await run(prove, 'examples/global-network.yaml');
    const document = DOCUMENTS.prove.parse(result.document);
    expect(result.exitCode).toBe(0);
    expect(document.summary.sitePairs).toEqual({ total: 30, reachable: 30, assumed: 0 });
    expect(document.pairs.filter(({ port }) => port === null)).toHaveLength(30);
  });

  test('the newer tutorial: 20 of the 30 pairs cannot pass, exit code 3, each with hop, cause and remedy', async () => {
    const result = await run(prove, 'examples/newer-tutorial.yaml');
    const document = DOCUMENTS.prove.parse(result.document);
    expect(result.exitCode).toBe(3);
    expect(document.summary.sitePairs).toEqual({ total: 30, reachable: 10, assumed: 0 });
    const blocked = document.pairs.filter(({ port, reachable }) => port === null && !reachable);
    expect(blocked).toHaveLength(20);
    for (const pair of blocked) expect([pair.blockedAt, pair.cause, pair.remedy]).not.toContain(null);
  });
});

describe('how a run’s end becomes an exit code', () => {
  const ended: Run = {
    id: 'n.1.1' as RunId,
    network: 'n',
    incarnation: '1',
    revision: 1,
    topologyObject: '',
    planHash: '',
    state: 'ended',
    startedAt: epochMs(1_000),
    endedAt: epochMs(5_000),
    outcome: 'failed',
    seal: 'x',
  };
  const proof = {
    sitePairs: { total: 2, reachable: 1, assumed: 0 },
    applications: { total: 0, reachable: 0, assumed: 0 },
    tests: { total: 0, hold: 0 },
  };
  const report = {
    network: 'n',
    revision: 1,
    run: 'n.1.1',
    outcome: 'failed' as const,
    calls: 5,
    elapsedMs: 4_000,
    proof,
    seal: 'x',
    failures: [],
  };

  test.each([
    ['tasks done and the proof false is a difference', { ...report, tasks: { done: 3, failed: 0, undone: 0 } }, 3],
    ['a failed task is a failure', { ...report, tasks: { done: 2, failed: 1, undone: 0 } }, 1],
    ['an undone task is a failure', { ...report, tasks: { done: 2, failed: 0, undone: 1 } }, 1],
  ])('%s', (_reason, given, code) => {
    const document = runDocument(ended, given);
    expect(DOCUMENTS.apply.parse(document)).toEqual(document);
    expect(exitCodeOf(document)).toBe(code);
  });

  test.each([
    ['unchanged', 0],
    ['refused', 2],
  ] as const)('%s exits with %i', (outcome, code) => {
    const document = idleDocument(outcome, { network: 'n', revision: 1, run: null });
    expect(DOCUMENTS.apply.parse(document)).toEqual(document);
    expect(exitCodeOf(document)).toBe(code);
  });

  test('a superseded run has no report, and its document says so with null', () => {
    const document = runDocument({ ...ended, outcome: 'superseded' }, null);
    expect(document).toMatchObject({ outcome: 'superseded', proof: null, elapsedMs: 4_000 });
    expect(exitCodeOf(document)).toBe(1);
  });
});

test('schema/cli.v1.json is what the documents say: `npm run schemas` writes it', () => {
  expect(existsSync('schema/cli.v1.json')).toBe(true);
  expect(JSON.parse(readFileSync('schema/cli.v1.json', 'utf8'))).toEqual(documentsJsonSchema());
});

test.each(['Trunk line', '../other', '*', ''.padEnd(32, 'd')])(
  'a deployment called %j is wrong usage, before anything is asked of an account',
  async (TRUNKLINE_DEPLOYMENT) => {
    const environment = { TRUNKLINE_DEPLOYMENT, TRUNKLINE_ENDPOINT: 'http://127.0.0.1:1' };
    await expect(bootstrap.run({ ...context(), environment }, '', {})).rejects.toThrow('TRUNKLINE_DEPLOYMENT is not');
  },
);
