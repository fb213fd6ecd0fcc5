/**
 * Which cloud the commands talk to: the local one (`--local`, or TRUNKLINE_ENDPOINT with its file), else the account
 * of the usual credential chain. Clients are built here, over the same adapters that the functions use.
 */

import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as timer } from 'node:timers/promises';
import * as z from 'zod';
import type { Credentials } from '../shared/alicloud/credentials';
import { openApiCloud } from '../shared/alicloud/openapi-cloud';
import { ossObjects } from '../shared/alicloud/oss-objects';
import { type Clock, type DurationMs, seconds } from '../shared/clock';
import { DEPLOYMENT, DEPLOYMENT_WRONG, type Environment } from '../shared/config';
import type { Cloud } from '../shared/engine/cloud';
import type { Bucket } from '../shared/engine/objects';
import type { RunStore } from '../shared/engine/store';
import { TrunklineError } from '../shared/errors';
import { secretOf } from '../shared/secret';
import { runStore } from '../shared/store/store';
import { type Tables, tables } from '../shared/store/tables';
import { tablestoreClient } from '../shared/store/tablestore-client';
import type { CommandContext, Options } from './command';
import { UsageError } from './command';

/** What `trunkline local --json` prints first, and `.trunkline/local.json` keeps. */
export const localCloudSchema = z.object({
  endpoint: z.url(),
  region: z.string(),
  accountId: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  bucket: z.string(),
  tablestoreInstance: z.string(),
  webhookUrl: z.url(),
  caFile: z.string(),
});

export type LocalCloudDocument = z.infer<typeof localCloudSchema>;

export interface Target {
  endpoint: string | null;
  region: string;
  accountId: string;
  bucket: string;
  tablestoreInstance: string;
  deployment: string;
  /** Where the functions' logs go. */
  logs: { project: string; store: string };
  credentials: Credentials;
}

export interface Connection {
  target: Target;
  runs: RunStore;
  tables: Tables;
  objects: Bucket;
  cloud: Cloud;
}

export const localFile = (folder: string): string => resolve(folder, '.trunkline', 'local.json');

export async function connect(context: CommandContext, options: Options): Promise<Connection> {
  return connectTo(await targetOf(context, options), context.clock);
}

/** From outside: functions take the address within the region. */
export const storeEndpoint = ({ endpoint, tablestoreInstance, region }: Target): string =>
  endpoint ?? `https://${tablestoreInstance}.${region}.ots.aliyuncs.com`;

export function connectTo(target: Target, clock: Clock): Connection {
  const { endpoint, region, bucket, tablestoreInstance, deployment, credentials } = target;
  const client = tablestoreClient({
    endpoint: storeEndpoint(target),
    instance: tablestoreInstance,
    credentials,
    timeout: seconds(10),
    pause,
  });
  const assembled = tables(client, deployment);
  return {
    target,
    tables: assembled,
    runs: runStore(assembled),
    objects: ossObjects({ bucket, region, endpoint, credentials, timeout: seconds(30) }),
    cloud: openApiCloud({ credentials: async () => credentials, endpoint, timeout: seconds(10), clock }),
  };
}

/** On loopback it answers at once or never. */
const LISTENER_PATIENCE_MS = 5_000;

export const pause = (delay: DurationMs): Promise<void> => timer(delay).then(() => undefined);

/** As s.yaml has them, with the same names where the environment has none. */
const logsOf = ({ TRUNKLINE_LOG_PROJECT, TRUNKLINE_LOG_STORE }: Environment): Target['logs'] => ({
  project: TRUNKLINE_LOG_PROJECT || 'trunkline-logs',
  store: TRUNKLINE_LOG_STORE || 'functions',
});

export const targetOfLocal = (local: LocalCloudDocument, deployment = 'trunkline'): Target => ({
  endpoint: local.endpoint,
  region: local.region,
  accountId: local.accountId,
  bucket: local.bucket,
  tablestoreInstance: local.tablestoreInstance,
  deployment,
  logs: logsOf({}),
  credentials: {
    accessKeyId: local.accessKeyId,
    accessKeySecret: secretOf(local.accessKeySecret),
    securityToken: null,
  },
});

export async function targetOf({ environment, folder }: CommandContext, options: Options): Promise<Target> {
  const deployment = environment.TRUNKLINE_DEPLOYMENT || 'trunkline';
  if (!DEPLOYMENT.test(deployment)) throw new UsageError(DEPLOYMENT_WRONG, 'Correct it, or leave it out.');
  if (options.local === true || environment.TRUNKLINE_ENDPOINT) {
    const noted = await readLocal(folder);
    const endpoint = environment.TRUNKLINE_ENDPOINT || noted.endpoint;
    if (!URL.canParse(endpoint))
      throw new UsageError(
        `TRUNKLINE_ENDPOINT is ${endpoint}, which is no URL`,
        'Give one like http://127.0.0.1:4560.',
      );
    await requireListener(endpoint, localFile(folder));
    return { ...targetOfLocal(noted, deployment), endpoint, logs: logsOf(environment) };
  }
  return accountTarget(environment, deployment);
}

async function readLocal(folder: string): Promise<LocalCloudDocument> {
  const file = localFile(folder);
  try {
    return localCloudSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new TrunklineError('LocalCloudMissing', `no local cloud is noted in ${file}`, { cause });
  }
}

/** A local cloud that was killed leaves its note behind: say so, before an SDK tries for seconds and blames the store. */
async function requireListener(endpoint: string, file: string): Promise<void> {
  if (await listens(endpoint)) return;
  throw new TrunklineError('LocalCloudMissing', `the local cloud noted in ${file} does not answer at ${endpoint}`);
}

/** Whether anybody takes a connection there. */
export function listens(endpoint: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpoint);
  return new Promise((resolved) => {
    const socket = createConnection({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
    const end = (answer: boolean) => {
      socket.destroy();
      resolved(answer);
    };
    socket.setTimeout(LISTENER_PATIENCE_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('connect', () => end(true));
  });
}

async function accountTarget(environment: Environment, deployment: string): Promise<Target> {
  const names = [
    'TRUNKLINE_REGION',
    'TRUNKLINE_BUCKET',
    'TRUNKLINE_TABLESTORE_INSTANCE',
    'TRUNKLINE_ACCOUNT_ID',
  ] as const;
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new UsageError(`set ${missing.join(', ')}, or use --local for the local cloud`);
  const { chainCredentials } = await import('../shared/alicloud/credentials');
  return {
    endpoint: null,
    region: environment.TRUNKLINE_REGION ?? '',
    accountId: environment.TRUNKLINE_ACCOUNT_ID ?? '',
    bucket: environment.TRUNKLINE_BUCKET ?? '',
    tablestoreInstance: environment.TRUNKLINE_TABLESTORE_INSTANCE ?? '',
    deployment,
    logs: logsOf(environment),
    credentials: await chainCredentials(environment),
  };
}
