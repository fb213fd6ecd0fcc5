// `npm run deploy [-- ARGUMENTS OF s]`: the real Serverless Devs, by default `s deploy`, on the account: with the user's
// own ~/.s and its settings. Exit codes: 0 done, 1 it failed, 2 there are no credentials, or two clouds are named.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireNode, root } from './install.mjs';

requireNode();
if (process.env.TRUNKLINE_ENDPOINT) {
  process.stderr.write(`deploy: TRUNKLINE_ENDPOINT names ${process.env.TRUNKLINE_ENDPOINT}: the functions would go to the account, and what they need there
  unset it; or, for the local cloud, npm run deploy:local\n`);
  process.exit(2);
}
install();
build();
const stated = process.argv.length > 2 ? process.argv.slice(2) : ['deploy'];
const { parameters, environment } = credentials(process.env);
if (Object.keys(environment).length === 0 && !ownCredentials(process.env)) {
  process.stderr.write(`deploy: there are no credentials
  set ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and TRUNKLINE_ACCOUNT_ID\n`);
  process.exit(2);
}
const child = spawn(
  process.execPath,
  [join(root, 'node_modules', '@serverless-devs', 's', 'bin', 's'), ...stated, ...parameters],
  { stdio: 'inherit', env: { ...process.env, ...environment } },
);
// Ctrl-C reaches the child by itself; this process waits for it to end.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => {
  if (code !== 0) process.stderr.write('deploy: `npx trunkline doctor` looks for what the account lacks\n');
  process.exit(code === 0 ? 0 : 1);
});

/**
 * The usual variables, which `s` does not read, under its own names. It takes a key only with its account's id; where one
 * of them is missing, `access` of s.yaml stands. A temporary key fits into no form but the named one.
 */
function credentials(env) {
  const AccountID = env.TRUNKLINE_ACCOUNT_ID || env.ALIBABA_CLOUD_ACCOUNT_ID;
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: AccessKeyID, ALIBABA_CLOUD_ACCESS_KEY_SECRET: AccessKeySecret } = env;
  const SecurityToken = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  if (!AccountID || !AccessKeyID || !AccessKeySecret) return { parameters: [], environment: {} };
  if (!SecurityToken) return { parameters: [], environment: { AccountID, AccessKeyID, AccessKeySecret } };
  const key = JSON.stringify({ AccountID, AccessKeyID, AccessKeySecret, SecurityToken });
  return { parameters: ['-a', 'trunkline_serverless_devs_key'], environment: { trunkline_serverless_devs_key: key } };
}

/**
 * In one of the tool's own forms. No remedy here names them: the bootstrap before the deployment does not read them, and
 * finds its key in the usual chain.
 */
function ownCredentials(env) {
  const home = env.serverless_devs_config_home || homedir();
  const named = Object.keys(env).some((name) => name === 'AccountID' || name.endsWith('_serverless_devs_key'));
  return named || existsSync(join(home, '.s', 'access.yaml'));
}
