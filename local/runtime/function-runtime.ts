/**
 * Function Compute's part of the local cloud: runs what the records of its control plane say, and nothing else.
 *
 * 1. A pool per function record. A change of the record is followed at once, and no event is cut off by it.
 * 2. A function has the concurrency that is reserved for it; the others share what the account has left.
 */
import { randomUUID } from 'node:crypto';
import type { InvocationAnswer } from '../wire/invoke';
import { CODE, CONCURRENCY, FUNCTIONS, type FunctionRecord } from '../world/fc/records';
import { codeFolders } from './code-folders';
import { credentialIssuer } from './function-credentials';
import { type FunctionInstance, startInstance } from './function-instance';
import { type FunctionLog, functionLog } from './function-log';
import { type FunctionPool, failed, functionPool } from './function-pool';
import { contextOf, environmentOf } from './function-surroundings';
import type { WorldShell } from './world-shell';

export interface FunctionRuntimeOptions {
  shell: WorldShell;
  accountId: string;
  region: string;
  /** The built main program of an instance. */
  hostFile: string;
  /** What no deployment can know, added to every function's environment. */
  platformEnvironment: Readonly<Record<string, string>>;
  /** Logs are kept there; null keeps the last lines in memory only. */
  logFolder: string | null;
  /** Code is unpacked there; null makes a folder among the system's temporary files. Ours alone, either way. */
  codeFolder: string | null;
  /** Busy at once in the whole account. */
  accountInstances?: number;
}

export interface InvokeOptions {
  /** 0 unless an asynchronous invocation is tried again. */
  retryCount?: number;
  /** A retried invocation keeps its own. */
  requestId?: string;
}

export interface FunctionRuntime {
  readonly pools: ReadonlyMap<string, FunctionPool>;
  invoke(name: string, event: Buffer, options?: InvokeOptions): Promise<InvocationAnswer>;
  /** How many more events of the function would be handled at once. */
  free(name: string): number;
  /** Called when there may be more room, for whichever function. Returns what ends it. */
  onFree(listener: () => void): () => void;
  /** The last lines that the function wrote. */
  logs(name: string): readonly string[];
  /** SIGKILL to every instance. The next event starts new ones. */
  killAll(): void;
  stop(): void;
}

/** What an account has in a region where it asked for no more (facts: function-compute, section 3). */
const ACCOUNT_INSTANCES = 100;
/** The one that this process is of, as the functions are built for it. */
const RUNTIME = 'nodejs20';

export function functionRuntime(options: FunctionRuntimeOptions): FunctionRuntime {
  const { shell, logFolder, accountInstances = ACCOUNT_INSTANCES } = options;
  const { state } = shell.world;
  const issue = credentialIssuer(options);
  const folders = codeFolders(options.codeFolder);
  const pools = new Map<string, FunctionPool>();
  const records = new Map<string, FunctionRecord>();
  /** Of functions that are gone, as long as they have instances. */
  const closing = new Set<FunctionPool>();
  const logs = new Map<string, FunctionLog>();
  const listeners = new Set<() => void>();
  let stopped = false;

  const logOf = (name: string): FunctionLog => {
    const log = logs.get(name) ?? functionLog(name, logFolder);
    logs.set(name, log);
    return log;
  };
  const start = (record: FunctionRecord): FunctionInstance => {
    if (record.runtime !== RUNTIME) throw new Error(`the local cloud runs ${RUNTIME}, and not ${record.runtime}`);
    const credentials = issue(record);
    const codeFolder = folders.take(record.codeChecksum, () => codeOf(shell, record));
    // biome-ignore lint/plugin: an instance's name, which nothing depends on.
    const id = `c-${randomUUID()}`;
    const facts = { record, credentials, instanceId: id, codeFolder, platform: options.platformEnvironment };
    try {
      return startInstance({
        id,
        record,
        hostFile: options.hostFile,
        codeFolder,
        environment: environmentOf(options, facts),
        context: () => contextOf(options, { record, credentials, requestId: newRequestId(), retryCount: 0 }),
        log: (line) => logOf(record.name).write(line),
      });
    } catch (error) {
      folders.release(record.codeChecksum);
      throw error;
    }
  };
  const free = (name: string): number => {
    const reserved = state.get<number>(CONCURRENCY, name);
    if (reserved !== undefined) return reserved - (pools.get(name)?.busy() ?? 0);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
    const shared = [...pools.values()].filter((pool) => state.get(CONCURRENCY, pool.name) === undefined);
    const left = accountInstances - sum(state.values<number>(CONCURRENCY));
    return left - sum(shared.map((pool) => pool.busy()));
  };
  const freed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const follow = (): void => {
    for (const record of state.values<FunctionRecord>(FUNCTIONS)) {
      if (records.get(record.name) === record) continue;
      records.set(record.name, record);
      const pool = pools.get(record.name);
      if (pool) pool.change(record);
      else {
        const hasRoom = (): boolean => free(record.name) > 0;
        const gone = ({ codeChecksum }: FunctionRecord): void => folders.release(codeChecksum);
        pools.set(record.name, functionPool({ record, hasRoom, start, gone, freed }));
      }
    }
    for (const [name, pool] of pools) {
      if (state.get(FUNCTIONS, name) !== undefined) continue;
      closing.add(pool);
      void pool.close().then(() => closing.delete(pool));
      pools.delete(name);
      records.delete(name);
    }
  };
  const killAll = (): void => {
    for (const pool of [...pools.values(), ...closing]) pool.killAll();
  };

  shell.subscribe((collections) => {
    if (stopped) return;
    if (collections.has(FUNCTIONS)) follow();
    if (collections.has(FUNCTIONS) || collections.has(CONCURRENCY)) freed();
  });
  follow();
  return {
    pools,
    free,
    killAll,
    onFree: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logs: (name) => logs.get(name)?.lines() ?? [],
    stop: () => {
      stopped = true;
      killAll();
      folders.close();
    },
    invoke: async (name, event, { retryCount = 0, requestId = newRequestId() } = {}) => {
      const pool = pools.get(name);
      const record = records.get(name);
      if (stopped) return failed('', STOPPED, 'The local cloud is stopping');
      if (!pool || !record) return failed('', 'FunctionNotFound', `function '${name}' does not exist`);
      try {
        return await pool.invoke(
          event,
          contextOf(options, { record, credentials: issue(record), requestId, retryCount }),
        );
      } catch (error) {
        return failed('', 'FunctionNotStarted', error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** The error type of an invocation that the end of the local cloud refused. */
export const STOPPED = 'RuntimeStopped';

function codeOf({ world }: WorldShell, { name, codeChecksum }: FunctionRecord): Buffer {
  const zip = world.state.get<string>(CODE, codeChecksum);
  if (zip === undefined) throw new Error(`there is no code ${codeChecksum} for function '${name}'`);
  return Buffer.from(zip, 'base64');
}

// biome-ignore lint/plugin: the runtime numbers its invocations.
const newRequestId = (): string => randomUUID();
