/**
 * `s deploy`, again, plan, info, invoke and remove, without `s`: the calls that the real tool made of the local cloud,
 * made with the SDKs that it made them with. Requests and answers are compared with the recorded ones, bodies included.
 */

import { strToU8, zipSync } from 'fflate';
import { bootstrap } from '../../../cli/bootstrap/bootstrap';
import type { Target } from '../../../cli/connection';
import { fc } from '../../../local/world/fc/service';
import { rpcActions, rpcEffects } from '../../../local/world/rpc/registry';
import { rpcService } from '../../../local/world/rpc/service';
import { systemClock } from '../../../shared/clock';
import { secretOf } from '../../../shared/secret';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ACCOUNT_ID, type LocalWire, REGION, startLocalWire } from '../local-wire';
import type { Call } from './call';
import { replayClients } from './clients';
import { namesIn, readRecording } from './recording';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy';

const recording = readRecording();

let wire: LocalWire;
let proxy: RecordingProxy;
let replay: (call: Call) => Promise<Call[]>;

beforeAll(async () => {
  let current: Call | undefined;
  wire = await startLocalWire({
    services: { fc, rpc: rpcService(rpcActions, rpcEffects) },
    invoke: async () => ({
      outcome: 'answered',
      result: Buffer.from(bodyText(current?.answer.body ?? null)),
      instanceId: 'c-1',
      log: [],
    }),
  });
  proxy = await startRecordingProxy(wire.endpoint);
  const access = {
    endpoint: proxy.endpoint,
    region: REGION,
    accountId: ACCOUNT_ID,
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
  };
  // Not through the proxy: what precedes a deployment is no call of the tool.
  const target: Target = {
    endpoint: wire.endpoint,
    region: REGION,
    accountId: ACCOUNT_ID,
    bucket: 'trunkline-topologies',
    tablestoreInstance: 'trunkline',
    deployment: 'trunkline',
    logs: { project: 'trunkline-logs', store: 'functions' },
    credentials: { accessKeyId: ACCESS_KEY_ID, accessKeySecret: secretOf(ACCESS_KEY_SECRET), securityToken: null },
  };
  await bootstrap(target, systemClock());
  const names = namesIn({ accountId: ACCOUNT_ID, endpoints: [proxy.endpoint, wire.endpoint] });
  const clients = replayClients(access, () => zipNamed(String(current?.body)));
  replay = async (call) => {
    const valued = names.valued(call);
    current = valued;
    await clients.make(valued);
    return proxy.taken().map((exchange) => names.call(exchange));
  };
});

afterAll(async () => {
  await proxy.close();
  await wire.close();
});

/** Every name has its own code, and always the same. */
const zipNamed = (name: string): Buffer =>
  Buffer.from(
    zipSync({ 'index.js': strToU8(`exports.handler = async () => '${name}';`) }, { mtime: new Date('2023-11-01') }),
  );

const bodyText = (body: Call['body']): string =>
  body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);

test('the recording tells of what made it, and holds every command', () => {
  expect(recording.recorded).toMatch(/^2026-\d\d-\d\d$/);
  expect(Object.keys(recording.versions)).toEqual(['@serverless-devs/s', 'fc3', 'node']);
  expect(recording.commands.map((command) => command.arguments.find((one) => !one.startsWith('-')))).toEqual([
    'deploy',
    'deploy',
    'plan',
    'info',
    'sweep',
    'remove',
  ]);
});

describe.each(recording.commands.map(({ arguments: given, calls }) => ({ command: given.join(' '), calls })))(
  's $command',
  ({ calls }) => {
    test('is answered as it was', async () => {
      for (const [index, call] of calls.entries())
        expect({ index, made: await replay(call) }).toEqual({ index, made: [call] });
    });
  },
);

test('the second deployment uploads no code, and the removal leaves no function', async () => {
  const [, again] = recording.commands;
  expect(again?.calls.filter(({ client }) => client === 'fc2' || client === 'ali-oss')).toEqual([]);
  expect(wire.world.state.keysBetween('fc.functions')).toEqual([]);
  expect(wire.world.state.keysBetween('fc.triggers')).toEqual([]);
});
