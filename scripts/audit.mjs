// `npm run audit`: what npm knows of holes in the packages that a deployed function or the command line loads. It needs the
// network, so it is a command of its own and no part of `npm run verify`.
import { spawnSync } from 'node:child_process';
import { root } from './install.mjs';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--loglevel=silent'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
});
const answer = parsed(stdout);
if (error || !answer?.metadata) {
  const why = error?.message ?? answer?.message ?? 'npm gave no answer';
  process.stderr.write(
    `npm's registry could not be asked: ${why}\nTry again where https://registry.npmjs.org is reached.\n`,
  );
  process.exit(1);
}
for (const { name, severity, via, fixAvailable } of Object.values(answer.vulnerabilities)) {
  const titles = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} (${one.url})`));
  process.stdout.write(`${severity}: ${name}: ${titles.join('; ')}${fixAvailable ? '; a fix is out' : ''}\n`);
}
const { total } = answer.metadata.vulnerabilities;
process.stdout.write(`${total} known holes in ${answer.metadata.dependencies.prod} packages\n`);
process.exit(total === 0 ? 0 : 1);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
