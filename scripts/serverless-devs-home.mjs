// A scratch home for Serverless Devs: the user's own credentials, cache and settings in ~/.s stay as they are.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Below a home: where the tool keeps the components of its registry. */
const COMPONENTS = join('.s', 'components', 'devsapp.cn', 'v3');
/** The year 2100: no look for a newer version, and no process left behind that looks. */
const NEVER = 4_102_444_800_000;

/** What an earlier run had to download; the user's own cache is not written to. */
const DOWNLOADED = resolve('.trunkline', 'fc3');

/** The folder that the user's own `s`, or an earlier run of ours, has put fc3 into; null where neither has. */
export function cachedComponent() {
  // The tool's own variable, spelled as the tool does.
  const own = join(process.env.serverless_devs_config_home || homedir(), COMPONENTS, 'fc3');
  return [own, DOWNLOADED].find((folder) => existsSync(join(folder, 'package.json'))) ?? null;
}

/** `fc3`: a folder with the component, or null for the tool to download it. */
export function createHome({ fc3 }) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-s-'));
  write(join(folder, '.s'), 'set-config.yml', 'analysis: disable\n');
  write(join(folder, '.s', 'config'), 'update-notifier.json', JSON.stringify({ lastUpdateCheck: NEVER }));
  seedDomains(join(folder, COMPONENTS, 'fc3-domain'));
  const linked = join(folder, COMPONENTS, 'fc3');
  if (fc3 !== null) link(fc3, linked);
  /** Of a run that failed the logs stay, where the tool says that they are; they hold no key. */
  const remove = ({ failed }) => {
    if (fc3 === null && existsSync(join(linked, 'package.json'))) cpSync(linked, DOWNLOADED, { recursive: true });
    const below = readdirSync(join(folder, '.s')).filter((name) => name !== 'logs');
    for (const path of failed ? below.map((name) => join(folder, '.s', name)) : [folder])
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  return { folder, remove };
}

/** fc3 loads this one at every deployment, also where there is no custom domain, as here: it has nothing to do. */
function seedDomains(folder) {
  write(folder, 'package.json', JSON.stringify({ name: 'fc3-domain', version: '0.0.0', main: 'index.js' }));
  const methods = ['info', 'deploy', 'remove', 'plan'].map((name) => `  async ${name}() { return {}; }`).join('\n');
  write(folder, 'index.js', `module.exports = class {\n${methods}\n};\n`);
  lock(folder);
}

/** Entry by entry, so that the lock is ours: the tool would write the time of its looking into the user's. */
function link(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) if (entry !== '.s.lock') symlinkSync(join(from, entry), join(to, entry));
  lock(to);
}

const lock = (folder) => write(folder, '.s.lock', JSON.stringify({ version: '0.0.0', lastUpdateCheck: NEVER }));

function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
