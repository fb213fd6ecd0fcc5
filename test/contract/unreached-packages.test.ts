import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What `code` prints when it is bundled as a function is. */
function bundledRun(code: string): string {
  const script = `
    import { build } from 'esbuild';
    import { unreached } from './scripts/unreached-packages.mjs';
    const { outputFiles } = await build({
      stdin: { contents: process.argv[1], resolveDir: process.cwd() },
      bundle: true, platform: 'node', format: 'cjs', write: false, plugins: [unreached],
    });
    let answer = 'untouched';
    try { new Function('require', 'module', 'exports', outputFiles[0].text)(null, { exports: {} }, {}); }
    catch (error) { answer = error.message; }
    process.stdout.write(answer);
  `;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, code], { cwd: ROOT, encoding: 'utf8' });
}

test.each([
  ["require('moment')()", 'a call'],
  ["require('moment').utc()", 'a call of what it exports'],
  ["require('moment').tz.setDefault('UTC')", 'a call of what that holds'],
  ["new (require('moment'))()", 'a construction'],
  ["class Mine extends require('moment').Moment {} new Mine()", 'a construction of what extends it'],
  ["import moment from 'moment'; moment()", 'a call of the default import'],
])('%s is told apart from a bug: %s', (code) => {
  expect(bundledRun(code)).toBe(
    'moment is not in this bundle: dates of openapi-core’s typed models; we call generically',
  );
});

test.each([
  ["require('ws')", 'loading'],
  ["const { HttpsProxyAgent } = require('https-proxy-agent'); HttpsProxyAgent.name", 'reading'],
  ["class Mine extends require('ws').WebSocket {}", 'extending'],
])('%s touches nothing: %s', (code) => {
  expect(bundledRun(code)).toBe('untouched');
});
