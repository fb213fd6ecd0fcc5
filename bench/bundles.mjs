// Size and load time of each function's bundle: the median of seven fresh processes after one warm-up.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'functions');
const RUNS = 7;

const timeLoad = (file) =>
  Number(
    execFileSync(process.execPath, [
      '-e',
      `const t = process.hrtime.bigint(); require(${JSON.stringify(file)}); console.log(Number(process.hrtime.bigint() - t) / 1e6)`,
    ]),
  );

export function bundles() {
  return readdirSync(dist).map((name) => {
    const file = join(dist, name, 'index.js');
    timeLoad(file);
    const times = Array.from({ length: RUNS }, () => timeLoad(file)).sort((a, b) => a - b);
    return {
      function: name,
      kilobytes: Math.round(statSync(file).size / 1_000),
      loadMs: Math.round(times[(RUNS - 1) / 2]),
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(bundles());
