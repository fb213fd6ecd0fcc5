/**
 * Function Compute's part of the local cloud: the deployed functions, their credentials and environment, their logs,
 * and how an event becomes an invocation.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { FUNCTIONS, type FunctionDefinition } from '../../functions/manifest';
import type { CredentialRecord } from '../world/sts/credentials';
import { credentialIssuer } from './function-credentials';
import type { InvocationResult } from './function-instance';
import { type FunctionLog, functionLog } from './function-log';
import { type FunctionPool, functionPool } from './function-pool';
import type { FunctionContext } from './host-messages';
import type { WorldShell } from './world-shell';

export interface FunctionRuntimeOptions {
  shell: WorldShell;
  accountId: string;
  region: string;
  /** Of the built functions: `<bundles>/functions/<name>/index.js`, `<bundles>/runtime/function-host.js`. */
  bundles: string;
  /** What every function is told beside Function Compute's own variables. */
  environment: Readonly<Record<string, string>>;
  /** Logs are kept there; null keeps the last lines in memory only. */
  logFolder: string | null;
  /** Those of the manifest where left out. */
  functions?: readonly FunctionDefinition[];
}

export interface InvokeOptions {
  /** 0 unless an asynchronous invocation is tried again. */
  retryCount?: number;
  /** A retried invocation keeps its own. */
  requestId?: string;
}

export interface FunctionRuntime {
  readonly pools: ReadonlyMap<string, FunctionPool>;
  invoke(name: string, event: Buffer, options?: InvokeOptions): Promise<InvocationResult>;
  /** The last lines that the function wrote. */
  logs(name: string): readonly string[];
  /** SIGKILL to every instance. The next event starts new ones. */
  killAll(): void;
  stop(): void;
}

export function functionRuntime(options: FunctionRuntimeOptions): FunctionRuntime {
  const { shell, accountId, bundles, logFolder, functions = FUNCTIONS } = options;
  const issue = credentialIssuer({ shell, accountId });
  const logs = new Map<string, FunctionLog>(functions.map(({ name }) => [name, functionLog(name, logFolder)]));
  const pools = new Map<string, FunctionPool>(
    functions.map((definition) => {
      const { name } = definition;
      const pool = functionPool({
        definition,
        hostFile: join(bundles, 'runtime', 'function-host.js'),
        codeFile: join(bundles, 'functions', name, 'index.js'),
        environment: () => environmentOf(options, definition, issue(definition)),
        log: (line) => logs.get(name)?.write(line),
      });
      return [name, pool];
    }),
  );
  return {
    pools,
    logs: (name) => logs.get(name)?.lines() ?? [],
    killAll: () => {
      for (const pool of pools.values()) pool.killAll();
    },
    stop: () => {
      for (const pool of pools.values()) pool.close();
    },
    invoke: (name, event, { retryCount = 0, requestId } = {}) => {
      const { definition, invoke } = poolOf(pools, name);
      // biome-ignore lint/plugin: the runtime numbers its invocations.
      const invocation = { retryCount, requestId: requestId ?? randomUUID() };
      return invoke(event, contextOf(options, definition, issue(definition), invocation));
    },
  };
}

export function poolOf(pools: ReadonlyMap<string, FunctionPool>, name: string): FunctionPool {
  const pool = pools.get(name);
  if (!pool) throw new TypeError(`no such function: ${name}`);
  return pool;
}

/** Facts: function-compute, section 2.1. The system's time zone there is UTC. */
function environmentOf(
  { bundles, accountId, region, environment }: FunctionRuntimeOptions,
  { name, memoryMb, timeoutSeconds }: FunctionDefinition,
  { accessKeyId, secret, securityToken }: CredentialRecord,
): Record<string, string> {
  return {
    TZ: 'UTC',
    FC_FUNC_CODE_PATH: `${join(bundles, 'functions', name)}/`,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
    FC_ACCOUNT_ID: accountId,
    FC_REGION: region,
    FC_FUNCTION_NAME: name,
    FC_FUNCTION_HANDLER: 'index.handler',
    FC_FUNCTION_MEMORY_SIZE: String(memoryMb),
    // biome-ignore lint/plugin: an instance's name, which nothing depends on.
    FC_INSTANCE_ID: `c-${randomUUID()}`,
    TRUNKLINE_TIMEOUT_SECONDS: String(timeoutSeconds),
    ...environment,
  };
}

function contextOf(
  { accountId, region }: FunctionRuntimeOptions,
  { name, memoryMb, timeoutSeconds }: FunctionDefinition,
  { accessKeyId, secret, securityToken }: CredentialRecord,
  { retryCount, requestId }: Required<InvokeOptions>,
): FunctionContext {
  return {
    requestId,
    credentials: { accessKeyId, accessKeySecret: secret, securityToken },
    function: { name, handler: 'index.handler', memory: memoryMb, timeout: timeoutSeconds },
    // Kept for compatibility; empty in Function Compute 3.0.
    service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
    region,
    accountId,
    retryCount,
    tracing: { openTracingSpanContext: '', openTracingSpanBaggages: {}, jaegerEndpoint: '' },
  };
}
