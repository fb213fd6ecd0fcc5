import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, temporaryFolder } from './bundled';
import { runs, soon } from './runtime-harness';

let built: ReturnType<typeof temporaryFolder>;
let program: string;
let folder: string;
let holder: ChildProcess;
let pids: number[];

beforeAll(() => {
  built = temporaryFolder('reaper');
  program = bundle('test/unit/runtime/reaper-holder.ts', join(built.path, 'holder.js'));
});
afterAll(() => built.remove());
beforeEach(async () => {
  folder = join(built.path, "a folder; 'quoted' $(false)");
  mkdirSync(folder);
  writeFileSync(join(folder, 'code.js'), '');
  holder = fork(program, [folder], { silent: true });
  const [line] = await once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  pids = String(line).trim().split(' ').map(Number);
});
afterEach(() => {
  holder.kill('SIGKILL');
  for (const pid of pids) end(pid);
});

/** Who has been reaped meanwhile is gone already. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

test('who dies by SIGKILL leaves no process in an endless loop behind, and no folder', async () => {
  const [first = 0, second = 0, third = 0] = pids;
  expect(pids.map(runs)).toEqual([true, true, true]);
  holder.kill('SIGKILL');
  await soon(() => !runs(first) && !runs(third) && !existsSync(folder));
  // The second was said to have exited: its id could be anybody's.
  expect([runs(first), runs(second), runs(third), existsSync(folder)]).toEqual([false, true, false, false]);
});

test('who ends by itself waits for no reaper', async () => {
  const exited = once(holder, 'exit');
  holder.send('close');
  for (const pid of pids) end(pid);
  expect(await exited).toEqual([0, null]);
});
