/**
 * The local cloud, started: world, wire, functions and triggers on one loopback port. It runs what has been deployed to
 * it through its own API, and begins with nothing but an account, or with what an earlier life left.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ClockRate, durationMs, epochMs, systemClock } from '../../shared/clock';
import { TrunklineError } from '../../shared/errors';
import type { Certificates } from '../wire/certificates';
import type { Listening } from '../wire/http-adapter';
import { createWire, type Wire } from '../wire/server';
import type { Account } from '../world/account';
import type { AuthorizationObserver } from '../world/authorization/permission';
import { findCredential } from '../world/sts/credentials';
import { serverCertificates } from './certificates/server-certificates';
import { createWorld } from './create-world';
import { CODE_FOLDER, LOGS } from './data-folder';
import { type FunctionRuntime, functionRuntime } from './function-runtime';
import { HTTP_TRIGGERS, serveHttpTriggers } from './http-trigger';
import { type Journal, openJournal } from './journal';
import { openLocalCa } from './local-ca';
import { retryTiming } from './retry';
import { startTriggers } from './triggers';
import { type WorldShell, worldShell } from './world-shell';

export interface LocalCloudOptions {
  account: Account;
  /** 0: any free one. Taken: the next free one above it. */
  port: number;
  /** How much faster than ours the cloud's time runs; 1 is realtime. */
  speed: number;
  /** Where everything is kept; null keeps it in memory. */
  dataFolder: string | null;
  /** Where the authority of its TLS is kept, and made the first time. */
  caFolder: string;
  /** The built main program of a function's instance. */
  hostFile: string;
  deployment: string;
  bucket: string;
  tablestoreInstance: string;
  /** More variables that the platform gives every function; tests shorten leases with it. */
  platformEnvironment?: Readonly<Record<string, string>>;
  /** Makes what the functions find, and deploys them: called once the port serves. */
  bootstrap(document: LocalCloudDocument): Promise<void>;
  log(line: string): void;
  /** Hears of every permission that a function's role asked for; a test proves with it that none is left over. */
  observeAuthorization?: AuthorizationObserver;
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
  /** The authority that clients over https are told to trust; absolute. */
  caFile: string;
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
  const { account, dataFolder, log } = options;
  checkHost(options.hostFile);
  const { shell, rate } = startWorld(options, dataFolder === null ? null : openJournal(dataFolder));
  const timing = retryTiming(rate.rate);
  const routes: Record<string, ReturnType<typeof serveHttpTriggers>> = {};
  /** Until the port is known there is no runtime, and nobody who could ask it. */
  const attached: { runtime: FunctionRuntime | null } = { runtime: null };
  const wall = systemClock();
  const wire = createWire({
    handle: (request) => shell.handle(request),
    now: () => wall.now(),
    credential: (accessKeyId) => credentialOf(options, shell, accessKeyId),
    wait: (cloudMs) => timing.wait(durationMs(cloudMs)),
    defect: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    invoke: async ({ functionName, event, requestId }) =>
      attached.runtime?.invoke(functionName, event, { requestId }) ?? { outcome: 'throttled' },
    routes,
  });
  const stops: (() => Promise<void> | void)[] = [() => shell.stop()];
  /** What was started last is stopped first. */
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const ca = openLocalCa(options.caFolder, wall.now());
    const certificates = serverCertificates(ca, () => wall.now());
    const listening = await listenFrom(wire, options.port, certificates);
    stops.push(() => listening.close());
    const document = { ...documentOf(options, listening.port), caFile: ca.caFile };
    const { accountId, region } = account;
    const runtime = functionRuntime({
      shell,
      accountId,
      region,
      hostFile: options.hostFile,
      platformEnvironment: { ...platformEnvironment(rate, document.endpoint), ...options.platformEnvironment },
      logFolder: dataFolder === null ? null : join(dataFolder, LOGS),
      codeFolder: dataFolder === null ? null : join(dataFolder, CODE_FOLDER),
    });
    stops.push(() => runtime.stop());
    attached.runtime = runtime;
    routes[HTTP_TRIGGERS] = serveHttpTriggers({ shell, runtime, accountId, region });
    const triggers = startTriggers({ shell, runtime, accountId, region, timing, log });
    stops.push(() => triggers.stop());
    await options.bootstrap(document);
    return { document, shell, runtime, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function checkHost(hostFile: string): void {
  if (!existsSync(hostFile))
    throw new TrunklineError('ConfigurationInvalid', `not built: ${hostFile}; run npm run build`);
}

/** The cloud's time goes on where an earlier life left it, and never runs behind ours at its start. */
function startWorld({ account, speed, observeAuthorization }: LocalCloudOptions, journal: Journal | null) {
  const realOrigin = systemClock().now();
  const restored = journal?.restored ?? [];
  const latest = restored.findLast(({ collection, key }) => collection === 'world.meta' && key === 'latest')?.value;
  const cloudOrigin = epochMs(Math.max(realOrigin, typeof latest === 'number' ? latest : 0));
  const rate: ClockRate = { realOrigin, cloudOrigin, rate: speed };
  const world = createWorld(account, restored, cloudOrigin, observeAuthorization);
  world.state.takeChanges();
  journal?.compact(world.state.snapshot());
  return { shell: worldShell({ world, rate, journal }), rate };
}

function documentOf(
  { account, deployment, bucket, tablestoreInstance }: LocalCloudOptions,
  port: Listening['port'],
): Omit<LocalCloudDocument, 'caFile'> {
  const endpoint = `http://${HOST}:${port}`;
  return {
    endpoint,
    region: account.region,
    accountId: account.accountId,
    accessKeyId: account.accessKey.id,
    accessKeySecret: account.accessKey.secret,
    bucket,
    tablestoreInstance,
    webhookUrl: `${endpoint}${HTTP_TRIGGERS}${deployment}-webhook/v1/topologies`,
  };
}

/** Facts that no deployment can know: where the cloud is, and how its time runs. */
function platformEnvironment({ realOrigin, cloudOrigin, rate }: ClockRate, endpoint: string): Record<string, string> {
  return {
    TRUNKLINE_ENDPOINT: endpoint,
    TRUNKLINE_CLOCK: `${realOrigin},${cloudOrigin},${rate}`,
    // One machine has one clock.
    TRUNKLINE_CLOCK_SKEW_SECONDS: '1',
  };
}

function credentialOf({ account }: LocalCloudOptions, shell: WorldShell, accessKeyId: string) {
  const { accountId, accessKey } = account;
  if (accessKeyId === accessKey.id) return { secret: accessKey.secret, securityToken: null, accountId, roleArn: null };
  return findCredential(shell.world.state, accessKeyId, shell.clock.now());
}

async function listenFrom(wire: Wire, wanted: number, certificates: Certificates): Promise<Listening> {
  const last = wanted === 0 ? 0 : wanted + PORTS;
  for (let port = wanted; ; port += 1) {
    try {
      return await wire.listen({ host: HOST, port, certificates });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error;
    }
  }
}
