/**
 * Function Compute's part of the local cloud: the deployed functions, their credentials and environment, their logs,
 * and how an event becomes an invocation.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS, type FunctionDefinition } from '../../functions/manifest';
import { after, type DurationMs, durationMs } from '../../shared/clock';
import { CREDENTIALS, type CredentialRecord } from '../world/sts/credentials';
import type { InvocationResult } from './function-instance';
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
}

export interface FunctionRuntime {
  readonly pools: ReadonlyMap<string, FunctionPool>;
  invoke(name: string, event: Buffer, options?: { retryCount?: number; requestId?: string }): Promise<InvocationResult>;
  /** The last lines that the function wrote. */
  logs(name: string): readonly string[];
  killAll(): void;
}

/** Function Compute's are valid for 36 hours, counted in the cloud's time; an instance of ours lives a year of it. */
const CREDENTIAL_LIFE: DurationMs = durationMs(365 * 86_400_000);
const KEPT_LINES = 2_000;

export function functionRuntime(options: FunctionRuntimeOptions): FunctionRuntime {
  const lines = new Map<string, string[]>();
  const pools = new Map(FUNCTIONS.map((definition) => [definition.name, poolOf(options, definition, lines)]));
  const credentials = new Map(FUNCTIONS.map(({ name }) => [name, mint(options, name)]));
  return {
    pools,
    logs: (name) => lines.get(name) ?? [],
    killAll: () => {
      for (const pool of pools.values()) pool.killAll();
    },
    invoke: (name, event, { retryCount = 0, requestId } = {}) => {
      const pool = pools.get(name);
      const credential = credentials.get(name);
      if (!pool || !credential) throw new TypeError(`no such function: ${name}`);
      // biome-ignore lint/plugin: the runtime numbers its invocations.
      return pool.invoke(
        event,
        contextOf(options, pool.definition, credential, { retryCount, requestId: requestId ?? randomUUID() }),
      );
    },
  };
}

function poolOf(
  options: FunctionRuntimeOptions,
  definition: FunctionDefinition,
  lines: Map<string, string[]>,
): FunctionPool {
  const { bundles, logFolder } = options;
  const kept: string[] = [];
  lines.set(definition.name, kept);
  if (logFolder) mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  return functionPool({
    definition,
    hostFile: join(bundles, 'runtime', 'function-host.js'),
    codeFile: join(bundles, 'functions', definition.name, 'index.js'),
    environment: environmentOf(options, definition),
    log: (line) => {
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.splice(0, kept.length - KEPT_LINES);
      if (logFolder) appendFileSync(join(logFolder, `${definition.name}.log`), `${line}\n`, { mode: 0o600 });
    },
  });
}

/** Facts: function-compute, section 2.1. Credentials are in the context, per invocation. */
function environmentOf(
  { bundles, accountId, region, environment }: FunctionRuntimeOptions,
  { name, memoryMb, timeoutSeconds }: FunctionDefinition,
): Record<string, string> {
  return {
    FC_FUNC_CODE_PATH: join(bundles, 'functions', name),
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

function mint({ shell, accountId }: FunctionRuntimeOptions, name: string): CredentialRecord {
  const credential: CredentialRecord = {
    accessKeyId: `STS.${randomBytes(12).toString('hex')}`,
    secret: randomBytes(22).toString('hex'),
    securityToken: randomBytes(96).toString('base64'),
    roleArn: `acs:ram::${accountId}:role/trunkline-${name}`,
    accountId,
    expiresAt: after(shell.clock.now(), CREDENTIAL_LIFE),
  };
  shell.write([{ collection: CREDENTIALS, key: credential.accessKeyId, value: credential }]);
  return credential;
}

function contextOf(
  { accountId, region }: FunctionRuntimeOptions,
  { name, memoryMb, timeoutSeconds }: FunctionDefinition,
  { accessKeyId, secret, securityToken }: CredentialRecord,
  { retryCount, requestId }: { retryCount: number; requestId: string },
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
