/**
 * Function Compute's part of the local cloud: runs what the records of its control plane say, and nothing else.
 *
 * 1. A pool per function record. A change of the record is followed at once, and no event is cut off by it.
 * 2. A function has the concurrency that is reserved for it; the others share what the account has left.
 */
import type { InvocationAnswer } from '../wire/invoke';
import { CONCURRENCY, FUNCTIONS, type FunctionRecord } from '../world/fc/records';
import { codeFolders } from './code-folders';
import { followFunctions } from './follow-functions';
import { credentialIssuer } from './function-credentials';
import { type FunctionLog, functionLog } from './function-log';
import { type FunctionPool, failed, functionPool } from './function-pool';
import { contextOf } from './function-surroundings';
import { roomFor } from './instance-room';
import { newRequestId, startFunction } from './instance-starter';
import { startReaper } from './reaper';
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
/** The error type of an invocation that the end of the local cloud refused. */
export const STOPPED = 'RuntimeStopped';

export function functionRuntime(options: FunctionRuntimeOptions): FunctionRuntime {
  const { shell, logFolder, accountInstances = ACCOUNT_INSTANCES } = options;
  const { state } = shell.world;
  const issue = credentialIssuer(options);
  const folders = codeFolders(options.codeFolder);
  const reaper = startReaper(options.codeFolder === null ? folders.root : null);
  const logs = new Map<string, FunctionLog>();
  const listeners = new Set<() => void>();
  let stopped = false;

  const log = (name: string, line: string): void => {
    const known = logs.get(name) ?? functionLog(name, logFolder);
    logs.set(name, known);
    known.write(line);
  };
  const freed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const starter = { ...options, folders, issue, reaper, log };
  const followed = followFunctions(shell, (record) =>
    functionPool({
      record,
      hasRoom: () => free(record.name) > 0,
      start: (current) => startFunction(starter, current),
      gone: ({ codeChecksum }) => folders.release(codeChecksum),
      freed,
    }),
  );
  const busy = () => [...followed.pools.values()].map((pool) => [pool.name, pool.busy()] as const);
  const free = (name: string): number => roomFor({ state, accountInstances, busy }, name);
  const unsubscribe = shell.subscribe((collections) => {
    if (collections.has(FUNCTIONS)) followed.look();
    if (collections.has(FUNCTIONS) || collections.has(CONCURRENCY)) freed();
  });
  followed.look();

  return {
    pools: followed.pools,
    free,
    killAll: followed.killAll,
    onFree: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logs: (name) => logs.get(name)?.lines() ?? [],
    stop: () => {
      stopped = true;
      unsubscribe();
      followed.killAll();
      folders.close();
      reaper.close();
    },
    invoke: async (name, event, { retryCount = 0, requestId = newRequestId() } = {}) => {
      if (stopped) return failed('', STOPPED, 'The local cloud is stopping');
      const record = state.get<FunctionRecord>(FUNCTIONS, name);
      const pool = followed.pools.get(name);
      if (!pool || !record) return failed('', 'FunctionNotFound', `function '${name}' does not exist`);
      try {
        const facts = { record, credentials: issue(record), requestId, retryCount };
        return await pool.invoke(event, contextOf(options, facts));
      } catch (error) {
        return failed('', 'FunctionNotStarted', error instanceof Error ? error.message : String(error));
      }
    },
  };
}
