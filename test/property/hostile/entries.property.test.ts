import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRIES } from './entries';

const PARSERS = /JSON\.parse\(|new XMLParser|unzipSync\(|Reader\.create\(|readBigInt64LE|from 'yaml'|fromStored\(/;

const ELSEWHERE: Readonly<Record<string, string>> = {
  'cli/bootstrap/roles.ts': 'policy documents as RAM keeps them, compared with ours',
  'cli/note-local-cloud.ts': 'what is no note of ours is null and written over',
  'cli/deployment/api-inputs.ts': 'configurations as Function Compute answers with them',
  'local/runtime/checked-lines.ts': 'the local cloud’s own journal, each line under a checksum',
  'local/runtime/http-trigger.ts': 'what a function of ours answers',
  'local/runtime/timer-trigger.ts': 'an event that the same file wrote',
  'shared/alicloud/scrub-secrets.ts': 'parameters that we sent',
  'shared/adoption/write-topology.ts': 'writes a file; parseTopology reads it',
  'shared/drift/look-at-record.ts': 'a question that the same file asks',
  'shared/engine/start-run.ts': 'a plan, believed only where its hash is the one in the run’s row',
  'shared/resources/connection-request.ts': 'a request that the same file wrote',
};

const sources = ['cli', 'functions', 'local', 'shared'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

test('every source that parses belongs to an entry, or says why not', () => {
  const parsing = sources.filter((file) => PARSERS.test(readFileSync(file, 'utf8')));
  const known = new Set([...Object.values(ENTRIES).flatMap(({ reads }) => [...reads]), ...Object.keys(ELSEWHERE)]);
  expect(parsing.filter((file) => !known.has(file))).toEqual([]);
});

test('every source that an entry or an exception names is there', () => {
  const named = [...Object.values(ENTRIES).flatMap(({ reads }) => [...reads]), ...Object.keys(ELSEWHERE)];
  expect(named.filter((file) => !sources.includes(file))).toEqual([]);
});

test.each(Object.keys(ENTRIES))('%s has a property', (entry) => {
  const tests = readdirSync('test/property/hostile').filter((name) => /property\.test\.ts$|wire-holds/.test(name));
  const text = tests.map((name) => readFileSync(join('test/property/hostile', name), 'utf8')).join('');
  expect(text).toContain(`'${entry}'`);
});

test('there is a bound in bytes and in milliseconds for each', () => {
  for (const { mostBytes, mostMs } of Object.values(ENTRIES)) {
    expect(mostBytes).toBeGreaterThan(0);
    expect(mostMs).toBeGreaterThan(0);
  }
});
