/** A shell around a small world, records as the control plane writes them, and a runtime that answers as the test says. */
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { FunctionRuntime, InvokeOptions } from '../../../local/runtime/function-runtime';
import { type RetryTiming, retryTiming } from '../../../local/runtime/retry';
import { type WorldShell, worldShell } from '../../../local/runtime/world-shell';
import type { InvocationAnswer } from '../../../local/wire/invoke';
import {
  CODE,
  CONCURRENCY,
  FUNCTIONS,
  type FunctionRecord,
  TRIGGERS,
  type TriggerKind,
  type TriggerRecord,
} from '../../../local/world/fc/records';
import { fc } from '../../../local/world/fc/service';
import { crc64 } from '../../../local/world/oss/crc64';
import { oss } from '../../../local/world/oss/service';
import { keepRole } from '../../../local/world/ram/lookups';
import { ATTACHMENTS, attachmentKey } from '../../../local/world/ram/records';
import { type OperationName, type SmqInput, type SmqOutput, smqRequest } from '../../../local/world/smq/operations';
import { smq } from '../../../local/world/smq/service';
import type { Change } from '../../../local/world/state';
import { type Caller, World } from '../../../local/world/world';
import { systemClock } from '../../../shared/clock';

export const ACCOUNT_ID = '1234567890123456';
export const REGION = 'us-east-1';
export const PLACE = { accountId: ACCOUNT_ID, region: REGION };
export const CALLER: Caller = { accountId: ACCOUNT_ID, accessKeyId: 'LTAI5t', roleArn: null };

export function newShell(options: { rate?: number; restored?: Iterable<Change> } = {}): WorldShell {
  const settings = { seed: 'runtime', accountId: ACCOUNT_ID, region: REGION, quotas: {}, durationFactor: 1 };
  const world = new World(settings, { smq, oss, fc }, options.restored);
  const now = systemClock().now();
  return worldShell({ world, rate: { realOrigin: now, cloudOrigin: now, rate: options.rate ?? 1 }, journal: null });
}

export const roleArn = (name: string): string => `acs:ram::${ACCOUNT_ID}:role/${name}`;

/** A role that trusts the service and may do everything, or only what `policy` names. */
export function makeRole(shell: WorldShell, name: string, service: string, policy = 'AdministratorAccess'): string {
  const { state } = shell.world;
  const now = shell.clock.now();
  keepRole(state, {
    name,
    id: name,
    description: '',
    trustPolicy: JSON.stringify({
      Version: '1',
      Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [service] } }],
    }),
    maxSessionSeconds: 3_600,
    tags: [],
    createdAt: now,
    updatedAt: now,
  });
  if (policy !== '')
    state.put(ATTACHMENTS, attachmentKey(name, 'System', policy), {
      roleName: name,
      policyType: 'System',
      policyName: policy,
      attachedAt: now,
    });
  return roleArn(name);
}

export function functionRecord(name: string, changes: Partial<FunctionRecord> = {}): FunctionRecord {
  const now = systemClock().now();
  return {
    name,
    id: `id-of-${name}`,
    runtime: 'nodejs20',
    handler: 'index.handler',
    cpu: 0.35,
    memoryMb: 128,
    timeoutSeconds: 10,
    instanceConcurrency: 1,
    role: null,
    environment: {},
    initializer: null,
    preStop: null,
    codeChecksum: 'none',
    codeSize: 0,
    echo: {},
    createdAt: now,
    modifiedAt: now,
    revision: 1,
    ...changes,
  };
}

/** Writes the record, and the code where files are given; `body` is that of `async (event, context) => { … }`. */
export function deploy(
  shell: WorldShell,
  name: string,
  body: string | Readonly<Record<string, string>>,
  changes: Partial<FunctionRecord> = {},
): void {
  const files =
    typeof body === 'string'
      ? { 'index.js': `let calls = 0; exports.handler = async (event, context) => { calls += 1; ${body} };` }
      : body;
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)])));
  const codeChecksum = crc64(zip);
  const record = functionRecord(name, { codeChecksum, codeSize: zip.length, ...changes });
  shell.write([
    { collection: CODE, key: codeChecksum, value: Buffer.from(zip).toString('base64') },
    { collection: FUNCTIONS, key: name, value: record },
  ]);
}

export const reserve = (shell: WorldShell, name: string, instances: number): void =>
  shell.write([{ collection: CONCURRENCY, key: name, value: instances }]);

export function makeTrigger(
  shell: WorldShell,
  functionName: string,
  kind: TriggerKind,
  changes: Partial<TriggerRecord> = {},
): TriggerRecord {
  const now = shell.clock.now();
  const record = {
    functionName,
    name: kind.type,
    id: `id-of-${kind.type}`,
    qualifier: 'LATEST',
    description: '',
    sourceArn: null,
    invocationRole: null,
    triggerConfig: '{}',
    createdAt: now,
    modifiedAt: now,
    ...kind,
    ...changes,
  } as TriggerRecord;
  shell.write([{ collection: TRIGGERS, key: `${functionName}/${record.name}`, value: record }]);
  return record;
}

export const dropTrigger = (shell: WorldShell, { functionName, name }: TriggerRecord): void =>
  shell.write([{ collection: TRIGGERS, key: `${functionName}/${name}`, value: undefined }]);

export interface Invoked extends InvokeOptions {
  name: string;
  /** The event's text. */
  event: string;
}

export interface ScriptedRuntime extends FunctionRuntime {
  readonly invoked: Invoked[];
}

/** A runtime without processes: each invocation is noted and answered as `answer` says. */
export function scriptedRuntime(
  answer: (invoked: Invoked, count: number) => InvocationAnswer | Promise<InvocationAnswer>,
  instances = 100,
): ScriptedRuntime {
  const invoked: Invoked[] = [];
  const listeners = new Set<() => void>();
  let busy = 0;
  return {
    invoked,
    pools: new Map(),
    free: () => instances - busy,
    onFree: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logs: () => [],
    killAll: () => undefined,
    stop: () => undefined,
    invoke: async (name, event, options = {}) => {
      if (busy >= instances) return { outcome: 'throttled' };
      busy += 1;
      const call = { name, event: event.toString(), ...options };
      invoked.push(call);
      const result = await answer(call, invoked.length);
      busy -= 1;
      for (const listener of [...listeners]) listener();
      return result;
    },
  };
}

export const answered = (text = ''): InvocationAnswer => ({
  outcome: 'answered',
  result: Buffer.from(text),
  instanceId: 'c-1',
  log: [],
});

export const failedWith = (errorType: string, errorMessage = 'no'): InvocationAnswer => ({
  outcome: 'failed',
  errorType,
  errorMessage,
  stackTrace: [],
  instanceId: 'c-1',
  log: [],
});

/** The clock stands still but for waits, which pass at once; call before the shell is made. */
export function holdTime(): void {
  jest.useFakeTimers({
    now: 1_700_000_000_000,
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'],
  });
}

/** Waits in the cloud's time, noted and passed at once. `chance` is always a half. */
export function passingTime(rate: number): RetryTiming & { waits: number[] } {
  const waits: number[] = [];
  return {
    ...retryTiming(rate),
    waits,
    chance: () => 0.5,
    wait: async (cloud) => {
      waits.push(cloud);
      jest.advanceTimersByTime(cloud / rate);
    },
  };
}

/** Resolves when what was started has come to rest: everything here runs in microtasks. */
export const atRest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function smqCall<K extends OperationName>(
  shell: WorldShell,
  input: Extract<SmqInput, { operation: K }>,
): SmqOutput<K> {
  return shell.handle(smqRequest(CALLER, input)).output as SmqOutput<K>;
}

export const makeQueue = (shell: WorldShell, queue: string): void => {
  smqCall<'CreateQueue'>(shell, { operation: 'CreateQueue', queue, attributes: { visibilityTimeout: 30 } });
};

export function sendText(shell: WorldShell, queue: string, text: string, delaySeconds: number | null = null): void {
  const body = Buffer.from(text).toString('base64');
  smqCall<'SendMessages'>(shell, {
    operation: 'SendMessages',
    queue,
    messages: [{ body, delaySeconds, priority: null }],
  });
}

/** The bodies in a queue, received or not, in the order sent. */
export const bodiesIn = (shell: WorldShell, queue: string): string[] =>
  shell.world.state
    .values<{ body: string }>(`smq.messages/${queue}`)
    .map(({ body }) => Buffer.from(body, 'base64').toString('utf8'));

/** For what no change of the world announces: a process that started, a line that came through its pipe. */
export async function soon(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500_000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Whether there is such a process, and it is no zombie that nobody has asked after yet. */
export function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}
