/** The local cloud, started: world, wire, functions and triggers on one loopback port. */
import { join } from 'node:path';
import { epochMs, systemClock } from '../../shared/clock';
import { createWire } from '../wire/server';
import type { Account } from '../world/account';
import { findCredential } from '../world/sts/credentials';
import { createWorld } from './create-world';
import { type FunctionRuntime, functionRuntime } from './function-runtime';
import { type Journal, openJournal } from './journal';
import { retryTiming } from './retry';
import { httpRoutes, startTriggers } from './triggers';
import { type WorldShell, worldShell } from './world-shell';

export interface LocalCloudOptions {
  account: Account;
  /** 0: any free one. Taken: the next free one above it. */
  port: number;
  /** How much faster than ours the cloud's time runs; 1 is realtime. */
  speed: number;
  /** Where everything is kept; null keeps it in memory. */
  dataFolder: string | null;
  bundles: string;
  deployment: string;
  bucket: string;
  tablestoreInstance: string;
  /** More variables for the functions; tests shorten leases with it. */
  functionEnvironment?: Readonly<Record<string, string>>;
  /** Makes what the functions find when they start: called once the port serves, before the triggers start. */
  bootstrap(document: LocalCloudDocument): Promise<void>;
  log(line: string): void;
}

/** The first line that `trunkline local --json` prints. */
export interface LocalCloudDocument {
  endpoint: string;
  region: string;
  accountId: string;
  accessKeyId: string;
  accessKeySecret: string;
  bucket: string;
  tablestoreInstance: string;
  webhookUrl: string;
}

export interface LocalCloud {
  readonly document: LocalCloudDocument;
  readonly shell: WorldShell;
  readonly runtime: FunctionRuntime;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Ports tried above the wanted one. */
const PORTS = 50;

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { account, speed, dataFolder, deployment, bucket, log } = options;
  const journal = dataFolder === null ? null : openJournal(dataFolder);
  const shell = startWorld(options, journal);
  const { accountId, region } = account;
  const caller = { accountId, accessKeyId: account.accessKey.id, roleArn: null };
  const timing = retryTiming(speed);
  let runtime: FunctionRuntime | null = null;
  const routes: ReturnType<typeof httpRoutes> = {};
  const wall = systemClock();
  const wire = createWire({
    handle: (request) => shell.handle(request),
    now: () => wall.now(),
    credential: (accessKeyId) => credentialOf(options, shell, accessKeyId),
    wait: (cloudMs) => timing.wait(cloudMs as Parameters<typeof timing.wait>[0]),
    routes,
  });
  const listening = await listenFrom(wire, options.port);
  const endpoint = `http://${HOST}:${listening.port}`;
  const document: LocalCloudDocument = {
    endpoint,
    region,
    accountId,
    accessKeyId: account.accessKey.id,
    accessKeySecret: account.accessKey.secret,
    bucket,
    tablestoreInstance: options.tablestoreInstance,
    webhookUrl: `${endpoint}/fcapp/webhook/v1/topologies`,
  };
  runtime = functionRuntime({
    shell,
    accountId,
    region,
    bundles: options.bundles,
    environment: { ...functionEnvironment(options, shell, endpoint), ...options.functionEnvironment },
    logFolder: dataFolder === null ? null : join(dataFolder, 'logs'),
  });
  const triggers = { shell, runtime, caller, region, deployment, bucket, timing, log };
  Object.assign(routes, httpRoutes(triggers));
  await options.bootstrap(document);
  const started = startTriggers(triggers);
  return {
    document,
    shell,
    runtime,
    stop: async () => {
      started.stop();
      runtime?.killAll();
      await listening.close();
      shell.stop();
    },
  };
}

/** The cloud's time goes on where an earlier life left it, and never runs behind ours at its start. */
function startWorld({ account, speed }: LocalCloudOptions, journal: Journal | null): WorldShell {
  const realOrigin = systemClock().now();
  const restored = journal?.restored ?? [];
  const latest = restored.findLast(({ collection, key }) => collection === 'world.meta' && key === 'latest')?.value;
  const cloudOrigin = epochMs(Math.max(realOrigin, typeof latest === 'number' ? latest : 0));
  const clock = systemClock({ realOrigin, cloudOrigin, rate: speed });
  const world = createWorld(account, restored, cloudOrigin);
  world.state.takeChanges();
  journal?.compact(world.state.snapshot());
  return worldShell({ world, clock, rate: speed, journal });
}

/** The clock as a function's `systemClock` takes it: the same origin and rate, read off this process's clock. */
function functionEnvironment(
  options: LocalCloudOptions,
  { clock }: WorldShell,
  endpoint: string,
): Record<string, string> {
  const realNow = systemClock().now();
  return {
    TRUNKLINE_ENDPOINT: endpoint,
    TRUNKLINE_DEPLOYMENT: options.deployment,
    TRUNKLINE_BUCKET: options.bucket,
    TRUNKLINE_TABLESTORE_INSTANCE: options.tablestoreInstance,
    TRUNKLINE_CLOCK: `${realNow},${clock.now()},${options.speed}`,
    // One machine has one clock.
    TRUNKLINE_CLOCK_SKEW_SECONDS: '1',
  };
}

function credentialOf({ account }: LocalCloudOptions, shell: WorldShell, accessKeyId: string) {
  const { accountId, accessKey } = account;
  if (accessKeyId === accessKey.id) return { secret: accessKey.secret, securityToken: null, accountId, roleArn: null };
  return findCredential(shell.world.state, accessKeyId, shell.clock.now());
}

async function listenFrom(wire: ReturnType<typeof createWire>, wanted: number) {
  const last = wanted === 0 ? 0 : wanted + PORTS;
  for (let port = wanted; ; port += 1) {
    try {
      return await wire.listen({ host: HOST, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error;
    }
  }
}
