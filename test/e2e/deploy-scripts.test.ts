/** What `npm run deploy:local` and `npm run deploy` say of what is missing: no component is needed to hear it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const SECRET = 'a-secret-that-is-nowhere-said';

let folder: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-deploy-'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function run(script: string, environment: Record<string, string>): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', script)], {
    cwd: folder,
    encoding: 'utf8',
    // Nothing of the shell's: neither its credentials nor its home.
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
  });
  return { status, stderr };
}

function note(endpoint: string): void {
  mkdirSync(join(folder, '.trunkline'), { recursive: true });
  const account = { accountId: '1', accessKeyId: 'LTAI5tNoted', accessKeySecret: SECRET };
  writeFileSync(
    join(folder, '.trunkline', 'local.json'),
    JSON.stringify({ endpoint, region: 'us-east-1', ...account }),
  );
}

test('without a noted local cloud, deploy:local says how to start one', () => {
  const { status, stderr } = run('deploy-local.mjs', {});
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/no local cloud is noted in .*\n {2}.*npx trunkline local/),
  ]);
});

test('where the noted one does not answer, deploy:local says so', () => {
  // Port 1 of loopback: nobody listens there.
  note('http://127.0.0.1:1');
  const { status, stderr } = run('deploy-local.mjs', {});
  expect([status, stderr]).toEqual([2, expect.stringMatching(/does not answer at http:\/\/127\.0\.0\.1:1\n/)]);
});

test('a component that is not where FC_COMPONENT says ends deploy:local, which never says a key', () => {
  note(`http://127.0.0.1:${port}`);
  const { status, stderr } = run('deploy-local.mjs', { FC_COMPONENT: './nowhere' });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/FC_COMPONENT names \.\/nowhere/)]);
  expect(stderr).not.toContain(SECRET);
});

test('without credentials, deploy says which it wants, and starts no tool', () => {
  const { status, stderr } = run('deploy.mjs', { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tHalf' });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/no credentials\n {2}set ALIBABA_CLOUD_ACCESS_KEY_ID, /)]);
  // The bootstrap that the deployment begins with cannot read the tool's own.
  expect(stderr).not.toContain('config add');
});

test('with the local cloud’s address in the environment, deploy does not divide what it makes between two clouds', () => {
  const { status, stderr } = run('deploy.mjs', {
    TRUNKLINE_ENDPOINT: 'http://127.0.0.1:1',
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tWhole',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRET,
    TRUNKLINE_ACCOUNT_ID: '1',
  });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/TRUNKLINE_ENDPOINT names .*\n {2}unset it; or/)]);
});
