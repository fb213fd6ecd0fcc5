// `node scripts/lockfile.mjs [FOLDER]`, part of `npm run verify`: exact versions in package.json; every package of the
// lockfile from npm's registry, under its own name and version, with a digest of all of it; none that runs a script of its own when it is installed, but
// for those that are known to. Says what it finds, a line each, and ends with 1 where that is anything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const REGISTRY = 'https://registry.npmjs.org/';
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** Looked at one by one: they choose a platform's binary, or print a banner. */
const MAY_RUN_SCRIPTS = new Set([
  '@alicloud/openapi-core',
  '@parcel/watcher',
  '@swc/core',
  'core-js',
  'esbuild',
  'protobufjs',
  'unrs-resolver',
]);

/** Installed under another name than their own, and what that is; jest and the tools that it brings ask for them. */
const ALIASES = new Map([
  ['@jest/react-is-18', 'react-is'],
  ['@jest/react-is-19', 'react-is'],
  ['string-width-cjs', 'string-width'],
  ['strip-ansi-cjs', 'strip-ansi'],
  ['wrap-ansi-cjs', 'wrap-ansi'],
]);

const folder = process.argv[2] ?? root;
const parsed = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const manifest = parsed('package.json');
const { packages = {} } = parsed('package-lock.json');

const installed = Object.entries(packages).filter(([path]) => path !== '');
const findings = [
  ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `package.json: ${name} is not pinned: ${version}`),
  ...(installed.length === 0 ? ['package-lock.json: it names no package'] : []),
  ...installed.flatMap(([path, entry]) =>
    findingsOf(path, entry).map((finding) => `package-lock.json: ${path} ${finding}`),
  ),
];
for (const finding of findings) process.stderr.write(`${finding}\n`);
process.exit(findings.length === 0 ? 0 : 1);

function findingsOf(path, { integrity, resolved, hasInstallScript, link, version }) {
  if (link) return [`is a link to ${resolved}`];
  const name = ALIASES.get(nameOf(path)) ?? nameOf(path);
  const own = `${REGISTRY}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
  return [
    ...(SHA512.test(integrity ?? '') ? [] : ['has no SHA-512 digest']),
    // Where nothing is said, npm asks the registry that it is set to, and the digest decides.
    ...(resolved === undefined || resolved === own ? [] : [`comes from ${resolved}`]),
    ...(hasInstallScript && !MAY_RUN_SCRIPTS.has(nameOf(path)) ? ['runs a script when it is installed'] : []),
  ];
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
