// `npm start`: installs what is missing, builds, runs the demonstration. Arguments go to it: `npm start -- --exit`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, requireNode, root } from './install.mjs';

requireNode();
install();
build();
const child = spawn(process.execPath, [join(root, 'dist', 'cli', 'trunkline.js'), 'demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself; this process waits for it to end.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
