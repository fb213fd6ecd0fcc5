/** A program with a reaper for a folder, and three processes that never end: the second one it has let go. */
import { spawn } from 'node:child_process';
import { startReaper } from '../../../local/runtime/reaper';

const reaper = startReaper(process.argv[2] ?? null);
const children = [1, 2, 3].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' }));
for (const child of children) reaper.started(child);
for (const child of children.slice(1, 2)) reaper.exited(child);
process.stdout.write(`${children.map(({ pid }) => pid).join(' ')}\n`);
process.on('message', () => {
  reaper.close();
  process.disconnect();
});
