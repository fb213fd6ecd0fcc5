// Preloaded into `s`, and so into what it starts, by scripts/deploy-local.mjs and by nothing else: the component asks for EventBridge's roles at
// resourcemanager.aliyuncs.com whatever endpoint it is given, and its SDKs obey no proxy. What goes to *.aliyuncs.com goes
// to the local cloud in plain HTTP; the Host header stays, since signatures cover it. A URL as first argument, which
// none of the SDKs gives, is not rerouted.
const http = require('node:http');
const https = require('node:https');

const { hostname, port } = new URL(process.env.TRUNKLINE_ENDPOINT);
const plain = http.request;

for (const client of [http, https]) {
  const own = client.request;
  client.request = (options, ...rest) => {
    const host = options.hostname ?? options.host ?? '';
    if (options instanceof URL || !/\.aliyuncs\.com$/.test(host)) return own(options, ...rest);
    const headers = { host, ...options.headers };
    const { method, path } = options;
    return plain({ method, path, headers, timeout: options.timeout, hostname, port }, ...rest);
  };
}
