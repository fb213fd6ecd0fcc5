// `npm run deploy:local [-- ARGUMENTS OF s]`: the real Serverless Devs, by default `s deploy -y`, against the local cloud
// that runs in this folder. Exit codes: 0 done, 1 it failed, 2 something that it needs is missing.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { build, install, requireNode, root } from './install.mjs';
import { cachedComponent, createHome } from './serverless-devs-home.mjs';

const REGISTRY = 'https://api.devsapp.cn/v3/packages/fc3/release/latest';
const PATIENCE_MS = 5_000;
/** Sends what the component sends to the cloud's own hosts to the local cloud. */
const PRELOAD = join(root, 'scripts', 'to-local-cloud.cjs');

requireNode();
install();
build();
const cloud = await runningCloud(resolve('.trunkline', 'local.json'));
const component = await fc3();
process.exitCode = await serverlessDevs(process.argv.length > 2 ? process.argv.slice(2) : ['deploy', '-y']);

async function runningCloud(file) {
  let noted;
  try {
    noted = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return missing(`no local cloud is noted in ${file}`, 'start one in another shell: npx trunkline local');
  }
  const { hostname, port } = new URL(noted.endpoint);
  if (await answers(hostname, Number(port))) return noted;
  return missing(
    `the local cloud noted in ${file} does not answer at ${noted.endpoint}`,
    'start one in another shell: npx trunkline local',
  );
}

function answers(host, port) {
  return new Promise((resolved) => {
    const socket = createConnection({ host, port });
    const end = (answer) => {
      socket.destroy();
      resolved(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => end(true));
  });
}

/** The folder of the component, or null for `s` to download it. */
async function fc3() {
  const stated = process.env.FC_COMPONENT;
  if (stated) {
    const folder = resolve(stated);
    if (existsSync(join(folder, 'package.json'))) return folder;
    return missing(`FC_COMPONENT names ${stated}, where there is no package.json`, 'name the folder of a built fc3');
  }
  const cached = cachedComponent();
  if (cached !== null || (await registryAnswers())) return cached;
  return missing(
    `Serverless Devs' component fc3 is not on this machine, and its registry (${new URL(REGISTRY).host}) is out of reach`,
    'run this once where the registry can be reached: the component is kept in .trunkline/fc3. Or set FC_COMPONENT to its folder',
  );
}

async function registryAnswers() {
  try {
    const { ok } = await fetch(REGISTRY, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok;
  } catch {
    return false;
  }
}

function missing(what, remedy) {
  process.stderr.write(`deploy:local: ${what}\n  ${remedy}\n`);
  process.exit(2);
}

async function serverlessDevs(parameters) {
  const home = createHome({ fc3: component });
  // Ctrl-C reaches the child by itself; this process waits for it to end and takes its home away.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', '@serverless-devs', 's', 'bin', 's'), ...parameters],
    {
      stdio: 'inherit',
      env: environment(home.folder),
    },
  );
  const code = await new Promise((resolved) => child.on('exit', (status) => resolved(status ?? 1)));
  home.remove({ failed: code !== 0 });
  return code === 0 ? 0 : 1;
}

/** What the tool, its component and the bootstrap before the deployment read; the account's settings never get here. */
function environment(home) {
  const { FC_REGION: _, FC_COMPONENT: __, ...inherited } = process.env;
  return {
    ...inherited,
    NODE_OPTIONS: [inherited.NODE_OPTIONS, `--require ${JSON.stringify(PRELOAD)}`].filter(Boolean).join(' '),
    serverless_devs_config_home: home,
    // All three: then neither `access` nor a call to STS is needed.
    AccountID: cloud.accountId,
    AccessKeyID: cloud.accessKeyId,
    AccessKeySecret: cloud.accessKeySecret,
    FC_CLIENT_CUSTOM_ENDPOINT: cloud.endpoint,
    FC_CODE_TEMP_OSS_ENDPOINT: cloud.endpoint,
    TRUNKLINE_ENDPOINT: cloud.endpoint,
    TRUNKLINE_REGION: cloud.region,
    TRUNKLINE_BUCKET: cloud.bucket,
    TRUNKLINE_TABLESTORE_INSTANCE: cloud.tablestoreInstance,
  };
}
