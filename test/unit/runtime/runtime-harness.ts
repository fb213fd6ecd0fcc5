/** A shell around a small world, and functions of a few lines that the test writes, in processes of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../functions/manifest';
import { type FunctionRuntime, functionRuntime } from '../../../local/runtime/function-runtime';
import { type WorldShell, worldShell } from '../../../local/runtime/world-shell';
import { oss } from '../../../local/world/oss/service';
import { type OperationName, type SmqInput, type SmqOutput, smqRequest } from '../../../local/world/smq/operations';
import { smq } from '../../../local/world/smq/service';
import type { Change } from '../../../local/world/state';
import { type Caller, World } from '../../../local/world/world';
import { systemClock } from '../../../shared/clock';
import { bundle, temporaryFolder } from './bundled';

export const ACCOUNT_ID = '1234567890123456';
export const REGION = 'us-east-1';
export const CALLER: Caller = { accountId: ACCOUNT_ID, accessKeyId: 'LTAI5t', roleArn: null };

/** Handlers by function name: the body of `async (event, context) => { … }`. */
export type Handlers = Readonly<Record<string, string>>;

export interface Bundles {
  folder: string;
  /** Writes a function's file; what is started from then on runs it. */
  write(handlers: Handlers): void;
  remove(): void;
}

export function writeBundles(handlers: Handlers): Bundles {
  const { path, remove } = temporaryFolder('runtime');
  bundle('local/runtime/function-host.ts', join(path, 'runtime', 'function-host.js'));
  const write = (more: Handlers): void => {
    for (const [name, body] of Object.entries(more)) {
      mkdirSync(join(path, 'functions', name), { recursive: true });
      writeFileSync(
        join(path, 'functions', name, 'index.js'),
        `let calls = 0; exports.handler = async (event, context) => { calls += 1; ${body} };`,
      );
    }
  };
  write(handlers);
  return { folder: path, write, remove };
}

export function newShell(options: { rate?: number; restored?: readonly Change[] } = {}): WorldShell {
  const settings = { seed: 'runtime', accountId: ACCOUNT_ID, region: REGION, quotas: {}, durationFactor: 1 };
  const world = new World(settings, { smq, oss }, options.restored);
  const now = systemClock().now();
  return worldShell({ world, rate: { realOrigin: now, cloudOrigin: now, rate: options.rate ?? 1 }, journal: null });
}

export const definition = (name: string, changes: Partial<FunctionDefinition> = {}): FunctionDefinition => ({
  name,
  timeoutSeconds: 10,
  memoryMb: 128,
  maximumInstances: 2,
  triggers: [],
  ...changes,
});

export function newRuntime(
  shell: WorldShell,
  bundles: Bundles,
  functions: readonly FunctionDefinition[],
  logFolder: string | null = null,
): FunctionRuntime {
  return functionRuntime({
    shell,
    accountId: ACCOUNT_ID,
    region: REGION,
    bundles: bundles.folder,
    environment: { TRUNKLINE_DEPLOYMENT: 'test' },
    logFolder,
    functions,
  });
}

export function smqCall<K extends OperationName>(
  shell: WorldShell,
  input: Extract<SmqInput, { operation: K }>,
): SmqOutput<K> {
  return shell.handle(smqRequest(CALLER, input)).output as SmqOutput<K>;
}

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

/** Resolves at the change that makes `holds` true; the test's own time-out is the bound. */
export const when = (shell: WorldShell, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (holds()) resolve();
    };
    shell.subscribe(look);
    look();
  });

/** For what no change of the world announces: a process that started, a line that came through its pipe. */
export async function soon(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500_000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
