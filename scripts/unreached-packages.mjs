// Packages that the official SDKs load and our use of them never reaches. In a function's bundle each is replaced by a
// stub that throws when it is touched, which brings the bundle down by more than half; the contract and end-to-end
// tests run the bundles and so prove that none is. docs/adr/0006 has the figures.
const UNREACHED = {
  moment: 'dates of openapi-core’s typed models; we call generically',
  'moment-timezone': 'the same, with every time zone of the world',
  ws: 'web sockets of @darabonba/typescript; no API of ours has one',
  'socks-proxy-agent': 'proxies; a function has none',
  'https-proxy-agent': 'proxies; a function has none',
  'http-proxy-agent': 'proxies; a function has none',
  'proxy-agent': 'proxies; a function has none',
  'iconv-lite': 'character sets of ali-oss’s answers; all of them are UTF-8',
};

const filter = new RegExp(`^(${Object.keys(UNREACHED).join('|')})$`);

// Loading it, reading from it at any depth and extending it is fine; calling it or making one is not.
const stub = (name) => `
const refuse = () => { throw new Error(${JSON.stringify(`${name} is not in this bundle: ${UNREACHED[name]}`)}); };
const untouchable = () => new Proxy(function () {}, { apply: refuse, construct: refuse, get: (_, key) =>
  key === '__esModule' || key === 'then' || typeof key === 'symbol' ? undefined : key === 'prototype' ? {} : untouchable() });
module.exports = untouchable();
`;

/** @type {import('esbuild').Plugin} */
export const unreached = {
  name: 'unreached-packages',
  setup(build) {
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unreached' }));
    build.onLoad({ filter: /.*/, namespace: 'unreached' }, ({ path }) => ({ contents: stub(path), loader: 'js' }));
    // The es5 build of @alicloud/mns and what it needs; Node 20 takes the other one.
    build.onResolve({ filter: /^babel-runtime\// }, ({ path }) => ({ path, external: true }));
  },
};
