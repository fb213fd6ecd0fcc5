// A scratch home for Serverless Devs: the user's own credentials, cache and settings in ~/.s stay as they are.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Below a home: where the tool keeps the components of its registry. */
const COMPONENTS = join('.s', 'components', 'devsapp.cn', 'v3');
/** The year 2100: no look for a newer version, and no process left behind that looks. */
const NEVER = 4_102_444_800_000;

/** Where the user's own `s` has put a component that it downloaded; null where it has not. */
export function cachedComponent(name) {
  // The tool's own variable, spelled as the tool does.
  const folder = join(process.env.serverless_devs_config_home || homedir(), COMPONENTS, name);
  return existsSync(join(folder, 'package.json')) ? folder : null;
}

/** `fc3`: a folder with the component, or null for the tool to download it. */
export function createHome({ fc3 }) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-s-'));
  write(join(folder, '.s'), 'set-config.yml', 'analysis: disable\n');
  write(join(folder, '.s', 'config'), 'update-notifier.json', JSON.stringify({ lastUpdateCheck: NEVER }));
  seedDomains(join(folder, COMPONENTS, 'fc3-domain'));
  if (fc3 !== null) link(fc3, join(folder, COMPONENTS, 'fc3'));
  const all = () => [folder];
  const allButLogs = () =>
    readdirSync(join(folder, '.s')).flatMap((name) => (name === 'logs' ? [] : join(folder, '.s', name)));
  /** Of a run that failed the logs stay, where the tool says that they are; they hold no key. */
  const remove = ({ logs }) => {
    for (const path of logs ? all() : allButLogs()) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
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
