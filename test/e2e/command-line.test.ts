/** The built command line as a process: what a shell and a script see of it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DOCUMENTS } from '../../cli/documents';

jest.setTimeout(60_000);

const PROGRAM = join(process.cwd(), 'dist', 'cli', 'trunkline.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-command-line-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const trunkline = (...given: string[]) => trunklineIn({}, ...given);

const trunklineIn = (environment: Record<string, string>, ...given: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...given], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
};

const error = (stdout: string) => DOCUMENTS.error.parse(JSON.parse(stdout)).error;

describe('wrong usage exits with 2, and with --json is one document on standard output', () => {
  test.each([
    ['an unknown command', ['aply', 'x.yaml'], "unknown command 'aply'\n(Did you mean apply?)"],
    ['a missing argument', ['validate'], "missing required argument 'file'"],
    ['an unknown option', ['plan', 'x.yaml', '--bogus'], "unknown option '--bogus'"],
    ['a missing file', ['validate', 'x.yaml'], 'cannot read x.yaml: ENOENT'],
    [
      'a port that is none',
      ['local', '--port', '99999'],
      '--port is a number from 0 (any free one) to 65535, and not 99999',
    ],
  ])('%s', (_case, given, message) => {
    const said = trunkline(...given, '--json');
    expect(said.status).toBe(2);
    expect(error(said.stdout)).toMatchObject({ code: 'UsageWrong', message });
  });

  test('without --json it is said on standard error alone', () => {
    expect(trunkline('validate', 'x.yaml')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'cannot read x.yaml: ENOENT\nThere is no such file: check the path.\n',
    });
  });

  test('a --data folder that is none, or holds other things, is the reader’s mistake, and no defect', () => {
    writeFileSync(join(folder, 'a-file'), '');
    for (const [given, message] of [
      ['a-file', `cannot use ${join(folder, 'a-file')}: EEXIST`],
      ['.', `${folder} holds other things (`],
    ] as const) {
      const said = trunkline('local', '--data', given, '--json');
      expect(said.status).toBe(2);
      expect(error(said.stdout).code).toBe('UsageWrong');
      expect(error(said.stdout).message).toContain(message);
    }
  });

  test('--local where none was started', () => {
    const said = trunkline('status', '--local', '--json');
    expect(said.status).toBe(2);
    expect(error(said.stdout).code).toBe('LocalCloudMissing');
  });
});

describe('local', () => {
  const note = () => join(folder, '.trunkline', 'local.json');
  let child: ChildProcess;
  afterAll(() => child.kill('SIGKILL'));

  const start = async (): Promise<unknown> => {
    child = spawn(process.execPath, [PROGRAM, 'local', '--json', '--port', '0'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
    return JSON.parse(String(line));
  };

  describe('while it runs', () => {
    let document: unknown;
    beforeAll(async () => {
      document = await start();
    });

    test('what bootstrap has not made is called missing, and not unreachable', () => {
      const said = trunklineIn({ TRUNKLINE_DEPLOYMENT: 'other' }, 'status', '--local', '--json');
      expect(said.status).toBe(1);
      expect(error(said.stdout)).toEqual({
        code: 'StoreUnavailable',
        message: 'Tablestore: OTSObjectNotExist',
        remedy:
          'Nothing of that name is there: check TRUNKLINE_REGION and the names, or make what is missing with `trunkline bootstrap`.',
      });
    });

    test('an endpoint in the environment that is no URL is the reader’s mistake, and no defect', () => {
      const said = trunklineIn({ TRUNKLINE_ENDPOINT: 'here' }, 'status', '--json');
      expect(said.status).toBe(2);
      expect(error(said.stdout)).toMatchObject({
        code: 'UsageWrong',
        message: 'TRUNKLINE_ENDPOINT is here, which is no URL',
      });
    });

    // Last: it ends it.
    test('prints where it serves first, is found by --local, and on SIGTERM ends with 0 and takes its note away', async () => {
      DOCUMENTS.local.parse(document);
      const status = trunkline('status', '--local', '--json');
      expect(DOCUMENTS.status.parse(JSON.parse(status.stdout))).toEqual({ networks: [] });
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect(existsSync(note())).toBe(false);
    });
  });

  test('killed, it leaves a note that leads nowhere, and --local says so', async () => {
    await start();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(note())).toBe(true);
    const said = trunkline('status', '--local', '--json');
    expect(said.status).toBe(2);
    expect(error(said.stdout).message).toContain('does not answer');
  });
});

describe('demo', () => {
  test.each([
    ['nothing is kept, and nothing is said to go on', [], 'Begin anew with `npm start`'],
    ['what is kept goes on by the command that it names', ['--data', 'kept'], '`npx trunkline local --data kept`'],
  ])('stopped in the middle: %s', async (_case, given, remedy) => {
    const child = spawn(process.execPath, [PROGRAM, 'demo', '--json', '--port', '0', ...given], { cwd: folder });
    try {
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
      });
      for await (const line of createInterface({ input: child.stderr })) if (line.startsWith('Uploading')) break;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      expect(await ended).toEqual([1, null]);
      const said = error(out);
      expect(said).toMatchObject({ code: 'Interrupted', message: 'stopped, and the local cloud with it' });
      expect(said.remedy).toContain(remedy);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
